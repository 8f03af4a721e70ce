package dev.flowguard.cluster;

import java.util.List;

/** Which policies are in force: those of a snapshot, or those with a change put over them. */
public interface PolicyView {
    /** The NetworkPolicies of that namespace, none where nothing is known of it. */
    List<CompiledPolicy> policiesIn(String namespace);

    /** The policies of other kinds. */
    default RuledPolicies ruled() {
        return RuledPolicies.NONE;
    }
}
