package dev.flowguard.audit;

import dev.flowguard.assess.FlowStanding;
import dev.flowguard.assess.StandingWalk;
import dev.flowguard.cluster.DeclaredFlow;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The judgement of one contract as things were at one moment, in portions. Flows that stand as they did are taken over; should the
 * contract turn out to be too much work, all of them are judged in their order, so that where it ends depends on the contract alone
 * and is the same for every replica.
 */
final class ContractPass {
    /** What finding the ends of a flow costs, in the steps that judging takes. */
    private static final long BEGIN = 64;

    /**
     * What is known of a flow.
     *
     * @param work how many steps that took
     */
    record Known(FlowStanding standing, long work) {}

    private final DeclaredContract declared;
    private final AuditMoment moment;
    private final long mostWork;
    private final Map<DeclaredFlow, Known> known = new LinkedHashMap<>();
    private final Deque<DeclaredFlow> left = new ArrayDeque<>();
    private boolean takesOver;
    private @Nullable StandingWalk walk;
    private long ofThisFlow;
    private long spent;

    /**
     * @param stillHolds what is known of a flow and holds at that moment too; null where there is no such thing
     * @param mostWork how many steps the whole contract may take
     */
    ContractPass(
            DeclaredContract declared,
            AuditMoment moment,
            Function<DeclaredFlow, @Nullable Known> stillHolds,
            long mostWork) {
        this.declared = declared;
        this.moment = moment;
        this.mostWork = mostWork;
        for (DeclaredFlow flow : declared.flows()) {
            @Nullable Known earlier = stillHolds.apply(flow);
            if (earlier == null || earlier.standing().partial()) {
                left.add(flow);
            } else {
                known.put(flow, earlier);
                spent += earlier.work();
                takesOver = true;
            }
        }
    }

    /**
     * @param mostSteps how much to do
     * @return how much was done, about
     */
    long goOn(long mostSteps) {
        long steps = 0;
        while (steps < mostSteps && !left.isEmpty()) {
            StandingWalk here = walk;
            if (here == null) {
                here = moment.assessor().begin(left.element());
                steps += BEGIN;
            }
            long done = here.goOn(Math.min(mostSteps - steps, mostWork - spent));
            steps += done;
            spent += done;
            ofThisFlow += done;
            walk = here;
            if (here.isOver()) {
                known.put(left.remove(), new Known(here.standing(), ofThisFlow));
                next();
            } else if (spent >= mostWork) {
                isTooLarge(here);
            }
        }
        return steps;
    }

    private void next() {
        walk = null;
        ofThisFlow = 0;
    }

    private void isTooLarge(StandingWalk last) {
        if (takesOver) {
            takesOver = false;
            known.clear();
            left.clear();
            left.addAll(declared.flows());
            spent = 0;
        } else {
            known.put(left.remove(), new Known(last.standing(), ofThisFlow));
            left.forEach(flow -> known.put(flow, new Known(moment.assessor().unjudged(flow), 0)));
            left.clear();
        }
        next();
    }

    boolean isOver() {
        return left.isEmpty();
    }

    DeclaredContract declared() {
        return declared;
    }

    AuditMoment moment() {
        return moment;
    }

    /** Of each flow, once it is over. */
    Map<DeclaredFlow, Known> known() {
        return known;
    }

    List<FlowStanding> standings() {
        return declared.flows().stream()
                .flatMap(flow -> Stream.ofNullable(known.get(flow)))
                .map(Known::standing)
                .toList();
    }
}
