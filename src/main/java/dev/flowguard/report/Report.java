package dev.flowguard.report;

import dev.flowguard.assess.repair.Repair;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.Contract;
import dev.flowguard.contract.ContractProblem;
import dev.flowguard.contract.ContractSource;
import dev.flowguard.wording.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What was found.
 *
 * @param total how many flows are declared
 * @param against what was compared or changed, for a sentence such as "compared with …"; empty for a state by itself
 * @param changed the policies that differ, as {@code update NetworkPolicy shop/orders}
 * @param flows those of which something is to be said
 */
public record Report(
        int total,
        String against,
        List<String> changed,
        List<FlowEntry> flows,
        List<FindingEntry> findings,
        List<Mistake> mistakes) {
    /** A mistake in a contract, which keeps a flow out of force. */
    public record Mistake(ContractSource contract, ContractProblem problem) {
        public static List<Mistake> in(List<Contract> contracts) {
            return contracts.stream()
                    .flatMap(contract ->
                            contract.problems().stream().map(problem -> new Mistake(contract.source(), problem)))
                    .toList();
        }
    }

    public Report {
        changed = List.copyOf(changed);
        flows = List.copyOf(flows);
        findings = List.copyOf(findings);
        mistakes = List.copyOf(mistakes);
    }

    /** What would make that flow hold; empty where nothing is known to, or nothing has to. */
    public Optional<Repair> repair(DeclaredFlow flow) {
        return flows.stream()
                .filter(entry -> entry.flow().equals(flow))
                .flatMap(entry -> entry.repair().stream())
                .findFirst();
    }

    /** How many flows are declared, those that are only implied left out. */
    static int declared(Snapshot cluster) {
        return (int) cluster.flows().stream()
                .filter(flow -> !flow.contract().source().isImplied())
                .count();
    }

    /** Whether the check fails. */
    public boolean isFailed() {
        return flows.stream().anyMatch(flow -> flow.grade() == Grade.ERROR)
                || findings.stream().anyMatch(FindingEntry::denied);
    }

    /** {@code 21 declared flows, compared with base: 1 newly broken, 20 as declared; 1 implied and newly broken}. */
    public String summary() {
        Map<FlowKind, Integer> declared = new LinkedHashMap<>();
        Map<FlowKind, Integer> implied = new LinkedHashMap<>();
        for (FlowKind kind : FlowKind.values()) {
            put(kind, count(kind, false), declared);
            put(kind, count(kind, true), implied);
        }
        int spokenOf = (int) flows.stream()
                .filter(flow -> flow.kind() != FlowKind.UNDECLARED)
                .filter(flow -> !flow.flow().contract().source().isImplied())
                .map(FlowEntry::flow)
                .distinct()
                .count();
        List<String> parts = new ArrayList<>(words(declared, " "));
        if (total > spokenOf) {
            parts.add((total - spokenOf) + " as declared");
        }
        return Names.count(total, "declared flow") + (against.isEmpty() ? "" : ", " + against) + ": "
                + (parts.isEmpty() ? "nothing to judge" : String.join(", ", parts))
                + (implied.isEmpty() ? "" : "; " + String.join(", ", words(implied, " implied and ")));
    }

    private int count(FlowKind kind, boolean implied) {
        return (int) flows.stream()
                .filter(flow ->
                        flow.kind() == kind && flow.flow().contract().source().isImplied() == implied)
                .map(FlowEntry::flow)
                .distinct()
                .count();
    }

    private static void put(FlowKind kind, int count, Map<FlowKind, Integer> counts) {
        if (count > 0) {
            counts.put(kind, count);
        }
    }

    private static List<String> words(Map<FlowKind, Integer> counts, String between) {
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + between + entry.getKey().words())
                .toList();
    }

    /** {@code update NetworkPolicy shop/orders, delete NetworkPolicy shop/dns and 2 more}. */
    public String changes() {
        return changed.stream().collect(Collectors.collectingAndThen(Collectors.toList(), Names::some));
    }
}
