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
            Function<Unconfirmed, T> unconfirmed);

    default boolean admits() {
        return match(() -> false, overridden -> true, refused -> false, unconfirmed -> true);
    }

    /** It is rejected. */
    record None() implements Leniency {
        @Override
        public <T> T match(
                Supplier<T> none,
                Function<Overridden, T> overridden,
                Function<OverrideRefused, T> overrideRefused,
                Function<Unconfirmed, T> unconfirmed) {
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
                Function<Unconfirmed, T> unconfirmed) {
            return overridden.apply(this);
        }
    }

    /**
     * The requester asks to override it and may not, so it is rejected.
     *
     * @param known false where the permission could not be asked for
     */
    record OverrideRefused(String user, String namespace, boolean known) implements Leniency {
        @Override
        public <T> T match(
                Supplier<T> none,
                Function<Overridden, T> overridden,
                Function<OverrideRefused, T> overrideRefused,
                Function<Unconfirmed, T> unconfirmed) {
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
                Function<Unconfirmed, T> unconfirmed) {
            return unconfirmed.apply(this);
        }
    }
}
