package dev.flowguard.policy.cnp;

import dev.flowguard.policy.chain.Action;
import dev.flowguard.policy.chain.Ports;
import java.util.List;

/**
 * One rule of an administrator's policy.
 *
 * @param name as its author called it; empty where it has none
 * @param peers never empty
 * @param ports without those by name
 * @param namedPorts of the pod that receives; empty, and with it {@code ports} everything, where the rule is for all protocols
 * @param unknownFields paths of fields in it that this version does not know
 */
public record AdminRule(
        Action action,
        String name,
        List<AdminPeer> peers,
        Ports ports,
        List<Ports> namedPorts,
        List<String> unknownFields) {
    public AdminRule {
        peers = List.copyOf(peers);
        namedPorts = List.copyOf(namedPorts);
        unknownFields = List.copyOf(unknownFields);
    }
}
