package dev.flowguard.verdict.trace;

import dev.flowguard.cluster.RuledPolicies;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.chain.Action;
import dev.flowguard.policy.chain.ChainRule;
import dev.flowguard.policy.chain.Ends;
import dev.flowguard.policy.chain.RuledPolicy;
import dev.flowguard.verdict.match.EndsMatcher;
import dev.flowguard.verdict.match.PortsMatcher;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import dev.flowguard.verdict.pair.Traffic;
import dev.flowguard.verdict.trace.NearMiss.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a rule of another kind than NetworkPolicy misses the traffic by one thing, or the policy that it stands in does not select
 * the pods by one label: what such a rule asks for is an expression, of which all parts but one are met.
 */
final class NearChainRule {
    private final Snapshot cluster;
    private final EndsMatcher ends;
    private final PortsMatcher ports;
    private final NearRule nearRule;

    NearChainRule(Snapshot cluster, NearRule nearRule) {
        this.cluster = cluster;
        this.ends = new EndsMatcher(cluster);
        this.ports = new PortsMatcher(cluster);
        this.nearRule = nearRule;
    }

    /** Of rules that were asked. */
    Stream<NearMiss> misses(StepTrace.OneRule step, Direction direction, Pair pair) {
        ChainRule rule = step.rule();
        if (rule.action() != Action.ALLOW || !rule.doubts().isEmpty()) {
            return Stream.empty();
        }
        Place place = new Place(ObjectRef.of(step.policy().ref()), direction, rule);
        if (step.peer().isYes() && step.ports().isNo()) {
            return port(rule, pair, place);
        }
        Endpoint other = direction == Direction.INGRESS ? pair.source() : pair.destination();
        return step.ports().isYes() && step.peer().isNo()
                ? other.match(pods -> peer(rule.peer(), pods, direction, pair, place), addresses -> Stream.empty())
                : Stream.empty();
    }

    /** Of policies of the pods' namespace that would open this side, had they selected them. */
    Stream<NearMiss> unselecting(RuledPolicies policies, Workload subject, Direction direction, Pair pair) {
        return policies.in(subject.namespace()).stream()
                .filter(policy -> ends.selects(policy.subject(), subject).isNo())
                .flatMap(policy -> slip(policy.subject(), subject, pair).stream()
                        .flatMap(slip -> opening(policy, direction, pair)
                                .map(rule -> new Place(ObjectRef.of(policy.ref()), direction, rule)
                                        .miss(Reason.SELECTS_ONE_LABEL_OFF, slip.written(), slip.found()))));
    }

    private record Place(ObjectRef policy, Direction direction, ChainRule rule) {
        NearMiss miss(Reason reason, String written, String found) {
            return new NearMiss(reason, policy, direction, rule.index(), rule.label(), written, found);
        }
    }

    private Stream<ChainRule> opening(RuledPolicy policy, Direction direction, Pair pair) {
        Endpoint other = direction == Direction.INGRESS ? pair.source() : pair.destination();
        return policy.section(direction).rules().stream()
                .filter(rule -> rule.action() == Action.ALLOW && rule.doubts().isEmpty())
                .filter(rule -> !rule.peer().equals(Ends.EVERYBODY))
                .filter(rule -> ends.match(rule.peer(), direction, other, pair.traffic())
                        .isYes())
                .filter(rule -> ports.match(rule.ports(), pair.destination(), pair.traffic())
                        .isYes());
    }

    private Optional<Selectors.Slip> slip(Ends selecting, Workload subject, Pair pair) {
        return missed(selecting, new Endpoint.Pods(subject), Direction.EGRESS, pair)
                .flatMap(part -> part instanceof Ends.PodLabels labels
                        ? Selectors.slip(labels.selector(), subject.labels())
                        : Optional.empty());
    }

