package dev.flowguard.audit;

import dev.flowguard.cluster.Snapshot;
import java.util.Map;

/** Audits at one go. */
final class Audits {
    private Audits() {}

    static Audit of(Snapshot snapshot) {
        return of(snapshot, Long.MAX_VALUE);
    }

    /** @param mostPairs of one contract */
    static Audit of(Snapshot snapshot, long mostPairs) {
        AuditTurns turns = new AuditTurns(mostPairs);
        turns.take(AuditMoment.of(snapshot, Map.of()));
        while (!turns.isDone()) {
            turns.goOn(Long.MAX_VALUE);
        }
        return turns.audit().orElseThrow();
    }
}
