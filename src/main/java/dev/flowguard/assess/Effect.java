package dev.flowguard.assess;

import dev.flowguard.contract.Expectation;
import dev.flowguard.policy.Answer;

/** What a change does to a declared flow, or to one of its pairs; from the gravest to the least (DESIGN 8.10). */
public enum Effect {
    /** It held and will not. */
    NEWLY_BROKEN,
    /** It will be undetermined and was not, or it was undetermined and will be broken. */
    UNDETERMINED,
    /** It did not hold and still will not. */
    STILL_BROKEN,
    /** It did not hold and will. */
    REPAIRED,
    /** Nothing that anybody needs to know. */
    NONE;

    public static Effect of(Expectation expectation, Answer before, Answer after) {
        Answer wanted = expectation == Expectation.ALLOWED ? Answer.YES : Answer.NO;
        boolean brokenBefore = before != wanted && before != Answer.UNKNOWN;
        boolean brokenAfter = after != wanted && after != Answer.UNKNOWN;
        if (brokenAfter) {
            return before == wanted ? NEWLY_BROKEN : brokenBefore ? STILL_BROKEN : UNDETERMINED;
        }
        if (after == Answer.UNKNOWN) {
            return before == Answer.UNKNOWN ? NONE : UNDETERMINED;
        }
        return brokenBefore ? REPAIRED : NONE;
    }
}
