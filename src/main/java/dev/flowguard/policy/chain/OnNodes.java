package dev.flowguard.policy.chain;

/**
 * Whether a policy may be for nodes as well, and so for what runs on their network. Implemented by records, so that what has not changed
 * is equal.
 */
public interface OnNodes {
    /** It is for pods of the pod network alone. */
    OnNodes NEVER = new Never();

    /** Whether it may be for one of the nodes. */
    boolean mayBe(LabelsOfNodes nodes);

    /** See {@link #NEVER}. */
    record Never() implements OnNodes {
        @Override
        public boolean mayBe(LabelsOfNodes nodes) {
            return false;
        }
    }
}
