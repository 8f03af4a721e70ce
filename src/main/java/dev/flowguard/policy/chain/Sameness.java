package dev.flowguard.policy.chain;

import dev.flowguard.policy.Answer;

/** Which pods a plugin takes for one where it looks up ports by name: those of one namespace and service account whose labels agree. */
public interface Sameness {
    /** It asks each pod for its own ports. */
    Sameness EACH_POD_FOR_ITSELF = new Sameness() {
        @Override
        public boolean isShared() {
            return false;
        }

        @Override
        public Answer counts(String labelKey) {
            return Answer.YES;
        }
    };

    /** Whether pods may have the ports of others at all. */
    boolean isShared();

    /** Whether pods are told apart by the label of that key. */
    Answer counts(String labelKey);
}
