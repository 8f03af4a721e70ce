package dev.flowguard.assess.finding.diagnosis;

import java.util.stream.Stream;

/** Looks for one kind of finding. */
public interface Diagnosis {
    FindingKind kind();

    /** Whether what it says rests on objects beside the policy, and not on the policy alone. */
    default boolean looksAround() {
        return true;
    }

    /** What there is to be said of the examined policy, in the order of its fields. */
    Stream<Remark> examine(Examination examination);
}
