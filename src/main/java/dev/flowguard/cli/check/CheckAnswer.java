package dev.flowguard.cli.check;

import java.util.List;

/** What {@code check} was asked, answered. */
interface CheckAnswer {
    /** Whether something is broken or rejected. */
    boolean isFailed();

    /** What deserves a word beside the answer; one sentence each. */
    List<String> notes();

    /** The answer without the last line's end; empty where there is nothing to say. */
    String write(CheckFormat format);
}
