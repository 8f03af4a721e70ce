package dev.flowguard.config;

/** What to do with a change that could not be judged. */
public enum WhenUnsure {
    /** Let it pass, with a warning that says so. */
    ADMIT,
    /** Reject it, so that nothing unjudged gets through. */
    DENY
}
