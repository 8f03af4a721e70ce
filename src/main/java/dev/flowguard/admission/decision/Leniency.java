package dev.flowguard.admission.decision;

import java.util.function.Function;
import java.util.function.Supplier;

/** Whether a change that has grounds for rejection is admitted all the same. */
public sealed interface Leniency {
    Leniency NONE = new None();

    <T> T match(
            Supplier<T> none,
            Function<Overridden, T> overridden,
            Function<OverrideRefused, T> overrideRefused,
            Function<Unconfirmed, T> unconfirmed,
            Function<Staged, T> staged,
            Supplier<T> rehearsed);

    default boolean admits() {
        return match(
                () -> false, overridden -> true, refused -> false, unconfirmed -> true, Staged::admits, () -> true);
    }

    /** It is rejected. */
    record None() implements Leniency {
        @Override
        public <T> T match(
                Supplier<T> none,
                Function<Overridden, T> overridden,
                Function<OverrideRefused, T> overrideRefused,
                Function<Unconfirmed, T> unconfirmed,
                Function<Staged, T> staged,
                Supplier<T> rehearsed) {
            return none.get();
        }
    }

    /** The requester overrides it and may. */
    record Overridden(String reason) implements Leniency {
        @Override
        public <T> T match(
                Supplier<T> none,
                Function<Overridden, T> overridden,
                Function<OverrideRefused, T> overrideRefused,
                Function<Unconfirmed, T> unconfirmed,
                Function<Staged, T> staged,
                Supplier<T> rehearsed) {
            return overridden.apply(this);
        }
    }

    /** The requester asks to override it and may not, so it is rejected. */
    record OverrideRefused(String user, String namespace, Why why) implements Leniency {
        /** Why not. */
        public enum Why {
            /** The requester lacks the permission. */
            NOT_PERMITTED,
            /** The permission could not be asked for. */
            NOT_KNOWN,
            /** The annotation was there before the change. */
            KEPT
        }

        @Override
        public <T> T match(
                Supplier<T> none,
                Function<Overridden, T> overridden,
                Function<OverrideRefused, T> overrideRefused,
                Function<Unconfirmed, T> unconfirmed,
                Function<Staged, T> staged,
                Supplier<T> rehearsed) {
            return overrideRefused.apply(this);
        }
    }

    /** The state at its source could not be asked in time, and nothing is rejected on stale knowledge. */
    record Unconfirmed(String why) implements Leniency {
        @Override
        public <T> T match(
                Supplier<T> none,
                Function<Overridden, T> overridden,
                Function<OverrideRefused, T> overrideRefused,
                Function<Unconfirmed, T> unconfirmed,
                Function<Staged, T> staged,
                Supplier<T> rehearsed) {
            return unconfirmed.apply(this);
        }
    }

    /**
     * The change is part of a set.
     *
     * @param standing what follows from that
     */
    record Staged(ChangeSet set, Standing standing) implements Leniency {
        /** How it stands with the set. */
        public enum Standing {
            /** It is not complete, and this member is one that may come before the others. */
            WAITING,
            /** It has been incomplete for too long. */
            OVER,
            /** The requester lacks the permission, or whether he has it could not be asked. */
            NOT_PERMITTED,
            /** The member does more than isolate pods that were open. */
            CUTS_MORE,
            /** It is complete with this member, and breaks flows as a whole. */
            COMPLETE
        }

        @Override
        public boolean admits() {
            return standing == Standing.WAITING;
        }

        @Override
        public <T> T match(
                Supplier<T> none,
                Function<Overridden, T> overridden,
                Function<OverrideRefused, T> overrideRefused,
                Function<Unconfirmed, T> unconfirmed,
                Function<Staged, T> staged,
                Supplier<T> rehearsed) {
            return staged.apply(this);
        }
    }

    /** Nothing is enforced yet: what is judged is what enforcing the policy would do. */
    record Rehearsed() implements Leniency {
        @Override
        public <T> T match(
                Supplier<T> none,
                Function<Overridden, T> overridden,
                Function<OverrideRefused, T> overrideRefused,
                Function<Unconfirmed, T> unconfirmed,
                Function<Staged, T> staged,
                Supplier<T> rehearsed) {
            return rehearsed.get();
        }
    }
}
