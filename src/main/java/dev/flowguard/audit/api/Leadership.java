package dev.flowguard.audit.api;

/** Whether this replica is the one that writes. Never waits. */
@FunctionalInterface
public interface Leadership {
    /** Of a replica that does not write. */
    Leadership NEVER = () -> false;

    boolean isLeader();
}
