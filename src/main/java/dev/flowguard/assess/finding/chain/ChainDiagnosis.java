package dev.flowguard.assess.finding.chain;

import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.Remark;
import java.util.stream.Stream;

/** Looks for one kind of finding in policies of other kinds than NetworkPolicy. */
interface ChainDiagnosis {
    FindingKind kind();

    /** What there is to be said of that policy, in the order of its fields. */
    Stream<Remark> examine(ExaminedPolicy policy);
}
