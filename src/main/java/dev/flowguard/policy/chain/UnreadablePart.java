package dev.flowguard.policy.chain;

/**
 * A field that nobody can read, in an object that an API server has all the same.
 *
 * @param field its path
 * @param mistake what is wrong with it, as a clause
 */
public record UnreadablePart(String field, String mistake) {
    @Override
    public String toString() {
        return field + ": " + mistake;
    }
}
