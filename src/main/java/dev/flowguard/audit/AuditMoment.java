package dev.flowguard.audit;

import dev.flowguard.assess.StateAssessor;
import dev.flowguard.audit.status.SeenContract;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.ObjectRef;
import java.util.Map;

/**
 * What judgements rest on.
 *
 * @param contracts as they were before the snapshot was read, so that what they say is part of it
 */
record AuditMoment(Snapshot snapshot, Map<ObjectRef, SeenContract> contracts, StateAssessor assessor) {
    static AuditMoment of(Snapshot snapshot, Map<ObjectRef, SeenContract> contracts) {
        return new AuditMoment(snapshot, contracts, new StateAssessor(snapshot));
    }
}
