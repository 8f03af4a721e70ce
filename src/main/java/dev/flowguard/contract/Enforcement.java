package dev.flowguard.contract;

/** What a contract may do about a change that breaks it, from weakest to strongest. */
public enum Enforcement {
    /** Nothing is said at admission: log, audit annotation, metrics and status only. */
    AUDIT("Audit"),
    /** The change is admitted with a warning. */
    WARN("Warn"),
    /** The change is rejected. */
    DENY("Deny");

    private final String spelling;

    Enforcement(String spelling) {
        this.spelling = spelling;
    }

    public String spelling() {
        return spelling;
    }

    public Enforcement weaker(Enforcement other) {
        return compareTo(other) <= 0 ? this : other;
    }

    /** @throws IllegalArgumentException with a sentence, if the text is none of the spellings */
    public static Enforcement parse(String text) {
        for (Enforcement enforcement : values()) {
            if (enforcement.spelling.equals(text)) {
                return enforcement;
            }
        }
        throw new IllegalArgumentException("\"" + text + "\" is not one of Deny, Warn, Audit");
    }

    @Override
    public String toString() {
        return spelling;
    }
}
