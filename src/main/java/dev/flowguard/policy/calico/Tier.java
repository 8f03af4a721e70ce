package dev.flowguard.policy.calico;

import dev.flowguard.policy.chain.Block;
import dev.flowguard.policy.chain.SideInput;
import dev.flowguard.policy.chain.Surroundings;
import java.util.List;
import java.util.Optional;

/**
 * A Tier: policies that are asked together, and what becomes of traffic on which none of them decides (OTHER-POLICIES K2, K4).
 *
 * @param order infinite where none is written
 * @param passes whether its default action is Pass; else it is Deny
 */
public record Tier(String name, double order, boolean passes) implements SideInput {
    public static final String KIND = "Tier";
    public static final String DEFAULT = "default";

    private static final String ADMIN = "kube-admin";
    private static final String BASELINE = "kube-baseline";

    /** Those that Calico makes itself, where the cluster shows none of these names. */
    public static final List<Tier> BUILT_IN = List.of(
            new Tier(DEFAULT, Block.MAIN.order(), false),
            new Tier(ADMIN, Block.ADMIN.order(), true),
            new Tier(BASELINE, Block.BASELINE.order(), true));

    /** The one of that name; empty if there is none (K8). */
    static Optional<Tier> named(String name, Surroundings surroundings) {
        return surroundings.inputs(Tier.class).stream()
                .filter(tier -> tier.name().equals(name))
                .findFirst()
                .or(() -> BUILT_IN.stream()
                        .filter(tier -> tier.name().equals(name))
                        .findFirst());
    }

    /** Tiers of one order are asked by their names, and the blocks of the built-in ones have names of their own. */
    Block block() {
        return switch (name) {
            case DEFAULT -> Block.MAIN;
            case ADMIN -> Block.ADMIN;
            case BASELINE -> Block.BASELINE;
            default -> new Block("tier " + name, besideBuiltIn());
        };
    }

    private double besideBuiltIn() {
        for (Tier tier : BUILT_IN) {
            if (tier.order == order) {
                return name.compareTo(tier.name) < 0 ? Math.nextDown(order) : Math.nextUp(order);
            }
        }
        return order;
    }
}
