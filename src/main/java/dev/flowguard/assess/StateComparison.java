package dev.flowguard.assess;

import dev.flowguard.binding.FlowBinding;
import dev.flowguard.binding.Unbound;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.ContractSource;
import dev.flowguard.contract.Expectation;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.policy.Answer;
import dev.flowguard.verdict.Reachability;
import dev.flowguard.verdict.pair.Pair;
import dev.flowguard.verdict.trace.Verdict;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Judges the difference between two states of a cluster, in which anything may differ: policies, pods, namespaces, Services and
 * contracts. The flows are those that the later state declares; each of their pairs is compared with what it was in the earlier
 * one, so a contract that is new is judged by what its traffic could do before.
 */
public final class StateComparison {
    private final Snapshot earlier;
    private final Snapshot later;
    private final Reachability before;
    private final Reachability after;
    private final FlowBinding bindingBefore;
    private final FlowBinding bindingAfter;
    private final Map<ContractSource, Set<Flow>> declaredBefore;
    private final ToldPairs told = new ToldPairs();

    public StateComparison(Snapshot earlier, Snapshot later) {
        this.earlier = earlier;
        this.later = later;
        this.before = new Reachability(earlier, earlier);
        this.after = new Reachability(later, later);
        this.bindingBefore = new FlowBinding(earlier, List.of(earlier));
        this.bindingAfter = new FlowBinding(later, List.of(later));
        this.declaredBefore = earlier.flows().stream()
                .collect(Collectors.groupingBy(
                        flow -> flow.contract().source(),
                        Collectors.mapping(StateComparison::named, Collectors.toSet())));
    }

    /** In the order of the contracts; where both states share what tells so, only the flows that may stand otherwise. */
    public List<FlowComparison> compare() {
        Optional<BitSet> changed = later.flowsChangedSince(earlier);
        Stream<DeclaredFlow> concerned =
                changed.isPresent() ? changed.get().stream().mapToObj(later.flows()::get) : later.flows().stream();
        return concerned.map(this::compare).toList();
    }

    /** The flows that the earlier state declares and the later one does not, by contract and name. */
    public List<DeclaredFlow> noLongerDeclared() {
        Set<String> still = later.flows().stream().map(DeclaredFlow::toString).collect(Collectors.toSet());
        return earlier.flows().stream()
                .filter(flow -> !flow.contract().source().isImplied() && !still.contains(flow.toString()))
                .toList();
    }

    private FlowComparison compare(DeclaredFlow flow) {
        List<Pair> pairsBefore = new ArrayList<>();
        bindingBefore.forEach(flow.flow(), pairsBefore::add);
        PastPairs past = new PastPairs(pairsBefore, before, !(flow.flow().to() instanceof FlowEnd.Outside));
        FlowAssessment.Tally known = new FlowAssessment.Tally(flow);
        FlowAssessment.Tally fresh = new FlowAssessment.Tally(flow);
        bindingAfter.forEach(flow.flow(), pair -> {
            past.like(pair).ifPresentOrElse(was -> add(known, flow, pair, was), () -> addFresh(fresh, flow, pair));
            return true;
        });
        FlowAssessment knownPairs = known.result();
        FlowAssessment freshPairs = fresh.result();
        boolean speaksOfNothing =
                knownPairs.counts().isEmpty() && freshPairs.counts().isEmpty();
        Optional<Unbound> lost =
                speaksOfNothing && !past.isEmpty() ? bindingAfter.unbound(flow.flow()) : Optional.empty();
        return new FlowComparison(knownPairs, freshPairs, wasDeclared(flow), lost);
    }

    /** Implied flows are numbered, which says nothing of whether it is the same. */
    private static Flow named(DeclaredFlow declared) {
        Flow flow = declared.flow();
        return declared.contract().source().isImplied()
                ? new Flow("", flow.expectation(), flow.from(), flow.to(), flow.ports())
                : flow;
    }

    private boolean wasDeclared(DeclaredFlow flow) {
        return declaredBefore.getOrDefault(flow.contract().source(), Set.of()).contains(named(flow));
    }

    private void add(FlowAssessment.Tally tally, DeclaredFlow flow, Pair pair, PastPairs.Past was) {
        if (told.isToldAlready(flow, pair)) {
            return;
        }
        Answer willBe = after.answer(pair);
        Expectation expectation = flow.flow().expectation();
        Effect effect = was.answers().stream()
                .map(answer -> Effect.of(expectation, answer, willBe))
                .min(Effect::compareTo)
                .orElse(Effect.NONE);
        add(tally, pair, effect, was.example());
        told.met(flow, pair, effect);
    }

    /** There is nothing that it was; were it as expected, it would be broken now. */
    private void addFresh(FlowAssessment.Tally tally, DeclaredFlow flow, Pair pair) {
        if (told.isToldAlready(flow, pair)) {
            return;
        }
        Expectation expectation = flow.flow().expectation();
        Answer wanted = expectation == Expectation.ALLOWED ? Answer.YES : Answer.NO;
        Effect effect = Effect.of(expectation, wanted, after.answer(pair));
        add(tally, pair, effect, Verdict.ALLOWED);
        told.met(flow, pair, effect);
    }

    private void add(FlowAssessment.Tally tally, Pair pair, Effect effect, Verdict was) {
        if (tally.wants(effect)) {
            tally.addExample(new PairAssessment(pair, effect, was, after.trace(pair)));
        }
        tally.count(pair, effect);
    }
}
