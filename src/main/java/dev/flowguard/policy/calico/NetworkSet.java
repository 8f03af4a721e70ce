package dev.flowguard.policy.calico;

import dev.flowguard.net.Cidr;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.chain.SideInput;
import java.util.List;

/**
 * A NetworkSet or GlobalNetworkSet: address blocks with labels (OTHER-POLICIES K18).
 *
 * @param namespace empty for a global one
 * @param unknownFields paths of fields that this version does not know, by which it may hold more addresses
 */
public record NetworkSet(String namespace, String name, Labels labels, List<Cidr> nets, List<String> unknownFields)
        implements SideInput {
    public static final String NAMESPACED_KIND = "NetworkSet";
    public static final String GLOBAL_KIND = "GlobalNetworkSet";

    public NetworkSet {
        nets = List.copyOf(nets);
        unknownFields = List.copyOf(unknownFields);
    }

    public boolean isGlobal() {
        return namespace.isEmpty();
    }
}
