package dev.flowguard.contract;

/** Whether a declared flow must be possible for every pair of its ends, or impossible for each of them. */
public enum Expectation {
    ALLOWED("Allowed"),
    BLOCKED("Blocked");

    private final String spelling;

    Expectation(String spelling) {
        this.spelling = spelling;
    }

    public String spelling() {
        return spelling;
    }

    @Override
    public String toString() {
        return spelling;
    }
}
