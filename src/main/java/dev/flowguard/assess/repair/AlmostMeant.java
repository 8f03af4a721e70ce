package dev.flowguard.assess.repair;

import dev.flowguard.assess.Aftermath;
import dev.flowguard.assess.Effect;
import dev.flowguard.assess.FlowAssessment;
import dev.flowguard.assess.PairAssessment;
import dev.flowguard.verdict.trace.NearMiss;
import dev.flowguard.verdict.trace.NearMissSearch;
import java.util.List;

/** Rules of policies of other kinds than NetworkPolicy that only just miss a flow; of NetworkPolicies findings say it. */
public final class AlmostMeant {
    private static final int MOST = 2;

    private AlmostMeant() {}

    /** @param aftermath of the change that cuts the flow */
    public static List<NearMiss> of(FlowAssessment flow, Aftermath aftermath) {
        if (aftermath.policies().ruled().all().isEmpty()) {
            return List.of();
        }
        NearMissSearch search = new NearMissSearch(aftermath.cluster(), aftermath.policies());
        return flow.examples(Effect.NEWLY_BROKEN).stream()
                .map(PairAssessment::trace)
                .flatMap(trace -> trace.sides().stream()
                        .filter(side -> side.answer().isNo())
                        .flatMap(side -> search.search(trace.pair(), side).stream()))
                .filter(miss -> !miss.place().isEmpty())
                .distinct()
                .limit(MOST)
                .toList();
    }
}
