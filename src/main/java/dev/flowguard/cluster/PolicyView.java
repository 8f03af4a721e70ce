package dev.flowguard.cluster;

import java.util.List;

/** Which policies are in force: those of a snapshot, or those with a change put over them. */
public interface PolicyView {
    /** The policies of that namespace, none where nothing is known of it. */
    List<CompiledPolicy> policiesIn(String namespace);
}
