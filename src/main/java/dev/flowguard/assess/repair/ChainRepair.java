package dev.flowguard.assess.repair;

import dev.flowguard.contract.Flow;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.verdict.Reachability;
import dev.flowguard.verdict.pair.Pair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Repairs where policies of several kinds are asked in turn: what is to allow must stand before what decides. Decider by decider the
 * least change is sought behind which the traffic gets past it, whoever owns the policy; what then decides further on is next.
 */
final class ChainRepair {
    /** Of a flow with more pairs than this, or that so many places keep out, a person has to think. */
    private static final int MOST_PAIRS = 500;

    private static final int MOST_STEPS = 24;

    private final RepairedPolicies start;
    private final Set<PolicyRef> preferred;
    private final Flow flow;
    private final Needs needs;
    private final ChainCandidates candidates;

    ChainRepair(RepairedPolicies start, Set<PolicyRef> preferred, Flow flow) {
        this.start = start;
        this.preferred = preferred;
        this.flow = flow;
        this.needs = new Needs(start.cluster(), flow);
        this.candidates = new ChainCandidates(flow);
    }

    /** Steps behind which all of the pairs get through and nothing else does; empty where none were found. */
    Optional<List<Repair.Step>> search(List<BlockedPair> blocked) {
        List<Pair> pairs = blocked.stream().map(BlockedPair::pair).toList();
        if (pairs.size() > MOST_PAIRS) {
            return Optional.empty();
        }
        List<Repair.Step> steps = new ArrayList<>();
        RepairedPolicies now = start;
        for (Optional<Group> next = firstGroup(now, pairs); next.isPresent(); next = firstGroup(now, pairs)) {
            Optional<List<Repair.Step>> past = past(next.get(), now);
            if (past.isEmpty()
                    || steps.size() + past.get().size() > MOST_STEPS
                    || start.effort().isOverNow()) {
                return Optional.empty();
            }
            steps.addAll(past.get());
            now = now.with(past.get());
        }
        return steps.isEmpty() ? Optional.empty() : Optional.of(steps);
    }

    /** Pairs that one decider keeps out of one namespace. */
    private record Group(Decider decider, String namespace, List<BlockedPair> pairs) {}

    private record Key(Decider decider, String namespace) {}

    private static Optional<Group> firstGroup(RepairedPolicies now, List<Pair> pairs) {
        Reachability reachability = new Reachability(now.cluster(), now.view());
        Map<Key, List<BlockedPair>> groups = new LinkedHashMap<>();
        for (Pair pair : pairs) {
            if (!now.effort().isOver() && reachability.answer(pair).isNo()) {
                for (Direction direction : reachability.closedSides(pair)) {
                    Decider.of(reachability.trace(pair), direction)
                            .ifPresent(decider -> groups.computeIfAbsent(
                                            new Key(decider, namespace(pair, direction)), key -> new ArrayList<>())
                                    .add(new BlockedPair(pair, List.of(direction))));
                }
            }
        }
        return groups.entrySet().stream()
                .findFirst()
                .map(group -> new Group(group.getKey().decider(), group.getKey().namespace(), group.getValue()));
    }

    private static String namespace(Pair pair, Direction direction) {
        return (direction == Direction.INGRESS ? pair.destination() : pair.source())
                .match(pods -> pods.workload().namespace(), addresses -> "");
    }

    /** In the contract's words first, and where these would open more than it asks for, for just the workloads that are cut. */
    private Optional<List<Repair.Step>> past(Group group, RepairedPolicies now) {
        List<BiFunction<Needs, List<BlockedPair>, List<Need>>> words =
                List.of(Needs::inTheContractsWords, Needs::forJustThese);
        return words.stream()
                .flatMap(saying -> past(group, saying.apply(needs, group.pairs()), now).stream())
                .findFirst();
    }

    private Optional<List<Repair.Step>> past(Group group, List<Need> wanted, RepairedPolicies now) {
        if (wanted.size() > MOST_STEPS) {
            return Optional.empty();
        }
        List<Repair.Step> steps = new ArrayList<>();
        RepairedPolicies repaired = now;
        for (Need need : wanted) {
            RepairedPolicies before = repaired;
            Optional<Repair.Step> step = need.canBeSaid()
                    ? candidates
                            .of(group.decider(), need, before, preferred)
                            .takeWhile(candidate -> !before.effort().isOverNow())
                            .filter(candidate -> getsPast(candidate, before, group, need))
                            .filter(candidate -> isFit(candidate, before, group, need))
                            .findFirst()
                    : Optional.empty();
            if (step.isEmpty()) {
                return Optional.empty();
            }
            steps.add(step.get());
            repaired = repaired.with(List.of(step.get()));
        }
        return steps.isEmpty() ? Optional.empty() : Optional.of(steps);
    }

    private boolean isFit(Repair.Step step, RepairedPolicies now, Group group, Need need) {
        boolean isolated = step.match(
                rule -> group.decider().amongNetworkPolicies(),
                mended -> false,
                amended -> group.decider().rule().isEmpty());
        return new RepairCheck(now, flow).isFit(step, need, isolated);
    }

    /** Whether what keeps these pairs out is no longer this, and nothing opens that nobody asked for. */
    private boolean getsPast(Repair.Step step, RepairedPolicies now, Group group, Need need) {
        RepairedPolicies repaired = now.with(List.of(step));
        Reachability after = new Reachability(repaired.cluster(), repaired.view());
        return need.pairs().stream().allMatch(blocked -> isPast(blocked.pair(), group.decider(), after))
                && new RepairCheck(now, flow).opensNothingBeyond(List.of(step), repaired);
    }

    private static boolean isPast(Pair pair, Decider decider, Reachability after) {
        return !after.closedSides(pair).contains(decider.direction())
                || !Decider.of(after.trace(pair), decider.direction()).equals(Optional.of(decider));
    }
}
