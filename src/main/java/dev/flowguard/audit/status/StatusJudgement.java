package dev.flowguard.audit.status;

import dev.flowguard.assess.FlowStanding;
import dev.flowguard.assess.FlowState;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.Contract;
import dev.flowguard.contract.ContractProblem;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.verdict.trace.Verdict;
import dev.flowguard.wording.Ellipsis;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the status of a contract ought to be. It depends on how its flows stand and on what the status said before, which keeps its
 * times: so it is the same for every replica, after every restart, and as long as nothing changes.
 *
 * <p>Conditions as kstatus reads them: {@code Ready} is False while a flow is broken or cannot be read, and then {@code Stalled} is True,
 * since waiting will not help. There is no {@code Reconciling}: what has not been judged yet shows by {@code observedGeneration}.
 */
public final class StatusJudgement {
    /** What the schema takes. */
    private static final int MOST_FLOWS = 100;

    private static final int MOST_BLOCKERS = 10;
    private static final int MOST_PROBLEMS = 20;
    private static final int LONGEST_MESSAGE = 2_048;
    private static final int LONGEST_PLACE = 512;
    private static final int LONGEST_PROBLEM = 1_024;

    private final StatusWording wording;

    /** @param cluster of which the standings are */
    public StatusJudgement(Snapshot cluster) {
        this.wording = new StatusWording(cluster);
    }

    /**
     * @param standings those of the contract's flows
     * @param seen the contract as an object, with the status it has
     */
    public ContractStatus judge(Contract contract, List<FlowStanding> standings, SeenContract seen, Instant now) {
        Instant second = now.truncatedTo(ChronoUnit.SECONDS);
        Map<String, FlowStatus> flows = new LinkedHashMap<>();
        standings.stream()
                .limit(MOST_FLOWS)
                .map(standing -> flow(standing, contract, seen.status(), second))
                .forEach(flow -> flows.putIfAbsent(flow.name(), flow));
        StatusSummary summary = StatusSummary.of(
                Math.max(seen.declared(), flows.size()), flows.values().stream().map(FlowStatus::state));
        List<FlowStatus> inOrder = List.copyOf(flows.values());
        return new ContractStatus(
                seen.generation(),
                conditions(
                        summary, inOrder, contract, standings.stream().anyMatch(FlowStanding::partial), seen, second),
                summary,
                inOrder,
                contract.problems().stream()
                        .limit(MOST_PROBLEMS)
                        .map(problem -> new ContractProblem(
                                Ellipsis.shorten(problem.place(), LONGEST_PLACE),
                                Ellipsis.shorten(problem.message(), LONGEST_PROBLEM)))
                        .toList(),
                contract.problems().size());
    }

    private FlowStatus flow(FlowStanding standing, Contract contract, ContractStatus before, Instant now) {
        Instant since = before.flow(standing.flow().flow().name())
                .filter(flow -> flow.state() == standing.state())
                .map(FlowStatus::since)
                .orElse(now);
        return flow(standing, since, wording, contract.source().homeNamespace());
    }

    /** @param namespace of those who will read it */
    public static FlowStatus flow(FlowStanding standing, Instant since, StatusWording wording, String namespace) {
        List<FlowStatus.Blocker> blockers = blockers(standing);
        return new FlowStatus(
                standing.flow().flow().name(),
                standing.state(),
                since,
                standing.pairs(),
                standing.amiss(),
                blockers.stream().limit(MOST_BLOCKERS).toList(),
                blockers.size(),
                Ellipsis.shorten(wording.of(standing, namespace), LONGEST_MESSAGE));
    }

    /** Those of the example pairs, so that a flow of many thousand pairs costs no more than one of twenty. */
    private static List<FlowStatus.Blocker> blockers(FlowStanding standing) {
        if (standing.state() != FlowState.BROKEN) {
            return List.of();
        }
        return standing.examples().stream()
                .flatMap(example -> example
                        .verdict()
                        .<List<FlowStatus.Blocker>>match(
                                List::of,
                                blocked -> blocked.sides().stream()
                                        .flatMap(StatusJudgement::blockers)
                                        .toList(),
                                undetermined -> List.of())
                        .stream())
                .distinct()
                .toList();
    }

    /** What denies before what isolates: it is nearer to the cause. */
    private static Stream<FlowStatus.Blocker> blockers(Verdict.Blocked.Side side) {
        return Stream.concat(
                side.deniedBy().stream()
                        .map(denial -> new FlowStatus.Blocker(denial.policy(), denial.rule(), side.direction())),
                side.isolatedBy().stream()
                        .map(policy -> new FlowStatus.Blocker(ObjectRef.of(policy), "", side.direction())));
    }

    private List<StatusCondition> conditions(
            StatusSummary summary,
            List<FlowStatus> flows,
            Contract contract,
            boolean tooLarge,
            SeenContract seen,
            Instant now) {
        boolean broken = summary.of(FlowState.BROKEN) > 0;
        boolean mistaken = !contract.problems().isEmpty();
        boolean ready = !broken && !mistaken;
        String reason = broken ? "FlowsBroken" : mistaken ? "InvalidFlows" : tooLarge ? "TooLarge" : reason(summary);
        String message = wording.of(summary, flows, contract.problems(), tooLarge);
        return List.of(
                condition(StatusCondition.READY, ready, reason, message, seen, now),
                condition(
                        StatusCondition.STALLED,
                        !ready,
                        ready ? "NothingBroken" : reason,
                        ready ? "No flow is known to be broken" : message,
                        seen,
                        now));
    }

    private static String reason(StatusSummary summary) {
        if (summary.of(FlowState.UNENFORCED) > 0) {
            return "NotEnforced";
        }
        if (summary.of(FlowState.UNDETERMINED) > 0) {
            return "SomeUndetermined";
        }
        return summary.of(FlowState.UNBOUND) > 0 ? "SomeUnbound" : "AllSatisfied";
    }

    private static StatusCondition condition(
            String type, boolean holds, String reason, String message, SeenContract seen, Instant now) {
        String status = holds ? StatusCondition.TRUE : StatusCondition.FALSE;
        Instant since = seen.status()
                .condition(type)
                .filter(before -> before.status().equals(status))
                .map(StatusCondition::since)
                .orElse(now);
        return new StatusCondition(type, status, seen.generation(), since, reason, message);
    }
}
