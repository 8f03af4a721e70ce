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
    public record OtherKind(String name, String group, String version, boolean clusterScoped, String shortName) {
        /** As references to its objects have it. */
        public String qualified() {
            return name + "." + group;
        }

        /** {@code cilium.io/v2}. */
        public String apiVersion() {
            return group + "/" + version;
        }

        /** Kubernetes' own kind of that name is meant where no group is given. */
        private boolean isAmbiguous(String text) {
            return text.equals("networkpolicy") || text.equals("networkpolicies");
        }

        private boolean isMeantBy(String text) {
            String plural = name.endsWith("y") ? name.substring(0, name.length() - 1) + "ies" : name + "s";
            String lower = text.toLowerCase(Locale.ROOT);
            return List.of(name, plural, shortName).stream()
                    .filter(each -> !each.isEmpty())
                    .map(each -> each.toLowerCase(Locale.ROOT))
                    .anyMatch(each -> lower.equals(each) && !isAmbiguous(each) || lower.equals(each + "." + group));
        }
    }

    private static final String ADMIN = "policy.networking.k8s.io";
    private static final String CILIUM = "cilium.io";
    private static final String CALICO = "projectcalico.org";

    private static final List<OtherKind> ALL = List.of(
            new OtherKind("ClusterNetworkPolicy", ADMIN, "v1alpha2", true, ""),
            new OtherKind("AdminNetworkPolicy", ADMIN, "v1alpha1", true, "anp"),
            new OtherKind("BaselineAdminNetworkPolicy", ADMIN, "v1alpha1", true, "banp"),
            new OtherKind("CiliumNetworkPolicy", CILIUM, "v2", false, "cnp"),
            new OtherKind("CiliumClusterwideNetworkPolicy", CILIUM, "v2", true, "ccnp"),
            new OtherKind("CiliumCIDRGroup", CILIUM, "v2", true, "ccg"),
            new OtherKind("NetworkPolicy", CALICO, "v3", false, "caliconetworkpolicies"),
            new OtherKind("GlobalNetworkPolicy", CALICO, "v3", true, "gnp"),
            new OtherKind("GlobalNetworkSet", CALICO, "v3", true, ""),
            new OtherKind("NetworkSet", CALICO, "v3", false, "netsets"),
            new OtherKind("StagedNetworkPolicy", CALICO, "v3", false, "snp"),
            new OtherKind("StagedGlobalNetworkPolicy", CALICO, "v3", true, "sgnp"),
            new OtherKind("StagedKubernetesNetworkPolicy", CALICO, "v3", false, "sknp"),
            new OtherKind("Tier", CALICO, "v3", true, ""));

    private OtherKinds() {}

    /** The kind that is called so. */
    public static Optional<OtherKind> called(String text) {
        return ALL.stream().filter(kind -> kind.isMeantBy(text)).findFirst();
    }
}
