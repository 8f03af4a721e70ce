package dev.flowguard.cluster;

import dev.flowguard.cluster.object.NamedPort;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.policy.Spelling;
import dev.flowguard.policy.chain.Plugin;
import dev.flowguard.policy.chain.PluginFamily;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What a network plugin does where the NetworkPolicy API leaves it open. The table is that of the SEMANTICS of this project,
 * section CNI; what is not known for sure is {@link Answer#UNKNOWN}.
 *
 * @see #detect how it is recognised
 */
public enum CniProfile implements Plugin {
    GENERIC("generic", builder().family(PluginFamily.UNKNOWN)),
    CALICO(
            "calico",
            builder()
                    .family(PluginFamily.CALICO)
                    .endsBothDirections(Answer.NO)
                    .podBlocks(Answer.YES)
                    .nodeBlocks(Answer.YES)
                    .clusterIpBlocks(Answer.NO)
                    .initPorts(),
            "calico-node"),
    CILIUM(
            "cilium",
            builder()
                    .family(PluginFamily.CILIUM)
                    .endsBothDirections(Answer.NO)
                    .podBlocks(Answer.NO)
                    .nodeBlocks(Answer.NO)
                    .clusterIpBlocks(Answer.NO)
                    .hairpin(Answer.YES)
                    .noSidecarPorts(),
            "cilium"),
    GKE_DATAPLANE_V2(
            "gke-dataplane-v2",
            builder()
                    .family(PluginFamily.CILIUM)
                    .endsBothDirections(Answer.NO)
                    .podBlocks(Answer.NO)
                    .nodeBlocks(Answer.NO)
                    .clusterIpBlocks(Answer.NO),
            "anetd"),
    ANTREA(
            "antrea",
            builder().family(PluginFamily.ANTREA).podBlocks(Answer.YES).clusterIpBlocks(Answer.NO),
            "antrea-agent"),
    OVN_KUBERNETES(
            "ovn-kubernetes",
            builder().family(PluginFamily.OVN_KUBERNETES).podBlocks(Answer.YES).clusterIpBlocks(Answer.NO),
            "ovnkube-node"),
    KUBE_ROUTER("kube-router", builder().podBlocks(Answer.YES).nodeBlocks(Answer.YES), "kube-router"),
    KINDNET(
            "kindnet",
            builder()
                    .family(PluginFamily.KUBE_NETWORK_POLICIES)
                    .endsBothDirections(Answer.YES)
                    .podBlocks(Answer.YES)
                    .nodeBlocks(Answer.YES)
                    .clusterIpBlocks(Answer.NO)
                    .hairpin(Answer.YES)
                    .noSidecarPorts(),
            "kindnet",
            "kube-network-policies"),
    AWS_VPC_CNI(
            "aws-vpc-cni",
            builder().podBlocks(Answer.YES).nodeBlocks(Answer.YES).servicePortsAsContainerPorts(),
            "aws-node"),
    AZURE_NPM(
            "azure-npm",
            builder()
                    .podBlocks(Answer.YES)
                    .nodeBlocks(Answer.YES)
                    .clusterIpBlocks(Answer.NO)
                    .noEndPort(),
            "azure-npm"),
    WEAVE("weave", builder().podBlocks(Answer.YES).noNamedPorts(), "weave-net"),
    FLANNEL("flannel", builder().enforcesNothing(), "kube-flannel-ds", "kube-flannel"),
    NONE("none", builder().enforcesNothing());

    private final String name;

    @SuppressWarnings("ImmutableEnumChecker") // Nobody changes the traits of a profile once it is made.
    private final Traits traits;

    @SuppressWarnings("ImmutableEnumChecker") // A copy that cannot be changed.
    private final List<String> agents;

    CniProfile(String name, Traits traits, String... agents) {
        this.name = name;
        this.traits = traits;
        this.agents = List.of(agents);
    }

    /** The spelling in configuration. */
    @Override
    public String configuredName() {
        return name;
    }

    /** How the profiles are spelt in configuration. */
    public static List<String> names() {
        return Arrays.stream(values()).map(CniProfile::configuredName).toList();
    }

    /**
     * The profile that is configured by that name.
     *
     * @throws IllegalArgumentException with a sentence, if there is none
     */
    public static CniProfile named(String name) {
        return Arrays.stream(values())
                .filter(profile -> profile.name.equals(name))
                .findFirst()
                .orElseThrow(() -> {
                    List<String> names = names();
                    return new IllegalArgumentException("\"" + name + "\" is not one of auto, "
                            + String.join(", ", names) + Spelling.hint(name, names));
                });
    }

    /**
     * Recognises the plugin by its node agents. One that enforces policies is preferred to one that does not, and an add-on
     * that was put over the cloud's own plugin to the plugin itself; where none is known nothing is assumed.
     *
     * @param daemonSets names of the DaemonSets in the cluster
     */
    public static CniProfile detect(Collection<String> daemonSets) {
        Set<String> names = Set.copyOf(daemonSets);
        List<CniProfile> found = Arrays.stream(values())
                .filter(profile -> profile.agents.stream().anyMatch(names::contains))
                .toList();
        return found.stream()
                .filter(profile -> profile.enforcesPolicies() && profile != AWS_VPC_CNI)
                .findFirst()
                .orElseGet(() -> found.stream().findFirst().orElse(GENERIC));
    }

    /** Which other kinds of policies it understands, and in which order they are asked (OTHER-POLICIES X3). */
    @Override
    public PluginFamily family() {
        return traits.family;
    }

    /**
     * Whether a pod that some NetworkPolicy selects, in whatever direction, is beyond the reach of the Baseline tier in both (OTHER-POLICIES
     * T3): otherwise only in the directions that are isolated.
     */
    public Answer networkPoliciesEndBothDirections() {
        return traits.endsBothDirections;
    }

    /**
     * What decides between a NetworkPolicy and policies of the plugin's own kind that are asked at its place: only Calico does so, by
     * the text of name, namespace and its own word for the kind (OTHER-POLICIES K5, K6).
     */
    public String tieBreakOf(PolicyRef policy) {
        return policy.name() + "/" + policy.namespace() + "/KubernetesNetworkPolicy";
    }

    /** Whether policies have any effect at all. */
    public boolean enforcesPolicies() {
        return traits.enforces;
    }

    /** Whether an ipBlock that covers a pod's address matches that pod (SEMANTICS B4). */
    @Override
    public Answer ipBlockMatchesPods() {
        return traits.podBlocks;
    }

    /** Whether an ipBlock that covers a node's address matches it (SEMANTICS B5). */
    @Override
    public Answer ipBlockMatchesNodes() {
        return traits.nodeBlocks;
    }

    /** Whether an ipBlock that covers a Service's ClusterIP matches traffic to that Service (SEMANTICS B6). */
    public Answer ipBlockMatchesClusterIps() {
        return traits.clusterIpBlocks;
    }

    /** Whether a pod that reaches itself through its own Service is exempt from policies (SEMANTICS N6). */
    public Answer exemptsHairpin() {
        return traits.hairpin;
    }

    /** Whether {@code endPort} opens a range; otherwise only {@code port} is opened (SEMANTICS Q8). */
    public boolean supportsEndPort() {
        return traits.endPort;
    }

    public boolean supportsNamedPorts() {
        return traits.namedPorts;
    }

    /** Whether a named port of that sort of container is found when a rule names it (SEMANTICS Q14). */
    public boolean resolvesPortsOf(NamedPort.Container container) {
        return switch (container) {
            case REGULAR -> true;
            case SIDECAR -> traits.sidecarPorts;
            case INIT -> traits.initPorts;
        };
    }

    /** Whether rules work for traffic through a Service only where its port is also the container's. */
    public boolean needsServicePortToBeContainerPort() {
        return traits.servicePortsAsContainerPorts;
    }

    private static Traits builder() {
        return new Traits();
    }

    /** The columns of the table; each profile states only what differs from "unknown" or "supported". */
    private static final class Traits {
        private boolean enforces = true;
        private PluginFamily family = PluginFamily.NETWORK_POLICIES_ONLY;
        private Answer endsBothDirections = Answer.UNKNOWN;
        private Answer podBlocks = Answer.UNKNOWN;
        private Answer nodeBlocks = Answer.UNKNOWN;
        private Answer clusterIpBlocks = Answer.UNKNOWN;
        private Answer hairpin = Answer.UNKNOWN;
        private boolean endPort = true;
        private boolean namedPorts = true;
        private boolean sidecarPorts = true;
        private boolean initPorts;
        private boolean servicePortsAsContainerPorts;

        Traits podBlocks(Answer answer) {
            podBlocks = answer;
            return this;
        }

        Traits nodeBlocks(Answer answer) {
            nodeBlocks = answer;
            return this;
        }

        Traits clusterIpBlocks(Answer answer) {
            clusterIpBlocks = answer;
            return this;
        }

        Traits hairpin(Answer answer) {
            hairpin = answer;
            return this;
        }

        Traits family(PluginFamily known) {
            family = known;
            return this;
        }

        Traits endsBothDirections(Answer answer) {
            endsBothDirections = answer;
            return this;
        }

        Traits enforcesNothing() {
            enforces = false;
            family = PluginFamily.NONE;
            return this;
        }

        Traits noEndPort() {
            endPort = false;
            return this;
        }

        Traits noNamedPorts() {
            namedPorts = false;
            return this;
        }

        Traits noSidecarPorts() {
            sidecarPorts = false;
            return this;
        }

        Traits initPorts() {
            initPorts = true;
            return this;
        }

        Traits servicePortsAsContainerPorts() {
            servicePortsAsContainerPorts = true;
            return this;
        }
    }
}
