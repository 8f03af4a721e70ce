package dev.flowguard.assess;

import dev.flowguard.assess.finding.FindingLevels;
import dev.flowguard.assess.finding.Findings;
import dev.flowguard.binding.AlikePairs;
import dev.flowguard.binding.AlikeVisitor;
import dev.flowguard.binding.FlowBinding;
import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.PolicyOverlay;
import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.RuledOverlay;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.NamespaceEntry;
import dev.flowguard.contract.Enforcement;
import dev.flowguard.contract.Expectation;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.verdict.Reachability;
import dev.flowguard.verdict.match.Classes;
import dev.flowguard.verdict.match.PortClasses;
import dev.flowguard.verdict.pair.Pair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Judges a change: the verdict of every pair of every declared flow that the change can touch, before and after. <em>Before</em>
 * is the snapshot with the old version in place of the policy of that name, <em>after</em> with the new one (DESIGN 8.11).
 */
public final class Assessor {
    private final Snapshot snapshot;
    private final Map<String, List<Policy>> confirmed;
    private final FindingLevels findingLevels;
    private final Effort effort;

    public Assessor(Snapshot snapshot) {
        this(snapshot, Map.of());
    }

    /** @param confirmed the policies of some namespaces as the API server has them now, in place of the snapshot's */
    public Assessor(Snapshot snapshot, Map<String, List<Policy>> confirmed) {
        this(snapshot, confirmed, FindingLevels.USUAL);
    }

    /**
     * @param confirmed the policies of some namespaces as the API server has them now, in place of the snapshot's
     * @param findingLevels those in force where the Namespace does not choose others
     */
    public Assessor(Snapshot snapshot, Map<String, List<Policy>> confirmed, FindingLevels findingLevels) {
        this(snapshot, confirmed, findingLevels, Effort.unlimited());
    }

    /** @param effort after which what is found by then is all */
    public Assessor(
            Snapshot snapshot, Map<String, List<Policy>> confirmed, FindingLevels findingLevels, Effort effort) {
        this.effort = effort;
        this.snapshot = snapshot;
        this.confirmed = Map.copyOf(confirmed);
        this.findingLevels = findingLevels;
    }

    public Assessment assess(Change change) {
        return change.match(this::ofNetworkPolicy, this::ofNetworkPolicy, this::ofNetworkPolicy, this::ofOther);
    }

    /**
     * Judges the change of a NetworkPolicy together with others of its namespace that came before it and belong to it: <em>before</em> is
     * without them.
     */
    public Assessment assess(Change change, Set<PolicyRef> together) {
        return together.isEmpty() ? assess(change) : ofNetworkPolicy(change, together);
    }

    private Assessment ofNetworkPolicy(Change change) {
        return ofNetworkPolicy(change, Set.of());
    }

    /** Before and after differ in what the policies of other kinds come down to; everything else is the same in both. */
    private Assessment ofOther(Change.OfOther change) {
        Snapshot cluster = snapshot.distinguishing(
                confirmed.values().stream().flatMap(List::stream).toList());
        Snapshot old = cluster.with(change.old());
        Snapshot updated = old.with(change.updated());
        PolicyView base = withConfirmed(updated);
        PolicyView before = new RuledOverlay(base, old.ruled());
        PolicyView after = new RuledOverlay(base, updated.ruled());
        Concern concern = Concern.between(old.ruled(), updated.ruled(), updated, effort);
        OthersFlows others = new OthersFlows(where(change.object(), updated), effort);
        return new Assessment(
                change,
                concern,
                concern.isNothing()
                        ? List.of()
                        : flows(
                                updated.flowsTouching(concern.namespaces()),
                                Comparison.ofOther(updated, before, after, effort),
                                concern,
                                change,
                                others),
                effort.isOver() ? List.of() : Findings.about(change, updated, before, after, findingLevels),
                new Aftermath(updated, after, effort.whole()),
                !effort.isOver(),
                others.passedOver());
    }

    /** The namespace whose levels of implied flows count; of what is cluster-wide, one that chooses none. */
    private static NamespaceEntry where(ObjectRef changed, Snapshot cluster) {
        return cluster.namespaceOrAssumed(changed.namespace()).entry();
    }

    private Assessment ofNetworkPolicy(Change change, Set<PolicyRef> together) {
        Snapshot cluster = snapshot.distinguishing(
                Stream.concat(change.versions(), confirmed.values().stream().flatMap(List::stream))
                        .toList());
        NamespaceShard shard = cluster.namespaceOrAssumed(change.policy().namespace());
        PolicyView base = withConfirmed(cluster);
        List<CompiledPolicy> versions = change.versions().map(shard::compile).toList();
        int old = change.before().size();
        PolicyView before = without(with(base, change, versions.subList(0, old)), change, together);
        PolicyView after = with(base, change, versions.subList(old, versions.size()));
        List<CompiledPolicy> concerning = new ArrayList<>(versions);
        base.policiesIn(shard.name()).stream()
                .filter(policy -> together.contains(policy.policy().ref()))
                .forEach(concerning::add);
        Concern concern = Concern.of(concerning, shard, base, cluster.cni());
        OthersFlows others = new OthersFlows(shard.entry(), effort);
        return new Assessment(
                change,
                concern,
                flows(
                        cluster.flowsTouching(shard),
                        Comparison.ofNetworkPolicies(cluster, before, after, effort),
                        concern,
                        change,
                        others),
                effort.isOver() ? List.of() : Findings.about(change, cluster, before, after, findingLevels),
                new Aftermath(cluster, after, effort.whole()),
                !effort.isOver(),
                others.passedOver());
    }

