package dev.flowguard.binding;

/**
 * Why a declared flow has no pair to judge. Such a flow is reported and never a reason to reject.
 *
 * @param subject what it is about: a Service, a port, a selector in kubectl's syntax; empty where the reason says all
 */
public record Unbound(Reason reason, End end, String subject) {
    /** Which end of the flow it is about. */
    public enum End {
        FROM,
        TO
    }

    /** What is missing. */
    public enum Reason {
        /** No pod and no template matches. */
        NO_WORKLOAD,
        /** Only hostNetwork pods match, which policies do not select. */
        ONLY_HOST_NETWORK,
        NO_SUCH_SERVICE,
        /** The Service is of type ExternalName: another name for something that is somewhere else. */
        SERVICE_IS_ALIAS,
        /** The Service exists and no pod stands behind it. */
        NO_PODS_BEHIND_SERVICE,
        NO_SUCH_SERVICE_PORT,
        /** No matching destination declares the named port. */
        NO_SUCH_NAMED_PORT,
        /** The well-known destination was not found in this cluster. */
        NOT_DISCOVERED,
        /** The ends have no address family in common. */
        NO_COMMON_FAMILY,
        /** Every address of the block belongs to a pod, a Service or a node. */
        NOTHING_OUTSIDE,
        /** The only pair is one pod with itself. */
        ONLY_ITSELF
    }
}
