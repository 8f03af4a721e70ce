package dev.flowguard.assess;

import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.PolicyOverlay;
import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.Workload;
import dev.flowguard.contract.Expectation;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.policy.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks for the smallest rules that make a broken flow work: for each side that blocks, one rule for exactly the other end of
 * the flow and its ports. The rule goes into a policy that selects nobody but this end, the changed one before others, and where
 * there is none into a policy of its own, so that it opens nothing for others. A policy without rules is a deny, and stays one.
 * What is found is judged by the engine before it is told.
 */
public final class RepairSearch {
    private final Snapshot cluster;
    private final PolicyView policies;
    private final RepairPeers peers;
    private final PolicyRef changed;

    public RepairSearch(Assessment assessment) {
        Aftermath aftermath = assessment.aftermath();
        this.changed = assessment.change().policy();
        this.cluster = aftermath.cluster();
        this.policies = aftermath.policies();
        this.peers = new RepairPeers(cluster);
    }

    /** Empty where no rule helps, as where the flow is one that must stay blocked. */
    public Optional<Repair> search(FlowAssessment flow) {
        if (flow.flow().flow().expectation() == Expectation.BLOCKED) {
            return Optional.empty();
        }
        List<Pair> blocked = flow.examples(Effect.NEWLY_BROKEN).stream()
                .map(PairAssessment::pair)
                .toList();
        Map<Place, List<PairAssessment>> places = new LinkedHashMap<>();
        for (PairAssessment example : flow.examples(Effect.NEWLY_BROKEN)) {
            for (SideTrace side : example.trace().sides()) {
                if (side.answer().isNo()) {
                    places.computeIfAbsent(
                                    new Place(side.direction(), side.subject().namespace()), place -> new ArrayList<>())
                            .add(example);
                }
            }
        }
        List<Repair.Step> steps = new ArrayList<>();
        places.forEach((place, examples) -> steps.add(step(flow, place, examples)));
        return works(steps, blocked) ? Optional.of(new Repair(steps)) : Optional.empty();
    }

    /** A side that blocks, for all workloads of a namespace alike. */
    private record Place(Direction direction, String namespace) {}

    private Repair.Step step(FlowAssessment flow, Place place, List<PairAssessment> examples) {
        NamespaceShard shard = cluster.namespaceOrAssumed(place.namespace());
        boolean ingress = place.direction() == Direction.INGRESS;
        Set<Workload> subjects = examples.stream()
                .map(example -> example.pair())
                .map(pair -> ingress ? pair.destination() : pair.source())
                .flatMap(end -> end.match(pods -> Stream.of(pods.workload()), addresses -> Stream.empty()))
                .collect(Collectors.toSet());
        Rule rule = Rule.of(
                0,
                peers.of(
                        ingress ? flow.flow().flow().from() : flow.flow().flow().to(),
                        place.namespace(),
                        examples.stream()
                                .map(example -> ingress
                                        ? example.pair().source()
                                        : example.pair().destination())
                                .toList()),
                ports(examples));
        return policies.policiesIn(place.namespace()).stream()
                .filter(policy -> policy.policy().isUnderstood()
                        && !policy.policy().rules(place.direction()).isEmpty())
                .filter(policy -> selectsJust(policy, shard, subjects))
                .min(Comparator.comparing(policy -> !policy.policy().ref().equals(changed)))
                .map(policy -> new Repair.Step(
                        policy.policy().ref(), policy.policy().podSelector(), true, place.direction(), rule))
                .orElseGet(() -> new Repair.Step(
                        new PolicyRef(place.namespace(), freeName(flow, place)),
                        selecting(flow, ingress, shard, subjects),
                        false,
                        place.direction(),
                        rule));
    }

    private static boolean selectsJust(CompiledPolicy policy, NamespaceShard shard, Set<Workload> subjects) {
        return policy.selected().size() == subjects.size()
                && shard.workloads(policy.selected()).stream().allMatch(subjects::contains);
    }

