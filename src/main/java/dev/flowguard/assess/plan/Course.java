package dev.flowguard.assess.plan;

import dev.flowguard.assess.Effect;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.contract.Expectation;
import dev.flowguard.policy.Answer;
import dev.flowguard.verdict.pair.Pair;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** A pair of a declared flow on its way through several changes: only those that concern it can change its answer. */
final class Course {
    private final DeclaredFlow flow;
    private final Pair pair;
    private final Answer wanted;
    private final BitSet concerning = new BitSet();
    private final Map<BitSet, Answer> answers = new HashMap<>();

    Course(DeclaredFlow flow, Pair pair) {
        this.flow = flow;
        this.pair = pair;
        this.wanted = flow.flow().expectation() == Expectation.ALLOWED ? Answer.YES : Answer.NO;
    }

    DeclaredFlow flow() {
        return flow;
    }

    Pair pair() {
        return pair;
    }

    void concernedBy(int change) {
        concerning.set(change);
    }

    /** Those of the changes that concern the pair. */
    BitSet concerning(BitSet changes) {
        BitSet both = (BitSet) concerning.clone();
        both.and(changes);
        return both;
    }

    Answer answer(BitSet made, WayPoints points) {
        return answers.computeIfAbsent(concerning(made), some -> points.at(some).answer(pair));
    }

    /** What making one more change does to the pair, compared with the state before it and with the very first. */
    Effect effect(BitSet made, int next, WayPoints points) {
        BitSet then = (BitSet) made.clone();
        then.set(next);
        Answer after = answer(then, points);
        Answer before = answer(made, points);
        Answer first = answer(new BitSet(), points);
        Effect sinceBefore = Effect.of(flow.flow().expectation(), before, after);
        Effect sinceFirst = Effect.of(flow.flow().expectation(), first, after);
        return before != after && first == wanted && sinceFirst.compareTo(sinceBefore) < 0 ? sinceFirst : sinceBefore;
    }
}