    private PolicyView withConfirmed(Snapshot cluster) {
        Map<String, List<CompiledPolicy>> replaced = new HashMap<>();
        confirmed.forEach((namespace, policies) -> {
            NamespaceShard shard = cluster.namespaceOrAssumed(namespace);
            replaced.put(namespace, policies.stream().map(shard::compile).toList());
        });
        return replaced.isEmpty() ? cluster : new PolicyOverlay(cluster, replaced);
    }

    /** Those of which the change concerns a pair. Where time may run out, those come first that may refuse the change. */
    private List<FlowAssessment> flows(
            List<DeclaredFlow> candidates, Comparison comparison, Concern concern, Change change, OthersFlows others) {
        List<DeclaredFlow> gravestFirst = candidates.stream()
                .sorted(Comparator.comparingInt(flow -> rank(flow, change)))
                .toList();
        NamespaceEntry where = where(change.object(), comparison.cluster);
        Map<DeclaredFlow, FlowAssessment> assessed = new IdentityHashMap<>();
        for (DeclaredFlow flow : gravestFirst) {
            if (effort.isOver()) {
                break;
            }
            if (!ToldPairs.isWanted(flow, comparison.cluster, where) || others.passOver(flow)) {
                continue;
            }
            FlowAssessment.Tally tally = comparison.compare(flow, concern);
            if (!tally.isEmpty()) {
                assessed.put(flow, tally.result());
                others.judged(flow);
            }
        }
        return candidates.stream()
                .flatMap(flow -> Optional.ofNullable(assessed.get(flow)).stream())
                .toList();
    }

    /** Declared in the changed namespace and refusing, by the cluster's owners, others (DESIGN 9.3), implied. */
    private static int rank(DeclaredFlow flow, Change change) {
        if (flow.contract().source().isImplied()) {
            return 3;
        }
        String declaredIn = flow.contract().source().object().namespace();
        boolean denies = flow.contract().enforcement() == Enforcement.DENY;
        if (denies && declaredIn.equals(change.policy().namespace())) {
            return 0;
        }
        return declaredIn.isEmpty() ? 1 : 2;
    }

    private static PolicyView with(PolicyView base, Change change, List<CompiledPolicy> version) {
        String namespace = change.policy().namespace();
        List<CompiledPolicy> policies = new ArrayList<>();
        for (CompiledPolicy policy : base.policiesIn(namespace)) {
            if (!policy.policy().ref().equals(change.policy())) {
                policies.add(policy);
            }
        }
        policies.addAll(version);
        return new PolicyOverlay(base, Map.of(namespace, policies));
    }

    private static PolicyView without(PolicyView base, Change change, Set<PolicyRef> left) {
        if (left.isEmpty()) {
            return base;
        }
        String namespace = change.policy().namespace();
        return new PolicyOverlay(
                base,
                Map.of(
                        namespace,
                        base.policiesIn(namespace).stream()
                                .filter(policy -> !left.contains(policy.policy().ref()))
                                .toList()));
    }

    /** Compares verdicts before and after. */
    private static final class Comparison {
        /** Once flows have so many examples together, one of each effect is enough for every further one. */
        private static final int MANY_EXAMPLES = 1_000;

        private final Snapshot cluster;
        private final Reachability before;
        private final Reachability after;
        private final FlowBinding binding;
        private final Effort effort;
        private final ToldPairs told;
        private final AlikeFlows<FlowAssessment.Tally> alikeFlows;
        private int examples;
        private final List<PolicyView> views;
        private final Map<Expectation, Map<AlikePairs.Question, Effect>> effects = new EnumMap<>(Expectation.class);
        private Optional<Classes> classes = Optional.empty();
        private boolean lookedForClasses;

        private Comparison(
                Snapshot cluster, Reachability before, Reachability after, List<PolicyView> views, Effort effort) {
            this.views = views;
            this.effort = effort;
            this.cluster = cluster;
            this.before = before;
            this.after = after;
            this.binding = new FlowBinding(cluster, views);
            this.told = new ToldPairs(this::impliedPorts);
            this.alikeFlows = new AlikeFlows<>(() -> new PortClasses(cluster, views));
        }

        static Comparison ofNetworkPolicies(Snapshot cluster, PolicyView before, PolicyView after, Effort effort) {
            return new Comparison(
                    cluster,
                    new Reachability(cluster, before),
                    new Reachability(cluster, after),
                    List.of(before, after),
                    effort);
        }

