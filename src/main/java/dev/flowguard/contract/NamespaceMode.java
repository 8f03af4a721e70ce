package dev.flowguard.contract;

/** Whether the mode label of a Namespace may weaken a contract that speaks for the whole cluster. */
public enum NamespaceMode {
    /** It may, as it weakens every other contract. */
    HONOUR("Honour"),
    /** It may not: whoever may label a Namespace has no say about it. */
    IGNORE("Ignore");

    /** Where nothing is said, and where something is said that cannot be read: refusing on a guess is the worse of the two mistakes. */
    public static final NamespaceMode DEFAULT = HONOUR;

    private final String spelling;

    NamespaceMode(String spelling) {
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
