package dev.flowguard.assess;

import dev.flowguard.verdict.pair.Pair;
import dev.flowguard.verdict.trace.Trace;
import dev.flowguard.verdict.trace.Verdict;

/**
 * One pair of a declared flow, before and after a change.
 *
 * @param trace why the pair is as it is after the change
 */
public record PairAssessment(Pair pair, Effect effect, Verdict before, Trace trace) {
    public Verdict after() {
        return trace.verdict();
    }

    /** The same of another pair between the same ends, on a port that no policy tells apart from its own. */
    PairAssessment on(Pair alike) {
        return new PairAssessment(alike, effect, before, trace.on(alike));
    }
}