    private LabelSelector selecting(
            FlowAssessment flow, boolean ingress, NamespaceShard shard, Set<Workload> subjects) {
        return peers.selector(
                ingress ? flow.flow().flow().to() : flow.flow().flow().from(),
                shard,
                subjects.stream()
                        .sorted((a, b) -> Integer.compare(a.index(), b.index()))
                        .toList());
    }

    /** A name after the flow, which no policy of the namespace has. */
    private String freeName(FlowAssessment flow, Place place) {
        String stem = "allow-"
                + flow.flow()
                        .flow()
                        .name()
                        .toLowerCase(java.util.Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("(^-+|-+$)", "");
        String shortened = stem.length() > 50 ? stem.substring(0, 50).replaceAll("-+$", "") : stem;
        String base = shortened + "-" + place.direction().section();
        Set<String> taken = policies.policiesIn(place.namespace()).stream()
                .map(policy -> policy.policy().ref().name())
                .collect(Collectors.toSet());
        String name = base;
        for (int i = 2; taken.contains(name); i++) {
            name = base + "-" + i;
        }
        return name;
    }

    private static List<PortMatch> ports(List<PairAssessment> examples) {
        return examples.stream()
                .map(example -> example.pair().traffic())
                .filter(traffic -> traffic.protocol().isInPolicies())
                .<PortMatch>map(traffic -> new PortMatch.Numbered(
                        traffic.protocol(), traffic.ports(), !traffic.ports().isSingle()))
                .distinct()
                .toList();
    }

    private boolean works(List<Repair.Step> steps, List<Pair> blocked) {
        if (steps.isEmpty()) {
            return false;
        }
        PolicyView repaired = policies;
        for (Repair.Step step : steps) {
            if (!step.exists() && isolatesAnybodyAnew(step)) {
                return false;
            }
            repaired = apply(repaired, step);
        }
        Reachability reachability = new Reachability(cluster, repaired);
        return blocked.stream().allMatch(pair -> reachability.answer(pair).isYes());
    }

    /** A new policy must not cut what pods could do because nothing isolated them. */
    private boolean isolatesAnybodyAnew(Repair.Step step) {
        NamespaceShard shard = cluster.namespaceOrAssumed(step.policy().namespace());
        Policy.Section none = Policy.Section.ABSENT;
        CompiledPolicy added = shard.compile(new Policy(step.policy(), step.podSelector(), none, none));
        return shard.workloads(added.selected()).stream()
                .anyMatch(workload -> policies.policiesIn(shard.name()).stream()
                        .noneMatch(policy -> policy.isolates(workload, step.direction())));
    }

    private PolicyView apply(PolicyView view, Repair.Step step) {
        String namespace = step.policy().namespace();
        NamespaceShard shard = cluster.namespaceOrAssumed(namespace);
        List<CompiledPolicy> policies = new ArrayList<>();
        Policy.Section none = Policy.Section.ABSENT;
        Policy base = new Policy(step.policy(), step.podSelector(), none, none);
        for (CompiledPolicy policy : view.policiesIn(namespace)) {
            if (policy.policy().ref().equals(step.policy())) {
                base = policy.policy();
            } else {
                policies.add(policy);
            }
        }
        policies.add(shard.compile(with(base, step)));
        return new PolicyOverlay(view, Map.of(namespace, policies));
    }

    private static Policy with(Policy policy, Repair.Step step) {
        List<Rule> rules = new ArrayList<>(policy.rules(step.direction()));
        rules.add(step.rule());
        Policy.Section opened = Policy.Section.isolating(rules);
        boolean ingress = step.direction() == Direction.INGRESS;
        return new Policy(
                policy.ref(),
                policy.podSelector(),
                ingress ? opened : policy.ingress(),
                ingress ? policy.egress() : opened,
                policy.unknownFields());
    }
}
