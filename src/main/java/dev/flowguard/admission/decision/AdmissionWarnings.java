package dev.flowguard.admission.decision;

import dev.flowguard.assess.Effect;
import dev.flowguard.assess.Finding;
import dev.flowguard.assess.FlowAssessment;
import dev.flowguard.assess.repair.NoRule;
import dev.flowguard.assess.repair.RepairSearch;
import dev.flowguard.contract.Enforcement;
import dev.flowguard.contract.Expectation;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.wording.FlowWording;
import dev.flowguard.wording.Names;
import dev.flowguard.wording.RepairWording;
import dev.flowguard.wording.SetAsideWording;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The warnings that go with a judged change, gravest first; notes on what was broken before come last (DESIGN 8.20). */
final class AdmissionWarnings {
    /** Looking for them takes time, and what was broken before is told last. */
    private static final int MOST_REPAIRS_OF_STILL_BROKEN = 2;

    private final Decision.Judged judged;
    private final Audience audience;
    private final FlowWording wording;
    private final List<String> warnings = new ArrayList<>();
    private int untold;

    AdmissionWarnings(Decision.Judged judged, Audience audience) {
        this.judged = judged;
        this.audience = audience;
        this.wording = audience.flows(judged);
        collect();
    }

    /** As many as there is room for, and some more. */
    List<String> all() {
        return warnings;
    }

    /** How many there are besides. */
    int untold() {
        return untold;
    }

    private void collect() {
        warnings.addAll(leniency());
        if (!judged.isRejection()) {
            tell(judged.grounds(), ruling -> List.of(broken(ruling)));
        }
        tell(
                judged.rulings(Effect.NEWLY_BROKEN, Enforcement.WARN),
                ruling -> isImplied(ruling) ? cut(ruling) : List.of(broken(ruling)));
        tell(told(Effect.UNDETERMINED).toList(), ruling -> List.of(undetermined(ruling.flow())));
        warnings.addAll(findings());
        warnings.addAll(Wording.remarks(judged.namespace()));
        ObjectRef changed = judged.assessment().change().object();
        if (changed.asPolicy().isEmpty()) {
            warnings.addAll(SetAsideWording.about(
                    changed, judged.assessment().aftermath().policies().ruled()));
        }
        List<FlowRuling> stillBroken = told(Effect.STILL_BROKEN).toList();
        List<FlowRuling> repaired = stillBroken.subList(0, Math.min(MOST_REPAIRS_OF_STILL_BROKEN, stillBroken.size()));
        tell(stillBroken, ruling -> {
            List<String> lines = new ArrayList<>(List.of(stillBroken(ruling.flow())));
            if (repaired.contains(ruling)) {
                lines.addAll(repairOf(ruling.flow()));
            }
            return lines;
        });
        int passedOver = judged.assessment().passedOver();
        if (passedOver > 0) {
            warnings.add("not judged, since they could only warn: " + Names.count(passedOver, "more flow")
                    + " that other namespaces declare");
        }
    }

    private void tell(List<FlowRuling> rulings, Function<FlowRuling, List<String>> lines) {
        for (FlowRuling ruling : rulings) {
            if (warnings.size() > audience.mostWarnings()) {
                untold++;
            } else {
                warnings.addAll(lines.apply(ruling));
            }
        }
    }

    /** A policy that comes before its pods would have a line for each of its selectors: what may be on its way is told in one. */
    private List<String> findings() {
        List<Finding> awaited = judged.warnedFindings().stream()
                .filter(AdmissionWarnings::isNoMoreThanAwaited)
                .toList();
        List<String> lines = new ArrayList<>();
        for (Finding finding : judged.warnedFindings()) {
            if (!isNoMoreThanAwaited(finding)) {
                lines.add(audience.finding(finding));
                lines.addAll(RepairWording.of(finding));
            } else if (finding.equals(awaited.get(0))) {
                int more = awaited.size() - 1;
                lines.add(audience.finding(finding) + (more == 0 ? "" : " (and " + more + " more like it)"));
            }
        }
        return lines;
    }

    private static boolean isNoMoreThanAwaited(Finding finding) {
        return finding.isAwaited() && finding.remedy().isEmpty();
    }