        /** With the same NetworkPolicies before and after. */
        static Comparison ofOther(Snapshot cluster, PolicyView before, PolicyView after, Effort effort) {
            Reachability past = new Reachability(cluster, before);
            return new Comparison(cluster, past, Reachability.after(past, after), List.of(before, after), effort);
        }

        FlowAssessment.Tally compare(DeclaredFlow flow, Concern concern) {
            FlowAssessment.Tally tally =
                    new FlowAssessment.Tally(flow, examples < MANY_EXAMPLES ? FlowAssessment.MOST_EXAMPLES : 1);
            Counting counting = new Counting(flow, tally);
            boolean declared = !flow.contract().source().isImplied();
            Optional<AlikeFlows.Found<FlowAssessment.Tally>> alike =
                    declared && !told.wants(flow) ? alikeFlows.like(flow.flow()) : Optional.empty();
            if (alike.isPresent()) {
                counting.countLike(alike.get());
            } else {
                concern.forEachAlike(
                        flow.flow(), binding, () -> told.hasNothingOf(flow) ? classes() : Optional.empty(), counting);
                if (declared && !effort.isOver()) {
                    alikeFlows.put(flow.flow(), tally.pairs(), tally);
                }
            }
            examples += tally.examples().size();
            return tally;
        }

        private Set<PortMatch.Numbered> impliedPorts() {
            return cluster.flows().stream()
                    .filter(flow -> flow.contract().source().isImplied())
                    .flatMap(flow -> binding.numbersReached(flow.flow()))
                    .collect(Collectors.toSet());
        }

        private Optional<Classes> classes() {
            if (!lookedForClasses) {
                classes = Classes.of(cluster, views);
                lookedForClasses = true;
            }
            return classes;
        }

        /** Counts the pairs of one flow, and keeps some. */
        private final class Counting implements AlikeVisitor {
            private final DeclaredFlow flow;
            private final FlowAssessment.Tally tally;

            Counting(DeclaredFlow flow, FlowAssessment.Tally tally) {
                this.flow = flow;
                this.tally = tally;
            }

            /** The pairs are as those of another flow are; its examples are examples of this one too, and nobody tells them again. */
            void countLike(AlikeFlows.Found<FlowAssessment.Tally> alike) {
                tally.countLike(alike.found());
                for (PairAssessment example : alike.found().examples()) {
                    if (tally.wants(example.effect())) {
                        tally.addExample(example.on(alike.own(example.pair())));
                    }
                }
            }

            @Override
            public Wish visit(AlikePairs pairs) {
                if (effort.isOver()) {
                    return Wish.STOP;
                }
                if (pairs.isSingle() && told.isToldAlready(flow, pairs.one())) {
                    return Wish.GO_ON;
                }
                Effect effect = pairs.question()
                        .map(question -> known(question, pairs.one()))
                        .orElseGet(() -> effect(pairs.one()));
                tally.count(pairs, effect);
                if (pairs.isSingle()) {
                    keep(pairs.one(), effect);
                    return Wish.GO_ON;
                }
                return effect != Effect.NONE && isAnyWanted() ? Wish.SHOW_EACH : Wish.GO_ON;
            }

            private boolean isAnyWanted() {
                return told.wants(flow) || tally.wantsAny();
            }

            private void keep(Pair pair, Effect effect) {
                if (tally.wants(effect)) {
                    tally.addExample(new PairAssessment(pair, effect, before.verdict(pair), after.trace(pair)));
                }
                told.met(flow, pair, effect);
            }

            private Effect known(AlikePairs.Question question, Pair pair) {
                return effects.computeIfAbsent(flow.flow().expectation(), key -> new HashMap<>())
                        .computeIfAbsent(question, key -> effect(pair));
            }

            private Effect effect(Pair pair) {
                return Comparison.this.effect(flow.flow().expectation(), pair, before.answer(pair), after.answer(pair));
            }

            /** Where time is over, what was counted has one example all the same. */
            @Override
            public boolean show(Pair pair) {
                keep(pair, effect(pair));
                return !(effort.isOver() && tally.hasExamples()) && isAnyWanted();
            }
        }

        /**
         * Where policies of other kinds keep both verdicts undetermined, a pair that NetworkPolicies alone let through and
         * will cut is not passed over in silence (DESIGN 8.14).
         */
        private Effect effect(Expectation expectation, Pair pair, Answer was, Answer willBe) {
            Effect effect = Effect.of(expectation, was, willBe);
            boolean open = was == Answer.UNKNOWN && willBe == Answer.UNKNOWN;
            boolean wouldBreak = open
                    && Effect.of(expectation, before.byNetworkPolicies(pair), after.byNetworkPolicies(pair))
                            == Effect.NEWLY_BROKEN;
            return wouldBreak ? Effect.UNDETERMINED : effect;
        }
    }
}
