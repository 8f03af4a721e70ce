package dev.flowguard.assess;

import dev.flowguard.binding.PairWalk;
import dev.flowguard.binding.Unbound;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds out in portions how one flow stands, so that others may be judged in between. For one thread. */
public final class StandingWalk {
    private final PairWalk pairs;
    private final StandingCount count;
    private final Supplier<Optional<Unbound>> unbound;

    StandingWalk(PairWalk pairs, StandingCount count, Supplier<Optional<Unbound>> unbound) {
        this.pairs = pairs;
        this.count = count;
        this.unbound = unbound;
    }

    /**
     * @param mostSteps how much to do
     * @return how much was done: less only when it is over
     */
    public long goOn(long mostSteps) {
        return pairs.goOn(mostSteps, count::add);
    }

    /** Whether all pairs have been judged. */
    public boolean isOver() {
        return pairs.isOver();
    }

    /** By all pairs if it is over; else what is sure by then, so undetermined or broken. */
    public FlowStanding standing() {
        return isOver() ? count.standing(unbound, false) : count.sureStanding();
    }
}
