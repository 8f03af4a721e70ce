package dev.flowguard.assess;

import dev.flowguard.binding.AlikeWalk;
import dev.flowguard.binding.PairWalk;
import dev.flowguard.binding.Unbound;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;

/** Finds out in portions how one flow stands, so that others may be judged in between. For one thread. */
public final class StandingWalk {
    /** Told once, when all pairs have been judged. */
    interface WhenOver {
        void accept(FlowStanding standing, long steps);
    }

    private final LongUnaryOperator goOn;
    private final BooleanSupplier isOver;
    private final Supplier<FlowStanding> standing;
    private final WhenOver whenOver;
    private long steps;
    private boolean told;

    private StandingWalk(
            LongUnaryOperator goOn, BooleanSupplier isOver, Supplier<FlowStanding> standing, WhenOver whenOver) {
        this.goOn = goOn;
        this.isOver = isOver;
        this.standing = standing;
        this.whenOver = whenOver;
    }

    /** Pair by pair. */
    static StandingWalk of(
            PairWalk pairs, StandingCount count, Supplier<Optional<Unbound>> unbound, WhenOver whenOver) {
        return new StandingWalk(
                most -> pairs.goOn(most, count::add),
                pairs::isOver,
                () -> pairs.isOver() ? count.standing(unbound, false) : count.sureStanding(),
                whenOver);
    }

    /** By classes. */
    static StandingWalk of(
            AlikeWalk alike, StandingCount count, Supplier<Optional<Unbound>> unbound, WhenOver whenOver) {
        return new StandingWalk(
                most -> alike.goOn(most, count),
                alike::isOver,
                () -> alike.isOver() ? count.standing(unbound, false) : count.sureStanding(),
                whenOver);
    }

    /** Of a flow of which it is known, which counts as the work that it would be: so that how much a contract is does not depend on others. */
    static StandingWalk known(FlowStanding standing, long steps) {
        long[] left = {steps};
        return new StandingWalk(
                most -> {
                    long done = Math.min(most, left[0]);
                    left[0] -= done;
                    return done;
                },
                () -> left[0] == 0,
                () -> left[0] == 0 ? standing : part(standing, (double) (steps - left[0]) / steps),
                (same, all) -> {});
    }

    /** Of so much of it: what is amiss with the whole is sure, and that the rest is as it should be is not asked any more. */
    private static FlowStanding part(FlowStanding whole, double share) {
        int pairs = Math.max(1, (int) (whole.pairs() * share));
        return new FlowStanding(
                whole.flow(),
                whole.state() == FlowState.SATISFIED ? FlowState.UNDETERMINED : whole.state(),
                pairs,
                Math.min(whole.amiss(), pairs),
                whole.examples(),
                whole.unbound(),
                true);
    }

    /**
     * @param mostSteps how much to do
     * @return how much was done: less only when it is over
     */
    public long goOn(long mostSteps) {
        long done = goOn.applyAsLong(mostSteps);
        steps += done;
        return done;
    }

    /** Whether all pairs have been judged. */
    public boolean isOver() {
        return isOver.getAsBoolean();
    }

    /** By all pairs if it is over; else what is sure by then, so undetermined or broken. */
    public FlowStanding standing() {
        FlowStanding found = standing.get();
        if (isOver() && !told) {
            told = true;
            whenOver.accept(found, steps);
        }
        return found;
    }
}
