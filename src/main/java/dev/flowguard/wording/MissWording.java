package dev.flowguard.wording;

import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.NamespaceScope;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.Requirement;
import dev.flowguard.verdict.match.PeerOutcome;
import dev.flowguard.verdict.match.PortOutcome;
import dev.flowguard.verdict.match.RuleTrace;
import dev.flowguard.verdict.pair.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why a rule does not match, in a few words for each of its peers, or for its ports where the peers are right. */
public final class MissWording {
    private static final Names NAMES = new Names("");

    private MissWording() {}

    /**
     * @param other the end that the rule's peers are compared with
     * @param destination on which the rule's ports are compared
     */
    public static List<String> of(RuleTrace trace, Endpoint other, Endpoint destination, String port) {
        if (!trace.rule().isUnderstood()) {
            return List.of("has fields this version does not know: "
                    + String.join(", ", trace.rule().unknownFields()));
        }
        List<String> reasons = new ArrayList<>();
        if (!trace.peerAnswer().isYes()) {
            List<Peer> peers = trace.rule().peers();
            IntStream.range(0, peers.size())
                    .mapToObj(i -> (peers.size() > 1 ? RuleWording.peer(peers.get(i)) + ": " : "")
                            + peer(peers.get(i), trace.peers().get(i), other))
                    .forEach(reasons::add);
        }
        if (!trace.portAnswer().isYes()) {
            reasons.add(ports(trace, destination, port));
        }
        return reasons;
    }

    private static String peer(Peer peer, PeerOutcome outcome, Endpoint other) {
        String name = NAMES.of(other);
        return switch (outcome) {
            case MATCHES, ANYBODY -> "is " + name;
            case OTHER_NAMESPACE -> "not " + name + ", which is in namespace " + namespace(other) + scope(peer);
            case OTHER_LABELS -> "not " + name + ", which has " + labels(peer, other);
            case NOT_A_POD -> "not " + name + ", which is no pod of this cluster";
            case NOT_IN_BLOCK -> "not " + name + ", which is not in that block";
            case EXCEPTED -> "not " + name + ", which the block excepts";
            case OTHER_FAMILY -> "not this traffic, which is of the other address family";
            case BLOCKS_ARE_NOT_FOR_PODS ->
                "not " + name + ": the network plugin matches pods by labels only, never by ipBlock";
            case BLOCKS_ARE_NOT_FOR_NODES -> "not " + name + ": the network plugin does not match nodes by ipBlock";
            case BLOCK_COVERS_PODS,
                    BLOCK_COVERS_SOME_PODS,
                    POD_ADDRESS_NOT_KNOWN,
                    NOT_IN_POD_RANGES,
                    BLOCK_COVERS_NODE,
                    BLOCK_COVERS_CLUSTER_IP,
                    POD_ON_HOST_NETWORK,
                    SOURCE_MAY_BE_REWRITTEN,
                    ONLY_EXCLUDES,
                    NOT_UNDERSTOOD -> "undetermined: " + DoubtWording.peer(outcome);
        };
    }

    private static String namespace(Endpoint end) {
        return end.match(pods -> pods.workload().namespace(), addresses -> "");
    }

    private static String scope(Peer peer) {
        NamespaceScope scope = peer.match(
                Peer.Pods::namespaces, block -> new NamespaceScope.Own(), unknown -> new NamespaceScope.Own());
        return scope.match(
                () -> ": a peer without namespaceSelector is in the policy's own namespace",
                matching -> matching.selector().keys().contains(LabelSelector.NAMESPACE_NAME)
                        ? ""
                        : ", without such labels");
    }

    /** What the pod carries in place of the labels that are asked for. */
    private static String labels(Peer peer, Endpoint end) {
        Labels labels = end.match(pods -> pods.workload().labels(), addresses -> Labels.NONE);
        Stream<Requirement> missed = peer.<Stream<Requirement>>match(
                        pods -> pods.pods().requirements().stream(), block -> Stream.empty(), unknown -> Stream.empty())
                .filter(requirement -> !requirement.matches(labels));
        return missed.map(Requirement::key)
                .distinct()
                .map(key -> label(labels, key))
                .collect(Collectors.joining(" and "));
    }

    private static String label(Labels labels, String key) {
        @Nullable String value = labels.get(key);
        return value == null ? "no label " + key : key + "=" + value;
    }

    private static String ports(RuleTrace trace, Endpoint destination, String port) {
        return trace.ports().stream()
                .map(outcome -> port(outcome, destination, port))
                .distinct()
                .collect(Collectors.joining("; "));
    }

    private static String port(PortOutcome outcome, Endpoint destination, String port) {
        String name = NAMES.of(destination);
        return switch (outcome) {
            case MATCHES, EVERY_PORT -> "is " + port;
            case OTHER_PROTOCOL, OTHER_NUMBER -> "not " + port;
            case NAME_NOT_DECLARED -> "not " + port + ": no container of " + name + " declares a port of that name";
            case NAME_IS_OF_UNRESOLVED_CONTAINER ->
                "not " + port + ": " + name
                        + " declares that name on an init container or sidecar, where the network plugin does not look";
            case NAME_IS_OF_OTHER_PROTOCOL ->
                "not " + port + ": " + name
                        + " declares that name for another protocol (a rule means TCP unless it says)";
            case NAME_WITHOUT_POD -> "not " + port + ": outside the cluster a port's name means nothing";
            case END_PORT_IGNORED ->
                "not " + port + ": the network plugin ignores endPort and opens only the first port";
            case NAME_IS_AMBIGUOUS,
                    NAMED_PORTS_NOT_SUPPORTED,
                    NAME_BESIDE_BLOCK,
                    SERVICE_PORT_DIFFERS,
                    PORT_OF_CLUSTER_IP,
                    PROTOCOL_NOT_IN_API,
                    NOT_UNDERSTOOD -> "undetermined: " + DoubtWording.port(outcome);
        };
    }
}
