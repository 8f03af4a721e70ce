package dev.flowguard.policy;

/**
 * The answer to a question that may have none: Kleene's three-valued logic. The order is NO, UNKNOWN, YES, so that "and" is the
 * smaller and "or" the larger of two.
 */
public enum Answer {
    NO,
    UNKNOWN,
    YES;

    public static Answer of(boolean yes) {
        return yes ? YES : NO;
    }

    public Answer and(Answer other) {
        return compareTo(other) <= 0 ? this : other;
    }

    public Answer or(Answer other) {
        return compareTo(other) >= 0 ? this : other;
    }

    public Answer negated() {
        return switch (this) {
            case NO -> YES;
            case UNKNOWN -> UNKNOWN;
            case YES -> NO;
        };
    }

    public boolean isYes() {
        return this == YES;
    }

    public boolean isNo() {
        return this == NO;
    }
}
