package dev.flowguard.report;

import dev.flowguard.admission.decision.FlowRuling;
import dev.flowguard.assess.Effect;
import dev.flowguard.assess.FlowAssessment;
import dev.flowguard.assess.repair.RepairSearch;
import dev.flowguard.contract.Enforcement;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.wording.FlowWording;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns what was assessed of a flow into what a report says of it. */
final class FlowEntries {
    private final FlowWording wording;
    private final RepairSearch repairs;
    private final Set<ObjectRef> changed;

    /** @param changed policies that are told before others */
    FlowEntries(RepairSearch repairs, Set<ObjectRef> changed) {
        this.wording = FlowWording.inFull(
                changed.stream().flatMap(object -> object.asPolicy().stream()).collect(Collectors.toSet()));
        this.repairs = repairs;
        this.changed = changed;
    }

    /** Pairs with that effect, if there are any. */
    Stream<FlowEntry> entry(FlowAssessment flow, Effect effect, FlowKind kind, Grade grade, String because) {
        if (flow.count(effect) == 0) {
            return Stream.empty();
        }
        boolean broken = effect == Effect.NEWLY_BROKEN || effect == Effect.STILL_BROKEN;
        return Stream.of(new FlowEntry(
                flow.flow(),
                kind,
                grade,
                because,
                effect == Effect.REPAIRED
                        ? List.of(new FlowEntry.Group(wording.pairs(flow, effect), List.of()))
                        : wording.groups(flow, effect).stream()
                                .map(group -> new FlowEntry.Group(group.pairs(), group.reasons()))
                                .toList(),
                broken ? blame(flow, effect) : List.of(),
                List.of(),
                broken ? repairs.search(flow.flow()) : Optional.empty()));
    }

    static boolean isImplied(FlowAssessment flow) {
        return flow.flow().contract().source().isImplied();
    }

    /** How grave it is that a flow is newly broken, where that is not a reason to reject. */
    static Grade gradeOf(FlowRuling ruling) {
        return ruling.enforcement() == Enforcement.AUDIT ? Grade.NOTE : Grade.WARNING;
    }

    /** Why a newly broken flow does not reject; empty where it does. */
    static String because(FlowRuling ruling, boolean overridden) {
        if (overridden) {
            return "overridden by annotation";
        }
        if (ruling.enforcement() == Enforcement.DENY) {
            return "";
        }
        String level = ruling.enforcement().spelling().toLowerCase(Locale.ROOT);
        return switch (ruling.decidedBy()) {
            case CONTRACT -> isImplied(ruling.flow()) ? "it is implied" : "the contract says " + level;
            case SCOPE -> "only ClusterFlowContracts bind cluster-wide policies";
            case OWNERSHIP -> "the contract is not accepted in the policy's namespace";
            case NAMESPACE_MODE -> "the mode of the policy's namespace is " + level;
            case REQUESTER -> "the requester is only warned";
            case GLOBAL_MODE -> "the mode is " + level;
            case CNI -> "policies are not enforced here";
            case LACK -> "something that it needs is out of touch";
        };
    }

    private List<Blame> blame(FlowAssessment flow, Effect effect) {
        return flow.examples(effect).stream()
                .limit(1)
                .flatMap(example -> Blame.of(example.trace(), changed).stream())
                .toList();
    }
}
