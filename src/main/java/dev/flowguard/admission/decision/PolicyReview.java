package dev.flowguard.admission.decision;

import dev.flowguard.assess.Change;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.contract.ObjectRef;
import java.util.List;
import java.util.function.Function;

/** What is asked: a review of one request to the API server. */
public record PolicyReview(String uid, Requester requester, boolean dryRun, Subject subject) {
    /** What the request is about. */
    public sealed interface Subject {
        <T> T match(Function<Unconcerned, T> unconcerned, Function<Refused, T> refused, Function<Changed, T> changed);
    }

    /**
     * Nothing that Flowguard judges.
     *
     * @param what for the log: the kind, operation or subresource
     */
    public record Unconcerned(String what) implements Subject {
        @Override
        public <T> T match(
                Function<Unconcerned, T> unconcerned, Function<Refused, T> refused, Function<Changed, T> changed) {
            return unconcerned.apply(this);
        }
    }

    /**
     * A policy that the API server itself would refuse.
     *
     * @param problems each with its field path
     */
    public record Refused(ObjectRef object, List<String> problems) implements Subject {
        public Refused {
            problems = List.copyOf(problems);
        }

        @Override
        public <T> T match(
                Function<Unconcerned, T> unconcerned, Function<Refused, T> refused, Function<Changed, T> changed) {
            return refused.apply(this);
        }
    }

    /**
     * A change of a policy.
     *
     * @param sameSpec whether an update leaves the spec as it is
     * @param finalizing whether the policy is already marked for deletion
     * @param override what its override annotation says
     * @param staged of what set of changes the policy says that it is part; empty where it does not, or is deleted
     */
    public record Changed(
            Change change, boolean sameSpec, boolean finalizing, StatedOverride override, List<Fact.Staged> staged)
            implements Subject {
        public Changed {
            staged = List.copyOf(staged);
        }

        /** Of a policy that stands for itself; what its override annotation says is said with this change. */
        public Changed(Change change, boolean sameSpec, boolean finalizing, String overrideReason) {
            this(change, sameSpec, finalizing, StatedOverride.of(overrideReason), List.of());
        }

        @Override
        public <T> T match(
                Function<Unconcerned, T> unconcerned, Function<Refused, T> refused, Function<Changed, T> changed) {
            return changed.apply(this);
        }
    }
}
