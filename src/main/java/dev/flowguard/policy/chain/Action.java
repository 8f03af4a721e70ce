package dev.flowguard.policy.chain;

/** What becomes of traffic that a rule matches. Inside a step DENY goes before ALLOW, and ALLOW before PASS: their order here. */
public enum Action {
    DENY("denies", "deny"),
    ALLOW("allows", "allow"),
    /** No more rules of the block are asked. */
    PASS("passes on", "pass");

    private final String does;
    private final String word;

    Action(String does, String word) {
        this.does = does;
        this.word = word;
    }

    /** {@code denies}, {@code allows} or {@code passes on}. */
    public String does() {
        return does;
    }

    /** {@code deny}, {@code allow} or {@code pass}. */
    public String word() {
        return word;
    }
}