    private Stream<NearMiss> peer(Ends peer, Endpoint.Pods other, Direction direction, Pair pair, Place place) {
        Workload workload = other.workload();
        return alternatives(peer)
                .flatMap(alternative -> missed(alternative, other, direction, pair).stream()
                        .flatMap(part -> {
                            if (part instanceof Ends.PodLabels labels) {
                                return Selectors.slip(labels.selector(), workload.labels()).stream()
                                        .map(slip ->
                                                place.miss(Reason.PEER_ONE_LABEL_OFF, slip.written(), slip.found()));
                            }
                            if (part instanceof Ends.NamespaceLabels labels) {
                                return Selectors.slip(labels.selector(), namespaceLabels(workload)).stream()
                                        .map(slip -> place.miss(
                                                Reason.NAMESPACE_ONE_LABEL_OFF, slip.written(), slip.found()))
                                        .findFirst()
                                        .or(() -> elsewhere(
                                                alternative, labels.selector().namespaces(), workload, place))
                                        .stream();
                            }
                            return part instanceof Ends.InNamespace in
                                    ? elsewhere(alternative, "namespace " + in.name(), workload, place).stream()
                                    : Stream.empty();
                        }));
    }

    /** The right labels in the wrong namespace, where there are labels that are right. */
    private static Optional<NearMiss> elsewhere(Ends alternative, String lookedIn, Workload other, Place place) {
        return parts(alternative)
                        .anyMatch(part -> part instanceof Ends.PodLabels labels
                                && !labels.selector().selectsEverything())
                ? Optional.of(place.miss(Reason.PEER_IN_OTHER_NAMESPACE, lookedIn, "namespace " + other.namespace()))
                : Optional.empty();
    }

    private Labels namespaceLabels(Workload workload) {
        return cluster.namespaceOrAssumed(workload.namespace()).entry().labels();
    }

    private Stream<NearMiss> port(ChainRule rule, Pair pair, Place place) {
        Traffic traffic = pair.traffic();
        String wanted = traffic.port();
        Stream<NearMiss> otherProtocol = Stream.of(Protocol.TCP, Protocol.UDP, Protocol.SCTP)
                .filter(protocol -> protocol != traffic.protocol())
                .filter(protocol -> isOpen(rule, pair, protocol, traffic.ports()))
                .map(protocol -> place.miss(Reason.OTHER_PROTOCOL, traffic.ports() + "/" + protocol, wanted));
        Stream<NearMiss> servicePort = nearRule.inFrontOf(pair)
                .filter(front -> isOpen(rule, pair, traffic.protocol(), PortRange.of(front.number())))
                .map(front -> place.miss(Reason.SERVICE_PORT, front.number() + "/" + traffic.protocol(), wanted));
        return Stream.concat(otherProtocol, servicePort).limit(1);
    }

    private boolean isOpen(ChainRule rule, Pair pair, Protocol protocol, PortRange numbers) {
        Traffic traffic = pair.traffic();
        return ports.match(
                        rule.ports(),
                        pair.destination(),
                        new Traffic(protocol, numbers, traffic.family(), traffic.route()))
                .isYes();
    }

    /** The only part that is not met; empty where several are not. */
    private Optional<Ends> missed(Ends all, Endpoint other, Direction direction, Pair pair) {
        List<Ends> missed = parts(all)
                .filter(part ->
                        !ends.match(part, direction, other, pair.traffic()).isYes())
                .toList();
        return missed.size() == 1 ? Optional.of(missed.get(0)) : Optional.empty();
    }

    private static Stream<Ends> alternatives(Ends peer) {
        return peer instanceof Ends.AnyOf any
                ? any.parts().stream().flatMap(NearChainRule::alternatives)
                : peer instanceof Ends.AllOf all ? distributed(all.parts()).stream() : Stream.of(peer);
    }

    /** A union among parts that must all hold is taken apart: each of its own parts with the others. */
    private static List<Ends> distributed(List<Ends> parts) {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof Ends.AnyOf any && any.parts().size() > 1) {
                List<Ends> each = new ArrayList<>();
                for (Ends part : any.parts()) {
                    List<Ends> one = new ArrayList<>(parts);
                    one.set(i, part);
                    each.addAll(distributed(one));
                }
                return each;
            }
        }
        return List.of(Ends.allOf(parts));
    }

    private static Stream<Ends> parts(Ends alternative) {
        return alternative instanceof Ends.AllOf all
                ? all.parts().stream().flatMap(NearChainRule::parts)
                : Stream.of(alternative);
    }
}
