package dev.flowguard.policy.chain;

import java.util.Comparator;

/**
 * A part of the chain: the policies of a tier. Where nothing in it decides, the next block is asked.
 *
 * @param name for people: {@code Admin tier}, {@code tier security}
 * @param order blocks with a lower one are asked first, of equal ones that whose name comes first
 */
public record Block(String name, double order) implements Comparable<Block> {
    /** The Admin tier of ClusterNetworkPolicy, and AdminNetworkPolicies. */
    public static final Block ADMIN = new Block("Admin tier", 1_000);

    /** Where NetworkPolicies are; on some plugins other kinds are beside them. */
    public static final Block MAIN = new Block("NetworkPolicy", 1_000_000);

    /** The Baseline tier of ClusterNetworkPolicy, and the BaselineAdminNetworkPolicy. */
    public static final Block BASELINE = new Block("Baseline tier", 10_000_000);

    private static final Comparator<Block> ORDER =
            Comparator.comparingDouble(Block::order).thenComparing(Block::name);

    @Override
    public int compareTo(Block other) {
        return ORDER.compare(this, other);
    }
}
