package dev.flowguard.verdict.trace;

import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.policy.Rule;
import dev.flowguard.verdict.match.PeerOutcome;
import dev.flowguard.verdict.match.RuleTrace;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import dev.flowguard.verdict.pair.Traffic;
import dev.flowguard.verdict.trace.NearMiss.Reason;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Whether a rule that was asked misses the traffic by one thing: the peer's namespace or label, the protocol, the port. */
final class NearRule {
    private final Snapshot cluster;

    NearRule(Snapshot cluster) {
        this.cluster = cluster;
    }

    Optional<NearMiss> miss(Policy policy, Direction direction, RuleTrace trace, Pair pair) {
        Rule rule = trace.rule();
        if (!rule.isUnderstood() || trace.answer().isYes()) {
            return Optional.empty();
        }
        Place place = new Place(policy.ref(), direction, rule.index());
        Endpoint other = direction == Direction.INGRESS ? pair.source() : pair.destination();
        return trace.portAnswer().isYes()
                ? other.match(
                        pods -> IntStream.range(0, rule.peers().size())
                                .boxed()
                                .flatMap(i ->
                                        peer(rule.peers().get(i), trace.peers().get(i), pods.workload(), place))
                                .findFirst(),
                        addresses -> Optional.empty())
                : trace.peerAnswer().isYes()
                        ? rule.ports().stream()
                                .flatMap(port -> port(port, pair, place))
                                .findFirst()
                        : Optional.empty();
    }

    private record Place(PolicyRef policy, Direction direction, int rule) {
        NearMiss miss(Reason reason, String written, String found) {
            return NearMiss.of(reason, policy, direction, rule, written, found);
        }
    }

    private Stream<NearMiss> peer(Peer peer, PeerOutcome outcome, Workload other, Place place) {
        return peer.match(
                pods -> switch (outcome) {
                    case OTHER_NAMESPACE -> inOtherNamespace(pods, other, place);
                    case OTHER_LABELS ->
                        Selectors.slip(pods.pods(), other.labels()).stream()
                                .map(slip -> place.miss(Reason.PEER_ONE_LABEL_OFF, slip.written(), slip.found()));
                    default -> Stream.empty();
                },
                block -> Stream.empty(),
                unknown -> Stream.empty());
    }

    private Stream<NearMiss> inOtherNamespace(Peer.Pods peer, Workload other, Place place) {
        if (!peer.pods().matches(other.labels())) {
            return Stream.empty();
        }
        String lookedIn = peer.namespaces()
                .match(
                        () -> "namespace " + place.policy().namespace(),
                        matching -> "namespaces with " + matching.selector());
        Optional<Selectors.Slip> slip = peer.namespaces()
                .match(Optional::empty, matching -> Selectors.slip(matching.selector(), namespaceLabels(other)));
        if (slip.isPresent()) {
            return Stream.of(place.miss(
                    Reason.NAMESPACE_ONE_LABEL_OFF,
                    slip.get().written(),
                    slip.get().found()));
        }
        return peer.pods().selectsEverything()
                ? Stream.empty()
                : Stream.of(place.miss(Reason.PEER_IN_OTHER_NAMESPACE, lookedIn, "namespace " + other.namespace()));
    }

    private Labels namespaceLabels(Workload workload) {
        return cluster.namespaceOrAssumed(workload.namespace()).entry().labels();
    }

    private Stream<NearMiss> port(PortMatch port, Pair pair, Place place) {
        String wanted = pair.traffic().port();
        return port.match(
                numbered -> {
                    boolean sameProtocol = numbered.protocol() == pair.traffic().protocol();
                    if (!sameProtocol
                            && numbered.ports().contains(pair.traffic().ports())) {
                        return Stream.of(place.miss(Reason.OTHER_PROTOCOL, numbered.toString(), wanted));
                    }
                    return sameProtocol
                            ? inFrontOf(pair)
                                    .filter(front -> numbered.ports().contains(front.number()))
                                    .limit(1)
                                    .map(front -> place.miss(Reason.SERVICE_PORT, numbered.toString(), wanted))
                            : Stream.empty();
                },
                named -> isNamedForOtherProtocol(named, pair)
                        ? Stream.of(place.miss(Reason.OTHER_PROTOCOL, named.toString(), wanted))
                        : Stream.empty(),
                every -> Stream.empty(),
                unknown -> Stream.empty());
    }

    /** The name stands for this very port, and the protocol that the rule says or leaves out is not the traffic's. */
    private static boolean isNamedForOtherProtocol(PortMatch.Named named, Pair pair) {
        Traffic traffic = pair.traffic();
        return named.protocol() != traffic.protocol()
                && pair.destination()
                        .match(
                                pods -> pods.workload().portsNamed(named.name(), traffic.protocol()).stream()
                                        .anyMatch(port -> traffic.ports().contains(port.number())),
                                addresses -> false);
    }

    /** Ports of Services that lead to the pair's port on its destination, under other numbers. */
    Stream<ServiceEntry.Port> inFrontOf(Pair pair) {
        Traffic traffic = pair.traffic();
        return pair.destination()
                .match(
                        pods -> servicesOf(pods.workload())
                                .flatMap(service -> service.ports().stream())
                                .filter(port -> port.protocol() == traffic.protocol())
                                .filter(port -> port.targetOn(pods.workload())
                                        .filter(traffic.ports()::contains)
                                        .isPresent())
                                .filter(port -> !traffic.ports().contains(port.number())),
                        addresses -> Stream.empty());
    }

    private Stream<ServiceEntry> servicesOf(Workload workload) {
        return cluster.namespace(workload.namespace()).stream()
                .map(NamespaceShard::services)
                .flatMap(services -> services.stream())
                .filter(ServiceEntry::hasSelector)
                .filter(service -> service.podSelector().matches(workload.labels()));
    }
}
