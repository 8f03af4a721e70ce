package dev.flowguard.assess;

/** How grave a finding is, from least to most; the names are those of SARIF. */
public enum Severity {
    /** Worth knowing: something is pointless, or only not there yet. */
    NOTE("note"),
    /** Probably not what was meant. */
    WARNING("warning"),
    /** Surely not what was meant, or it cuts what pods cannot do without. */
    ERROR("error");

    private final String spelling;

    Severity(String spelling) {
        this.spelling = spelling;
    }

    public String spelling() {
        return spelling;
    }
}
