package dev.flowguard.audit.status;

/** The port by which a status gets into the cluster. */
@FunctionalInterface
public interface StatusWriter {
    /** Writes the status, if the contract is still what was seen. Waits for the answer, for some seconds at most. */
    Answer write(SeenContract seen, ContractStatus wanted);

    /**
     * What came of it.
     *
     * @param version the object's version after it was written; else empty
     * @param problem what went wrong, as a clause; empty where nothing did
     */
    record Answer(Outcome outcome, String version, String problem) {
        public static Answer written(String version) {
            return new Answer(Outcome.WRITTEN, version, "");
        }
    }

    /** What may come of it. */
    enum Outcome {
        WRITTEN("written"),
        /** Somebody has changed the contract meanwhile. */
        CONFLICT("conflict"),
        /** There is no such contract any more. */
        GONE("gone"),
        FORBIDDEN("forbidden"),
        /** The API server does not take what we say, and will not the next time. */
        REFUSED("refused"),
        /** No answer, or one that may be another the next time. */
        FAILED("failed");

        private final String label;

        Outcome(String label) {
            this.label = label;
        }

        /** For metrics. */
        public String label() {
            return label;
        }
    }
}
