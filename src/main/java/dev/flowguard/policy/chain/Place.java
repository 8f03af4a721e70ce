package dev.flowguard.policy.chain;

import java.util.Comparator;

/**
 * Where a policy is asked: lower places first.
 *
 * @param order inside the block, rising
 * @param tieBreak decides, as text, between policies of one order; equal where nothing decides
 * @param manner how its rules are asked
 */
public record Place(Block block, double order, String tieBreak, Manner manner) implements Comparable<Place> {
    /** Where NetworkPolicies stand in their block; only Calico has others before and behind them. */
    public static final double OF_NETWORK_POLICIES = 1_000;

    /** How the rules of policies that stand at one place are asked. */
    public enum Manner {
        /** All together: one step, in which a rule that denies goes before one that allows, in whatever order they are written. */
        TOGETHER,
        /** One after another as written; between two policies at one place the order is open (OTHER-POLICIES C3). */
        IN_ORDER
    }

    private static final Comparator<Place> ORDER = Comparator.comparing(Place::block)
            .thenComparingDouble(Place::order)
            .thenComparing(Place::tieBreak)
            .thenComparing(Place::manner);

    /** The place of NetworkPolicies, for policies of other kinds that are asked together with them. */
    public static final Place BESIDE_NETWORK_POLICIES = new Place(Block.MAIN, OF_NETWORK_POLICIES, "", Manner.TOGETHER);

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }
}
