package dev.flowguard.policy;

import java.util.List;

/**
 * One rule of a policy: traffic that matches one of the peers and one of the ports is allowed. No peers means anybody, inside
 * or outside the cluster (SEMANTICS I9); no ports means every port of every protocol (Q1).
 *
 * @param index its place in the section, from 0
 * @param unknownFields paths of the fields, at any depth below the rule, that this version does not know; with any, the rule
 *     may match more or less than it seems to
 */
public record Rule(int index, List<Peer> peers, List<PortMatch> ports, List<String> unknownFields) {
    public Rule {
        peers = List.copyOf(peers);
        ports = List.copyOf(ports);
        unknownFields = List.copyOf(unknownFields);
    }

    public static Rule of(int index, List<Peer> peers, List<PortMatch> ports) {
        return new Rule(index, peers, ports, List.of());
    }

    public boolean isForAnybody() {
        return peers.isEmpty();
    }

    public boolean isForEveryPort() {
        return ports.isEmpty();
    }

    public boolean isUnderstood() {
        return unknownFields.isEmpty();
    }
}
