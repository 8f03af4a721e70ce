package dev.flowguard.admission.decision;

/**
 * What the override annotation of a policy says.
 *
 * @param reason in somebody's own words; blank where none is given
 * @param kept whether the policy said just that before the change: then it is of an earlier change, whoever made that, and counts no more
 */
public record StatedOverride(String reason, boolean kept) {
    /** Given with the change itself. */
    public static StatedOverride of(String reason) {
        return new StatedOverride(reason, false);
    }

    /** That of an update. A deletion says nothing itself: what counts for it is what the policy says. */
    public static StatedOverride ofUpdate(String before, String after) {
        return new StatedOverride(after, after.equals(before));
    }

    boolean isThere() {
        return !reason.isBlank();
    }
}
