package dev.flowguard.contract;

import dev.flowguard.net.Quoted;
import dev.flowguard.policy.Spelling;
import java.util.Arrays;
import java.util.List;

/** What a contract may do about a change that breaks it, from weakest to strongest. */
public enum Enforcement {
    /** Nothing is said at admission: log, audit annotation, metrics and status only. */
    AUDIT("Audit"),
    /** The change is admitted with a warning. */
    WARN("Warn"),
    /** The change is rejected. */
    DENY("Deny");

    /** Where nothing is said. */
    public static final Enforcement DEFAULT = DENY;

    /**
     * Where something is said that cannot be read. Who writes an enforcement mostly wants less than the default, and refusing
     * the changes of others on a guess is the worse of the two mistakes; a warning still tells of every broken flow.
     */
    public static final Enforcement IF_UNREADABLE = WARN;

    private static final List<String> SPELLINGS = List.of(DENY.spelling, WARN.spelling, AUDIT.spelling);

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

    /**
     * The enforcement of that spelling.
     *
     * @throws IllegalArgumentException with a sentence, if there is none
     */
    public static Enforcement parse(String text) {
        return Arrays.stream(values())
                .filter(enforcement -> enforcement.spelling.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(Quoted.of(text) + " is not an enforcement: expected "
                        + "Deny, Warn or Audit" + Spelling.hint(text, SPELLINGS)));
    }

    @Override
    public String toString() {
        return spelling;
    }
}
