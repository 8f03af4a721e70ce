package dev.flowguard.testing;

import dev.flowguard.assess.Assessment;
import dev.flowguard.assess.Effect;
import dev.flowguard.assess.FlowAssessment;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** What a change does to declared flows, which are named as in their contracts. */
public final class AssessmentAssert extends AbstractAssert<AssessmentAssert, Assessment> {
    AssessmentAssert(Assessment assessment) {
        super(assessment, AssessmentAssert.class);
    }

    /** Exactly these flows are newly broken. */
    public AssessmentAssert breaks(String... flows) {
        return has(Effect.NEWLY_BROKEN, flows);
    }

    public AssessmentAssert leavesBroken(String... flows) {
        return has(Effect.STILL_BROKEN, flows);
    }

    public AssessmentAssert repairs(String... flows) {
        return has(Effect.REPAIRED, flows);
    }

    public AssessmentAssert leavesOpen(String... flows) {
        return has(Effect.UNDETERMINED, flows);
    }

    /** No flow is broken, repaired or in doubt because of the change. */
    public AssessmentAssert changesNothing() {
        return breaks().leavesBroken().repairs().leavesOpen();
    }

    private AssessmentAssert has(Effect effect, String... flows) {
        List<String> names = new ArrayList<>();
        for (FlowAssessment flow : actual.flows(effect)) {
            names.add(flow.flow().flow().name());
        }
        Assertions.assertThat(names).as("flows that are %s", effect).containsExactlyInAnyOrder(flows);
        return this;
    }
}