    private List<String> leniency() {
        return judged.leniency()
                .match(
                        List::of,
                        overridden -> List.of("rejection overridden: " + overridden.reason()),
                        refused -> List.of(),
                        unconfirmed ->
                                List.of("admitted, though it seems to break flows: what that rests on could not be"
                                        + " read again in time (" + unconfirmed.why() + ")"),
                        staged -> staged.admits() ? List.of(ChangeSetWording.waiting(staged.set())) : List.of(),
                        () -> judged.hasGrounds()
                                ? List.of("staged, so that nothing changes yet; enforcing it would:")
                                : List.of());
    }

    /** The flows with that effect of which the requester may hear. */
    private Stream<FlowRuling> told(Effect effect) {
        return judged.rulings().stream()
                .filter(ruling -> ruling.flow().effect() == effect && ruling.enforcement() != Enforcement.AUDIT)
                .filter(ruling -> !isImplied(ruling)
                        || isLost(ruling.flow()) && !ImpliedByFinding.says(judged.warnedFindings(), ruling.flow()));
    }

    private static boolean isImplied(FlowRuling ruling) {
        return ruling.flow().flow().contract().source().isImplied();
    }

    /** Nobody asked for an implied flow: of one that did not surely work before there is nothing to be said. */
    private static boolean isLost(FlowAssessment flow) {
        return flow.effect() == Effect.UNDETERMINED
                && flow.examples(Effect.UNDETERMINED).stream()
                        .anyMatch(example -> example.before().answer().isYes());
    }

    /** What nobody declared and is cut all the same, and what would keep it; nothing where a finding says it. */
    private List<String> cut(FlowRuling ruling) {
        FlowAssessment flow = ruling.flow();
        if (ImpliedByFinding.says(judged.warnedFindings(), flow)) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("cuts " + wording.cut(flow, Effect.NEWLY_BROKEN) + " (" + FlowWording.shortName(flow.flow()) + ")"
                + because(ruling.decidedBy()) + ": " + wording.briefly(flow, Effect.NEWLY_BROKEN));
        new RepairSearch(judged.assessment())
                .search(flow.flow())
                .ifPresentOrElse(
                        repair -> lines.addAll(RepairWording.ofKept(repair)),
                        () -> NoRule.of(
                                        flow,
                                        Effect.NEWLY_BROKEN,
                                        judged.assessment().aftermath().cluster())
                                .map(RepairWording::of)
                                .ifPresent(lines::add));
        return lines;
    }

    private String broken(FlowRuling ruling) {
        FlowAssessment flow = ruling.flow();
        boolean opens = flow.flow().flow().expectation() == Expectation.BLOCKED;
        return (opens ? "opens " : "breaks ") + wording.pairs(flow, Effect.NEWLY_BROKEN) + " ("
                + FlowWording.shortName(flow.flow()) + ")" + because(ruling.decidedBy())
                + (opens ? "" : ": " + wording.briefly(flow, Effect.NEWLY_BROKEN));
    }

    private static String because(FlowRuling.DecidedBy decidedBy) {
        return switch (decidedBy) {
            case CONTRACT, REQUESTER, GLOBAL_MODE, NAMESPACE_MODE -> "";
            case SCOPE -> "; only ClusterFlowContracts bind cluster-wide policies";
            case OWNERSHIP -> "; contract not accepted here";
            case CNI -> "; policies are not enforced here";
            case LACK -> "; not certain, since something that it needs is out of touch";
        };
    }

    private String undetermined(FlowAssessment flow) {
        return "cannot tell about " + wording.pairs(flow, Effect.UNDETERMINED) + " ("
                + FlowWording.shortName(flow.flow()) + "): " + wording.briefly(flow, Effect.UNDETERMINED);
    }

    /** Whoever repairs bit by bit is told what is missing. */
    private List<String> repairOf(FlowAssessment broken) {
        return RepairSearch.inPassing(judged.assessment())
                .search(broken.flow())
                .map(RepairWording::ofBroken)
                .orElse(List.of());
    }

    private String stillBroken(FlowAssessment flow) {
        return "note: still broken, as before: " + wording.pairs(flow, Effect.STILL_BROKEN) + " ("
                + FlowWording.shortName(flow.flow()) + ")";
    }
}
