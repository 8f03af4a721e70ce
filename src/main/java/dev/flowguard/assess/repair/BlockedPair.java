package dev.flowguard.assess.repair;

import dev.flowguard.policy.Direction;
import dev.flowguard.verdict.Reachability;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import java.util.ArrayList;
import java.util.List;

/**
 * A pair of a declared flow that must talk and cannot.
 *
 * @param sides those that block it; never empty
 */
record BlockedPair(Pair pair, List<Direction> sides) {
    BlockedPair {
        sides = List.copyOf(sides);
    }

    /** The pair if it is surely blocked, and beside it those to the alternatives, which must be opened as well. */
    static List<BlockedPair> of(Pair pair, Reachability reachability) {
        if (!reachability.answer(pair).isNo()) {
            return List.of();
        }
        List<BlockedPair> blocked = new ArrayList<>();
        blocked.add(new BlockedPair(pair, reachability.closedSides(pair)));
        for (Pair other : reachability.otherWays(pair)) {
            blocked.add(new BlockedPair(other, reachability.closedSides(other)));
        }
        return blocked;
    }

    /** The end whose policies block in that direction. */
    Endpoint subject(Direction direction) {
        return direction == Direction.INGRESS ? pair.destination() : pair.source();
    }

    /** The end that those policies have no rule for. */
    Endpoint other(Direction direction) {
        return direction == Direction.INGRESS ? pair.source() : pair.destination();
    }
}
