package dev.flowguard.assess;

import dev.flowguard.net.Quoted;

/** What a finding may do, from weakest to strongest. */
public enum FindingLevel {
    /** It is not looked for. */
    OFF("Off"),
    /** The change is admitted with a warning. */
    WARN("Warn"),
    /** The change is rejected. */
    DENY("Deny");

    private final String spelling;

    FindingLevel(String spelling) {
        this.spelling = spelling;
    }

    public String spelling() {
        return spelling;
    }

    public FindingLevel weaker(FindingLevel other) {
        return compareTo(other) <= 0 ? this : other;
    }

    /**
     * Reads one of the spellings.
     *
     * @throws IllegalArgumentException with a sentence, if the text is none of them
     */
    public static FindingLevel parse(String text) {
        for (FindingLevel level : values()) {
            if (level.spelling.equals(text)) {
                return level;
            }
        }
        throw new IllegalArgumentException(Quoted.of(text) + " is not one of Off, Warn, Deny");
    }

    @Override
    public String toString() {
        return spelling;
    }
}
