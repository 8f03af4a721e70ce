package dev.flowguard.admission.declaration;

import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.ObjectRef;
import java.util.List;
import java.util.function.Function;

/** What is asked about a contract, or about an object that may carry annotations of ours. */
public record DeclarationReview(boolean dryRun, Subject subject) {
    /** What the request is about. */
    public sealed interface Subject {
        <T> T match(
                Function<Unconcerned, T> unconcerned,
                Function<Refused, T> refused,
                Function<Removed, T> removed,
                Function<Written, T> written);

        /** For the log. */
        String name();
    }

    /**
     * Nothing that declares flows.
     *
     * @param name the kind, operation or subresource
     */
    public record Unconcerned(String name) implements Subject {
        @Override
        public <T> T match(
                Function<Unconcerned, T> unconcerned,
                Function<Refused, T> refused,
                Function<Removed, T> removed,
                Function<Written, T> written) {
            return unconcerned.apply(this);
        }
    }

    /**
     * An object that the API server itself would refuse.
     *
     * @param problems each with its field path
     */
    public record Refused(String name, List<String> problems) implements Subject {
        public Refused {
            problems = List.copyOf(problems);
        }

        @Override
        public <T> T match(
                Function<Unconcerned, T> unconcerned,
                Function<Refused, T> refused,
                Function<Removed, T> removed,
                Function<Written, T> written) {
            return refused.apply(this);
        }
    }

    /** An object is deleted, and declares nothing any more. */
    public record Removed(ObjectRef object) implements Subject {
        @Override
        public <T> T match(
                Function<Unconcerned, T> unconcerned,
                Function<Refused, T> refused,
                Function<Removed, T> removed,
                Function<Written, T> written) {
            return removed.apply(this);
        }

        @Override
        public String name() {
            return object.toString();
        }
    }

    /**
     * An object is created or updated.
     *
     * @param observation what it tells, its declarations among it
     * @param finalizing whether it is already marked for deletion
     */
    public record Written(Observation observation, boolean finalizing) implements Subject {
        @Override
        public <T> T match(
                Function<Unconcerned, T> unconcerned,
                Function<Refused, T> refused,
                Function<Removed, T> removed,
                Function<Written, T> written) {
            return written.apply(this);
        }

        @Override
        public String name() {
            return observation.object().toString();
        }
    }
}
