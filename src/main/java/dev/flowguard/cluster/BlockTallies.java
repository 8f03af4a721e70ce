package dev.flowguard.cluster;

import dev.flowguard.policy.Direction;
import dev.flowguard.policy.chain.Action;
import dev.flowguard.policy.chain.Block;
import dev.flowguard.policy.chain.RuledPolicy;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** How many policies of each block say anything, and how many pass something on. Immutable, and small: there are few blocks. */
final class BlockTallies {
    private record Side(Block block, Direction direction) {}

    /** How many policies of a block say anything of a direction, and how many pass something on. */
    private record Tally(int present, int passing) {
        static final Tally NONE = new Tally(0, 0);

        Tally plus(RuledPolicy.Section section, int times) {
            return new Tally(present + (section.isPresent() ? times : 0), passing + (passes(section) ? times : 0));
        }

        private static boolean passes(RuledPolicy.Section section) {
            return section.rules().stream().anyMatch(rule -> rule.action() == Action.PASS);
        }
    }

    static final BlockTallies NONE = new BlockTallies(Map.of());

    private final Map<Side, Tally> tallies;

    private BlockTallies(Map<Side, Tally> tallies) {
        this.tallies = tallies;
    }

    /** These, with some left out and others added. */
    BlockTallies with(Collection<RuledPolicy> gone, Collection<RuledPolicy> come) {
        Map<Side, Tally> now = new HashMap<>(tallies);
        gone.forEach(policy -> add(now, policy, -1));
        come.forEach(policy -> add(now, policy, 1));
        return new BlockTallies(now);
    }

    private static void add(Map<Side, Tally> tallies, RuledPolicy policy, int times) {
        for (Direction direction : Direction.values()) {
            tallies.merge(
                    new Side(policy.place().block(), direction),
                    Tally.NONE.plus(policy.section(direction), times),
                    (one, other) -> new Tally(one.present + other.present, one.passing + other.passing));
        }
    }

    boolean passesOn(Block block, Direction direction) {
        return tallies.getOrDefault(new Side(block, direction), Tally.NONE).passing() > 0;
    }

    boolean isAnythingBehind(Block block, Direction direction) {
        return tallies.entrySet().stream()
                .anyMatch(entry -> entry.getValue().present() > 0
                        && entry.getKey().direction() == direction
                        && entry.getKey().block().compareTo(block) > 0);
    }
}
