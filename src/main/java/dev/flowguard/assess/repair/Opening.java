package dev.flowguard.assess.repair;

import dev.flowguard.binding.Within;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.Expectation;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.FlowPorts;
import dev.flowguard.net.Cidr;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.NamespaceScope;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.amend.Edit;
import dev.flowguard.policy.amend.Wanted;
import java.util.List;
import java.util.stream.Stream;

/** Between whom a step of a repair can open anything, and on which ports; whether it does is another question. */
record Opening(Direction direction, Named subjects, List<Named> others, FlowPorts ports) {
    /** All ports of all protocols, which only what must stay blocked can speak of. */
    Expectation expectation() {
        return ports.match(ofPods -> Expectation.ALLOWED, ofService -> Expectation.ALLOWED, () -> Expectation.BLOCKED);
    }

    /** Whom a rule may name: an end of traffic, narrowed to those who can be meant. */
    record Named(FlowEnd end, Within within) {
        static Named anywhere(FlowEnd end) {
            return new Named(end, Within.ANYWHERE);
        }
    }

    private static final FlowEnd ALL_PODS = new FlowEnd.Pods(LabelSelector.EVERYTHING, LabelSelector.EVERYTHING);

    private static final List<Named> ANYBODY = List.of(
            Named.anywhere(ALL_PODS),
            Named.anywhere(new FlowEnd.Outside(Cidr.parse("0.0.0.0/0"), List.of())),
            Named.anywhere(new FlowEnd.Outside(Cidr.parse("::/0"), List.of())));

    static List<Opening> of(Repair.Step step, Snapshot cluster) {
        return step.match(
                rule -> List.of(ofRule(rule, cluster)),
                mended -> ofMended(mended, cluster),
                amended -> switch (amended.amendment().narrowed()) {
                    case NOTHING -> List.of(ofAddition(amended, cluster));
                    case OTHERS -> List.of(ofOthersLeftOut(amended));
                    case SUBJECTS -> List.of(ofSubjectsLeftOut(amended, cluster));
                });
    }

    private static Opening ofRule(Repair.NewRule step, Snapshot cluster) {
        String namespace = step.ref().namespace();
        return new Opening(
                step.direction(),
                selected(cluster, namespace, step.podSelector()),
                step.rule().peers().stream()
                        .flatMap(peer -> named(peer, namespace))
                        .toList(),
                new FlowPorts.OfPods(step.rule().ports()));
    }

    /** Every rule of the policy, for whomever it then selects: what it opened before it still does. */
    private static List<Opening> ofMended(Repair.Mended step, Snapshot cluster) {
        String namespace = step.mended().ref().namespace();
        return Stream.of(Direction.values())
                .flatMap(direction -> step.mended().rules(direction).stream()
                        .map(rule -> new Opening(
                                direction,
                                selected(cluster, namespace, step.mended().podSelector()),
                                rule.isForAnybody()
                                        ? ANYBODY
                                        : rule.peers().stream()
                                                .flatMap(peer -> named(peer, namespace))
                                                .toList(),
                                rule.isForEveryPort() ? new FlowPorts.Every() : new FlowPorts.OfPods(rule.ports()))))
                .toList();
    }

    /** A new policy is for just the pods that are meant; what is put into one that exists may be for all that it selects. */
    private static Opening ofAddition(Repair.Amended step, Snapshot cluster) {
        Wanted wanted = step.wanted();
        boolean isNew = step.edit().match(newObject -> true, newRules -> false, leftOut -> false);
        return new Opening(
                wanted.direction(),
                isNew ? selected(cluster, wanted.namespace(), wanted.subjects()) : podsOf(step),
                others(wanted),
                new FlowPorts.OfPods(wanted.ports()));
    }

    /** Whoever has the label that is left out, wherever, on every port that the rule denied. */
    private static Opening ofOthersLeftOut(Repair.Amended step) {
        List<Named> labelled = step.wanted().others().stream()
                .flatMap(peer -> peer.<Stream<LabelSelector>>match(
                        pods -> leftOut(step.edit(), pods.pods()), block -> Stream.empty(), unknown -> Stream.empty()))
                .map(labels -> Named.anywhere(new FlowEnd.Pods(LabelSelector.EVERYTHING, labels)))
                .toList();
        return new Opening(step.direction(), podsOf(step), labelled, new FlowPorts.Every());
    }

    private static Opening ofSubjectsLeftOut(Repair.Amended step, Snapshot cluster) {
        Wanted wanted = step.wanted();
        LabelSelector labels =
                leftOut(step.edit(), wanted.subjects()).findFirst().orElse(LabelSelector.EVERYTHING);
        Named subjects = step.policy().namespace().isEmpty()
                ? Named.anywhere(new FlowEnd.Pods(LabelSelector.EVERYTHING, labels))
                : selected(cluster, step.policy().namespace(), labels);
        return new Opening(step.direction(), subjects, ANYBODY, new FlowPorts.Every());
    }

    /** The part of the selector that the edit leaves out. */
    private static Stream<LabelSelector> leftOut(Edit edit, LabelSelector selector) {
        Object key = edit.<Object>match(
                newObject -> "", newRules -> "", leftOut -> leftOut.condition().getOrDefault("key", ""));
        return selector.requirements().stream()
                .filter(requirement -> requirement.key().equals(key))
                .map(requirement -> new LabelSelector(List.of(requirement)));
    }

    private static Named podsOf(Repair.Amended step) {
        String namespace = step.policy().namespace();
        return Named.anywhere(
                namespace.isEmpty()
                        ? ALL_PODS
                        : new FlowEnd.Pods(LabelSelector.namespaceNamed(namespace), LabelSelector.EVERYTHING));
    }

    private static List<Named> others(Wanted wanted) {
        return wanted.others().stream()
                .flatMap(peer -> named(peer, wanted.namespace()))
                .toList();
    }

    private static Named selected(Snapshot cluster, String namespace, LabelSelector selector) {
        NamespaceShard shard = cluster.namespaceOrAssumed(namespace);
        return new Named(
                new FlowEnd.Pods(LabelSelector.namespaceNamed(namespace), LabelSelector.EVERYTHING),
                new Within.These(shard, shard.select(selector).and(shard.podNetwork())));
    }

    /** A block may match the addresses of pods as well, in the reading of some network plugins. */
    private static Stream<Named> named(Peer peer, String namespace) {
        return peer.match(
                pods -> Stream.of(Named.anywhere(new FlowEnd.Pods(
                        pods.namespaces()
                                .match(
                                        () -> LabelSelector.namespaceNamed(namespace),
                                        NamespaceScope.Matching::selector),
                        pods.pods()))),
                block -> Stream.of(
                        Named.anywhere(new FlowEnd.Outside(block.cidr(), block.except())),
                        new Named(ALL_PODS, new Within.Addressed(block.cidr().range()))),
                unknown -> Stream.empty());
    }
}
