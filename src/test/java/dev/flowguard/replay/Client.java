package dev.flowguard.replay;

import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.ObjectRef;
import java.util.List;

/** What delivers a release. */
interface Client {
    /**
     * One attempt.
     *
     * @param release all objects, in the order of their files
     * @param superseded objects of the release before that are not in this one
     * @return whether all of it has been delivered
     */
    boolean deliver(List<Observation> release, List<ObjectRef> superseded, ReplayedCluster cluster);
}
