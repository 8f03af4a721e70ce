package dev.flowguard.binding;

import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the pairs of one flow in portions, in the order of {@link FlowBinding#forEach}. A portion is counted in steps: a pair
 * is one, and so are two ends that make none. For one thread.
 */
public final class PairWalk {
    private final PairCutter cutter;
    private final List<Endpoint> senders;
    private final List<Destination> reached;
    private final List<Endpoint> carriers;

    /** Those of the two ends that it is at; null before each. */
    private @Nullable PairGrid grid;

    private int sender;
    private int destination;
    private long place;

    PairWalk(PairCutter cutter, List<Endpoint> senders, List<Destination> reached, List<Endpoint> carriers) {
        this.cutter = cutter;
        this.senders = senders;
        this.reached = reached;
        this.carriers = carriers;
    }

    /** Whether no pair is left. */
    public boolean isOver() {
        return reached.isEmpty() || sender >= senders.size();
    }

    /**
     * Visits pairs where it stopped last, until they or the steps are used up or the visitor wants no more.
     *
     * @return how many steps that took
     */
    public long goOn(long mostSteps, PairVisitor visitor) {
        long steps = 0;
        boolean wanted = true;
        while (wanted && steps < mostSteps && !isOver()) {
            PairGrid here = grid == null ? cutter.grid(senders.get(sender), reached.get(destination)) : grid;
            steps++;
            if (place < here.size()) {
                Pair pair = here.at(place++);
                wanted = visitor.visit(carriers.isEmpty() ? pair : pair.sentBy(carriers));
            }
            grid = here;
            if (place >= here.size()) {
                nextEnds();
            }
        }
        return steps;
    }

    private void nextEnds() {
        grid = null;
        place = 0;
        if (++destination == reached.size()) {
            destination = 0;
            sender++;
        }
    }
}
