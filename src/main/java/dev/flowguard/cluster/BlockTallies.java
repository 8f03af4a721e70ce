package dev.flowguard.cluster;

import dev.flowguard.policy.Direction;
import dev.flowguard.policy.chain.Action;
import dev.flowguard.policy.chain.Block;
import dev.flowguard.policy.chain.RuledPolicy;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/** How many policies of each block say anything, and how many pass something on. Immutable, and small: there are few blocks. */
final class BlockTallies {
    /** Of one block, by direction. */
    private record Tally(int[] present, int[] passing) {
        static final Tally NONE = new Tally(new int[2], new int[2]);

        Tally plus(RuledPolicy policy, int times) {
            Tally sum = new Tally(present.clone(), passing.clone());
            for (Direction direction : Direction.values()) {
                RuledPolicy.Section section = policy.section(direction);
                sum.present[direction.ordinal()] += section.isPresent() ? times : 0;
                sum.passing[direction.ordinal()] += passes(section) ? times : 0;
            }
            return sum;
        }

        private static boolean passes(RuledPolicy.Section section) {
            return section.rules().stream().anyMatch(rule -> rule.action() == Action.PASS);
        }
    }

    static final BlockTallies NONE = new BlockTallies(new TreeMap<>());

    private final SortedMap<Block, Tally> byBlock;

    private BlockTallies(SortedMap<Block, Tally> byBlock) {
        this.byBlock = byBlock;
    }

    /** These, with some left out and others added. */
    BlockTallies with(Collection<RuledPolicy> gone, Collection<RuledPolicy> come) {
        SortedMap<Block, Tally> now = new TreeMap<>(byBlock);
        gone.forEach(policy -> add(now, policy, -1));
        come.forEach(policy -> add(now, policy, 1));
        return new BlockTallies(now);
    }

    private static void add(SortedMap<Block, Tally> tallies, RuledPolicy policy, int times) {
        Block block = policy.place().block();
        tallies.put(block, tallies.getOrDefault(block, Tally.NONE).plus(policy, times));
    }

    boolean passesOn(Block block, Direction direction) {
        return byBlock.getOrDefault(block, Tally.NONE).passing()[direction.ordinal()] > 0;
    }

    boolean isAnythingBehind(Block block, Direction direction) {
        return byBlock.tailMap(block).entrySet().stream()
                .anyMatch(entry ->
                        !entry.getKey().equals(block) && entry.getValue().present()[direction.ordinal()] > 0);
    }
}
