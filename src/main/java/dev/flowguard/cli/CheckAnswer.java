package dev.flowguard.cli;

/** What {@code check} was asked, answered. */
interface CheckAnswer {
    /** Whether something is broken or rejected. */
    boolean isFailed();

    /** The answer without the last line's end; empty where there is nothing to say. */
    String write(CheckFormat format);
}
