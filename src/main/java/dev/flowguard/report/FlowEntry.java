package dev.flowguard.report;

import dev.flowguard.assess.repair.Repair;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.contract.ObjectRef;
import java.util.List;
import java.util.Optional;

/**
 * One declared flow in a report.
 *
 * @param because who decided that it does not make the check fail, though it is newly broken; empty otherwise
 * @param groups what is wrong, for pairs that are alike together; empty where the kind says all
 * @param blame where in the policies the reason stands, the most telling place first
 * @param change the policy whose change was judged; empty where it was not a single one
 * @param repair what would make the flow hold; empty where nothing is known to
 */
public record FlowEntry(
        DeclaredFlow flow,
        FlowKind kind,
        Grade grade,
        String because,
        List<Group> groups,
        List<Blame> blame,
        List<ObjectRef> change,
        Optional<Repair> repair) {
    /**
     * Pairs that one sentence speaks of.
     *
     * @param pairs {@code shop/checkout -> shop/orders:8080/TCP}; empty where it is about the flow as a whole
     * @param reasons a sentence each
     */
    public record Group(String pairs, List<String> reasons) {
        public Group {
            reasons = List.copyOf(reasons);
        }
    }

    public FlowEntry {
        groups = List.copyOf(groups);
        blame = List.copyOf(blame);
        change = List.copyOf(change);
    }

    /** As it was judged when that policy changed. */
    FlowEntry changedBy(ObjectRef policy) {
        return new FlowEntry(flow, kind, grade, because, groups, blame, List.of(policy), repair);
    }

    static FlowEntry plain(DeclaredFlow flow, FlowKind kind, Grade grade, String reason) {
        return new FlowEntry(
                flow,
                kind,
                grade,
                "",
                reason.isEmpty() ? List.of() : List.of(new Group("", List.of(reason))),
                List.of(),
                List.of(),
                Optional.empty());
    }

    /** Whether anybody has to do something about it. */
    public boolean isAmiss() {
        return kind != FlowKind.REPAIRED;
    }
}
