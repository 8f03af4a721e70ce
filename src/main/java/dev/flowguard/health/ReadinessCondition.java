package dev.flowguard.health;

/**
 * Something that must hold before this replica may judge changes, such as "the cluster's state has been loaded". Every bean of this
 * type is asked; it answers from memory, at once.
 */
public interface ReadinessCondition {
    /** What it is about, in a word or two: the label in health answers and in the start-up message. */
    String name();

    /** Whether it holds now. */
    State state();

    /**
     * @param holds whether the condition is met
     * @param detail what was loaded where it holds, what is missing and what would help where it does not
     */
    record State(boolean holds, String detail) {
        public static State met(String detail) {
            return new State(true, detail);
        }

        public static State unmet(String detail) {
            return new State(false, detail);
        }
    }
}
