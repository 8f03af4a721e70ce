package dev.flowguard.cli.check;

import dev.flowguard.config.BadInput;
import dev.flowguard.contract.ObjectRef;
import java.util.Set;

/** Names the object to delete: {@code KIND/NAMESPACE/NAME}, or {@code KIND/NAME} for a cluster-scoped kind. */
final class DeleteOption {
    private static final Set<String> CLUSTER_SCOPED = Set.of("Namespace", "Node", "ClusterFlowContract");
    private static final Set<String> SPELLINGS = Set.of("netpol", "networkpolicy", "networkpolicies");

    private DeleteOption() {}

    static ObjectRef parse(String text) {
        String[] parts = text.split("/", -1);
        String kind = SPELLINGS.contains(parts[0].toLowerCase(java.util.Locale.ROOT)) ? "NetworkPolicy" : parts[0];
        boolean clusterScoped = CLUSTER_SCOPED.contains(kind);
        for (String part : parts) {
            if (part.isEmpty()) {
                throw malformed(text);
            }
        }
        if (parts.length == 3 && !clusterScoped) {
            return new ObjectRef(kind, parts[1], parts[2]);
        }
        if (parts.length == 2 && clusterScoped) {
            return new ObjectRef(kind, "", parts[1]);
        }
        throw malformed(text);
    }

    private static BadInput malformed(String text) {
        return new BadInput("--delete " + text
                + ": expected KIND/NAMESPACE/NAME such as NetworkPolicy/shop/allow-dns, or KIND/NAME such as"
                + " Namespace/shop");
    }
}
