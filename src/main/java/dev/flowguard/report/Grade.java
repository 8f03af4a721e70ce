package dev.flowguard.report;

/** How grave something is for whoever asked; the names are those of SARIF. */
public enum Grade {
    /** The check fails because of it. */
    ERROR("error"),
    WARNING("warning"),
    NOTE("note");

    private final String spelling;

    Grade(String spelling) {
        this.spelling = spelling;
    }

    public String spelling() {
        return spelling;
    }
}
