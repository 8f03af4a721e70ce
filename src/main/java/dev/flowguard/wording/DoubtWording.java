package dev.flowguard.wording;

import dev.flowguard.contract.ObjectRef;
import dev.flowguard.verdict.match.PeerOutcome;
import dev.flowguard.verdict.match.PortOutcome;
import dev.flowguard.verdict.trace.Doubt;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why something cannot be known. */
public final class DoubtWording {
    private DoubtWording() {}

    /** The reasons as one clause. */
    public static String of(List<Doubt> doubts) {
        return doubts.stream().map(DoubtWording::of).distinct().collect(Collectors.joining("; "));
    }

    private static String of(Doubt doubt) {
        return doubt.match(
                DoubtWording::unclearRule,
                policy -> "NetworkPolicy " + policy.policy() + " has fields this version does not know: "
                        + String.join(", ", policy.unknownFields()),
                others -> "other policies concern it and are not evaluated: "
                        + Names.some(others.policies().stream()
                                .map(ObjectRef::toString)
                                .toList()),
                open -> leftOpen(open.question()),
                DoubtWording::unclearStep);
    }

    private static String unclearStep(Doubt.UnclearStep step) {
        String place =
                step.rule().isEmpty() ? KindNames.of(step.policy()) : KindNames.of(step.policy()) + ", " + step.rule();
        return place
                + ": "
                + Stream.concat(step.reasons().stream(), step.open().stream().map(DoubtWording::open))
                        .distinct()
                        .collect(Collectors.joining(", "));
    }

    private static String open(Doubt.UnclearStep.Question question) {
        return switch (question) {
            case SELECTION -> "it is open whether it selects the pod";
            case HOST_ENDPOINT -> "it is open whether the node has a host endpoint that it selects";
            case PEER -> "it is open whether the other end is one of its peers";
            case PORT -> "it is open whether the port is one of its ports";
            case TIE -> "another policy has the same priority, and it is open which of the two is asked first";
            case END ->
                "network plugins differ in whether they ask the Baseline tier about a pod that a NetworkPolicy selects"
                        + " for the other direction only";
        };
    }

    private static String unclearRule(Doubt.UnclearRule rule) {
        String place = rule.direction().rule(rule.rule()) + " of NetworkPolicy " + rule.policy();
        if (!rule.unknownFields().isEmpty()) {
            return place + " has fields this version does not know: " + String.join(", ", rule.unknownFields());
        }
        return place
                + ": "
                + Stream.concat(
                                rule.peers().stream().map(DoubtWording::peer),
                                rule.ports().stream().map(DoubtWording::port))
                        .distinct()
                        .collect(Collectors.joining(", "));
    }

    static String peer(PeerOutcome outcome) {
        return switch (outcome) {
            case BLOCK_COVERS_PODS -> "whether an ipBlock matches a pod's address depends on the network plugin";
            case BLOCK_COVERS_SOME_PODS -> "its ipBlock covers some of the pods and not others";
            case NOT_IN_POD_RANGES ->
                "its ipBlock holds no address of the nodes' pod ranges, and the pods have no addresses yet";
            case POD_ADDRESS_NOT_KNOWN -> "the pods have no addresses yet to compare its ipBlock with";
            case BLOCK_COVERS_NODE -> "whether an ipBlock matches a node's address depends on the network plugin";
            case BLOCK_COVERS_CLUSTER_IP ->
                "its ipBlock covers the Service's ClusterIP, which most network plugins never see";
            case POD_ON_HOST_NETWORK -> "pods on the host network are seldom matched by their labels";
            case SOURCE_MAY_BE_REWRITTEN -> "the load balancer may replace the sender's address by a node's";
            case ONLY_EXCLUDES -> "its selectors only exclude, and Cilium may let such match every pod";
            case MATCHES,
                    ANYBODY,
                    OTHER_NAMESPACE,
                    OTHER_LABELS,
                    NOT_A_POD,
                    NOT_IN_BLOCK,
                    EXCEPTED,
                    OTHER_FAMILY,
                    BLOCKS_ARE_NOT_FOR_PODS,
                    BLOCKS_ARE_NOT_FOR_NODES,
                    NOT_UNDERSTOOD -> "a peer is not understood";
        };
    }

    static String port(PortOutcome outcome) {
        return switch (outcome) {
            case NAME_IS_AMBIGUOUS -> "the pod declares the port's name twice with different numbers";
            case NAME_BESIDE_BLOCK -> "an ipBlock names no pod on which the port's name is surely resolved";
            case NAMED_PORTS_NOT_SUPPORTED -> "the network plugin does not support named ports";
            case SERVICE_PORT_DIFFERS ->
                "the network plugin compares with the Service's port, which is not the container's";
            case PORT_OF_CLUSTER_IP ->
                "the rule is for the Service's own address and port, which the network plugin may or may not see";
            case PROTOCOL_NOT_IN_API -> "policies do not speak of this protocol";
            case MATCHES,
                    EVERY_PORT,
                    OTHER_PROTOCOL,
                    OTHER_NUMBER,
                    NAME_NOT_DECLARED,
                    NAME_IS_OF_UNRESOLVED_CONTAINER,
                    NAME_IS_OF_OTHER_PROTOCOL,
                    NAME_WITHOUT_POD,
                    END_PORT_IGNORED,
                    NOT_UNDERSTOOD -> "a port is not understood";
        };
    }

    private static String leftOpen(Doubt.LeftOpen.Question question) {
        return switch (question) {
            case NODE_TRAFFIC -> "an end is on the host network, and a pod's own node is always let in";
            case SOURCE_MAY_BE_NODE ->
                "the load balancer may replace the sender's address by a node's, and a pod's own node is always let in";
            case HAIRPIN -> "whether a pod may reach itself through its own Service depends on the network plugin";
            case WHICH_RESOLVER ->
                "policies treat the cluster's DNS and the resolver on the node differently, and which one is asked"
                        + " depends on the network plugin";
            case WHICH_SENDER ->
                "policies treat the API server's own address and the konnectivity agents that may carry its traffic"
                        + " differently";
            case AMBIENT_MESH ->
                "Istio's ambient mesh carries it on port 15008/TCP, which policies do not treat like the port itself";
            case PROTOCOL_NOT_IN_API -> "NetworkPolicy says nothing about this protocol, the network plugin decides";
        };
    }
}
