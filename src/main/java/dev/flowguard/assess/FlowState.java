package dev.flowguard.assess;

import java.util.Locale;

/** How a declared flow stands in a cluster as it is. */
public enum FlowState {
    /** Every pair is as the contract expects. */
    SATISFIED("Satisfied"),
    /** At least one pair is not. */
    BROKEN("Broken"),
    /** None is surely broken, and for at least one it cannot be known. */
    UNDETERMINED("Undetermined"),
    /** There is no pair to judge. */
    UNBOUND("Unbound"),
    /** The network plugin does not enforce policies, so nothing can be said to hold because of them. */
    UNENFORCED("Unenforced");

    private final String spelling;

    FlowState(String spelling) {
        this.spelling = spelling;
    }

    /** As it is written within a sentence, or as a label. */
    public String word() {
        return spelling.toLowerCase(Locale.ROOT);
    }

    /** As it is written in a contract's status. */
    public String spelling() {
        return spelling;
    }
}
