package dev.flowguard.cli.input;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How kubectl users call the kinds of other policies, and what such policies refer to. */
public final class OtherKinds {
    /**
     * A kind.
     *
     * @param shortName as kubectl takes it; empty where there is none
     */
    public record OtherKind(String name, String group, boolean clusterScoped, String shortName) {
        /** As references to its objects have it. */
        public String qualified() {
            return name + "." + group;
        }

        private boolean isMeantBy(String text) {
            String plural = name.endsWith("y") ? name.substring(0, name.length() - 1) + "ies" : name + "s";
            String lower = text.toLowerCase(Locale.ROOT);
            return List.of(name, plural, shortName).stream()
                    .filter(each -> !each.isEmpty())
                    .map(each -> each.toLowerCase(Locale.ROOT))
                    .anyMatch(each -> lower.equals(each) || lower.equals(each + "." + group));
        }
    }

    private static final String ADMIN = "policy.networking.k8s.io";
    private static final String CILIUM = "cilium.io";
    private static final String CALICO = "projectcalico.org";

    private static final List<OtherKind> ALL = List.of(
            new OtherKind("ClusterNetworkPolicy", ADMIN, true, ""),
            new OtherKind("AdminNetworkPolicy", ADMIN, true, "anp"),
            new OtherKind("BaselineAdminNetworkPolicy", ADMIN, true, "banp"),
            new OtherKind("CiliumNetworkPolicy", CILIUM, false, "cnp"),
            new OtherKind("CiliumClusterwideNetworkPolicy", CILIUM, true, "ccnp"),
            new OtherKind("CiliumCIDRGroup", CILIUM, true, "ccg"),
            new OtherKind("GlobalNetworkPolicy", CALICO, true, "gnp"),
            new OtherKind("GlobalNetworkSet", CALICO, true, ""),
            new OtherKind("NetworkSet", CALICO, false, "netsets"),
            new OtherKind("Tier", CALICO, true, ""));

    private OtherKinds() {}

    /** The kind that is called so. */
    public static Optional<OtherKind> called(String text) {
        return ALL.stream().filter(kind -> kind.isMeantBy(text)).findFirst();
    }
}
