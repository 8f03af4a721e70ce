package dev.flowguard.verdict.reach;

import dev.flowguard.policy.Answer;
import dev.flowguard.verdict.pair.Roster;
import java.util.BitSet;

/** Who the peers of a rule are: an answer for each workload of a {@link Roster}. Not changed once it is complete. */
final class PeerReach {
    private final BitSet sure = new BitSet();
    private final BitSet possible = new BitSet();

    static PeerReach everybody(int workloads, Answer answer) {
        PeerReach reach = new PeerReach();
        for (int number = 0; number < workloads; number++) {
            reach.add(number, answer);
        }
        return reach;
    }

    void add(int workload, Answer answer) {
        sure.set(workload, sure.get(workload) || answer.isYes());
        possible.set(workload, possible.get(workload) || !answer.isNo());
    }

    void add(PeerReach other) {
        sure.or(other.sure);
        possible.or(other.possible);
    }

    Answer answer(int workload) {
        return sure.get(workload) ? Answer.YES : possible.get(workload) ? Answer.UNKNOWN : Answer.NO;
    }

    boolean mayBe(int workload) {
        return possible.get(workload);
    }

    BitSet possible() {
        return possible;
    }
}
