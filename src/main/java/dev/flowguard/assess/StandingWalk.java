package dev.flowguard.assess;

import dev.flowguard.binding.AlikeWalk;
import dev.flowguard.binding.PairWalk;
import dev.flowguard.binding.Unbound;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds out in portions how one flow stands, so that others may be judged in between. For one thread. */
public final class StandingWalk {
    /** What is gone through. */
    private interface Portions {
        long goOn(long mostSteps);

        boolean isOver();
    }

    private final Portions portions;
    private final StandingCount count;
    private final Supplier<Optional<Unbound>> unbound;

    private StandingWalk(Portions portions, StandingCount count, Supplier<Optional<Unbound>> unbound) {
        this.portions = portions;
        this.count = count;
        this.unbound = unbound;
    }

    /** Pair by pair. */
    static StandingWalk of(PairWalk pairs, StandingCount count, Supplier<Optional<Unbound>> unbound) {
        return new StandingWalk(
                new Portions() {
                    @Override
                    public long goOn(long mostSteps) {
                        return pairs.goOn(mostSteps, count::add);
                    }

                    @Override
                    public boolean isOver() {
                        return pairs.isOver();
                    }
                },
                count,
                unbound);
    }

    /** By classes. */
    static StandingWalk of(AlikeWalk alike, StandingCount count, Supplier<Optional<Unbound>> unbound) {
        return new StandingWalk(
                new Portions() {
                    @Override
                    public long goOn(long mostSteps) {
                        return alike.goOn(mostSteps, count);
                    }

                    @Override
                    public boolean isOver() {
                        return alike.isOver();
                    }
                },
                count,
                unbound);
    }

    /**
     * @param mostSteps how much to do
     * @return how much was done: less only when it is over
     */
    public long goOn(long mostSteps) {
        return portions.goOn(mostSteps);
    }

    /** Whether all pairs have been judged. */
    public boolean isOver() {
        return portions.isOver();
    }

    /** By all pairs if it is over; else what is sure by then, so undetermined or broken. */
    public FlowStanding standing() {
        return isOver() ? count.standing(unbound, false) : count.sureStanding();
    }
}
