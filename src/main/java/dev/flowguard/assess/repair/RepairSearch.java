package dev.flowguard.assess.repair;

import dev.flowguard.assess.Assessment;
import dev.flowguard.assess.Concern;
import dev.flowguard.binding.FlowBinding;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.Expectation;
import dev.flowguard.contract.Flow;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.verdict.Reachability;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Looks for the smallest rules that make a broken flow work. What is told was judged by the engine before: every pair of the flow
 * that was blocked is then allowed, and nothing is open that was not, but for what the contract asks for.
 *
 * <p>Two ways are tried: first rules in the contract's own words, one for each side of a namespace, and where these would open
 * more than the contract asks for, rules for just the workloads and ports that are cut.
 */
public final class RepairSearch {
    /** An answer has a deadline, and a flow of more pairs than this is not looked through for a suggestion. */
    private static final int MOST_PAIRS = 100_000;

    /** For what is told in passing. */
    private static final int MOST_PAIRS_IN_PASSING = 1_000;

    private final RepairedPolicies policies;
    private final Set<PolicyRef> preferred;
    private final Concern concern;
    private final int mostPairs;

    /** For what a change can have broken. What is broken elsewhere, and was before, is not for whoever makes the change to repair. */
    public RepairSearch(Assessment assessment) {
        this(assessment, MOST_PAIRS);
    }

    private RepairSearch(Assessment assessment, int mostPairs) {
        this(
                RepairedPolicies.none(
                        assessment.aftermath().cluster(),
                        assessment.aftermath().policies(),
                        assessment.aftermath().effort()),
                Set.of(assessment.change().policy()),
                assessment.concern(),
                mostPairs);
    }

    /** As for a change, for flows that are not broken by it: only where they have few pairs. */
    public static RepairSearch inPassing(Assessment assessment) {
        return new RepairSearch(assessment, MOST_PAIRS_IN_PASSING);
    }

    /**
     * @param policies those in force
     * @param preferred policies that take a rule before others do, such as those that are being changed anyway
     */
    public RepairSearch(Snapshot cluster, PolicyView policies, Set<PolicyRef> preferred) {
        this(RepairedPolicies.none(cluster, policies), preferred, Concern.EVERYTHING);
    }

    /** Where some steps of repairs have been made. */
    RepairSearch(RepairedPolicies policies, Set<PolicyRef> preferred, Concern concern) {
        this(policies, preferred, concern, MOST_PAIRS);
    }

    private RepairSearch(RepairedPolicies policies, Set<PolicyRef> preferred, Concern concern, int mostPairs) {
        this.mostPairs = mostPairs;
        this.policies = policies;
        this.preferred = Set.copyOf(preferred);
        this.concern = concern;
    }

    /** Empty where nothing is surely blocked, where nothing helps, as with a flow that must stay blocked, and where there is no time left. */
    public Optional<Repair> search(DeclaredFlow flow) {
        if (flow.flow().expectation() == Expectation.BLOCKED
                || policies.effort().isOverNow()) {
            return Optional.empty();
        }
        Optional<List<BlockedPair>> found = blocked(flow);
        if (found.isEmpty() || found.get().isEmpty()) {
            return Optional.empty();
        }
        List<BlockedPair> blocked = found.get();
        return throughChains(flow.flow(), blocked)
                .or(() -> byNetworkPolicies(flow.flow(), blocked))
                .map(Repair::new);
    }

    /** Where other kinds of policies are, what is to help has to stand before what decides. */
    private Optional<List<Repair.Step>> throughChains(Flow flow, List<BlockedPair> blocked) {
        return policies.view().ruled().all().isEmpty()
                ? Optional.empty()
                : new ChainRepair(policies, preferred, flow)
                        .search(blocked)
                        .filter(steps -> new RepairCheck(policies, flow).letsThrough(steps, blocked));
    }

    private Optional<List<Repair.Step>> byNetworkPolicies(Flow flow, List<BlockedPair> blocked) {
        RepairCheck check = new RepairCheck(policies, flow);
        Needs needs = new Needs(policies.cluster(), flow);
        return Stream.<Supplier<List<Need>>>of(
                        () -> needs.inTheContractsWords(blocked), () -> needs.forJustThese(blocked))
                .takeWhile(saying -> !policies.effort().isOverNow())
                .flatMap(saying -> ways(flow, saying.get()))
                .filter(steps -> check.holds(steps, blocked))
                .findFirst();
    }

    /** Where a policy would have to be made, what is nearly right is mended in its place. */
    private Stream<List<Repair.Step>> ways(Flow flow, List<Need> needs) {
        List<Repair.Step> rules = rules(flow, needs);
        if (rules.stream().allMatch(Repair.Step::exists)) {
            return Stream.of(rules);
        }
        Mending mending = new Mending(policies);
        List<Repair.Step> mended = new ArrayList<>(rules);
        for (int i = 0; i < needs.size(); i++) {
            Need need = needs.get(i);
            int place = i;
            if (!rules.get(i).exists() && need.canBeSaid()) {
                mending.of(need).findFirst().ifPresent(step -> mended.set(place, step));
            }
        }
        return mended.equals(rules) ? Stream.of(rules) : Stream.of(mended, rules);
    }

    private List<Repair.Step> rules(Flow flow, List<Need> needs) {
        RepairCandidates candidates = new RepairCandidates(policies.cluster(), policies.view(), preferred, flow);
        return needs.stream().<Repair.Step>map(candidates::step).toList();
    }

    /** What is blocked; empty where there is too much to look at. */
    private Optional<List<BlockedPair>> blocked(DeclaredFlow flow) {
        FlowBinding binding = new FlowBinding(policies.cluster(), List.of(policies.view()));
        if (concern.isMoreThan(mostPairs, flow.flow(), binding)) {
            return Optional.empty();
        }
        Reachability reachability = new Reachability(policies.cluster(), policies.view());
        List<BlockedPair> blocked = new ArrayList<>();
        int[] pairs = {0};
        boolean all = concern.forEach(flow.flow(), binding, pair -> {
            blocked.addAll(BlockedPair.of(pair, reachability));
            return ++pairs[0] <= mostPairs && !policies.effort().isOver();
        });
        return all ? Optional.of(blocked) : Optional.empty();
    }
}
