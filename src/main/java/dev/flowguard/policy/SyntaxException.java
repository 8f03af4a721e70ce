package dev.flowguard.policy;

/** Text that does not follow its grammar: where, what was found there, and what was expected. */
public final class SyntaxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final int offset;
    private final String explanation;

    /** @param offset of the first character that does not fit, from 0 */
    public SyntaxException(int offset, String explanation) {
        super("column " + (offset + 1) + ": " + explanation);
        this.offset = offset;
        this.explanation = explanation;
    }

    public int offset() {
        return offset;
    }

    /** What is wrong, without the place; {@link #getMessage} begins with the column, which counts from 1. */
    public String explanation() {
        return explanation;
    }

    /** The same mistake, seen in a longer text of which this one began at that offset. */
    public SyntaxException within(int start) {
        return new SyntaxException(start + offset, explanation);
    }
}
