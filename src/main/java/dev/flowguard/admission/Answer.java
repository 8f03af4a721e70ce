package dev.flowguard.admission;

import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponse;

/**
 * A response that could be given. Another may have been given before it, at the deadline, and then this one never was.
 *
 * @param whenGiven what follows from it being the one that is given: the books, and what else is to know of it. Done before it is on
 *     its way, so that the next request finds it done
 */
public record Answer(AdmissionResponse response, Runnable whenGiven) {
    /** The time was over before anything was sure. */
    static final Answer NONE = new Answer(new AdmissionResponse(), () -> {});

    /** The same said, and nothing done. */
    Answer withoutConsequences() {
        return new Answer(response, () -> {});
    }
}
