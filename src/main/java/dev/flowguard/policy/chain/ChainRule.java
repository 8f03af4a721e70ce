package dev.flowguard.policy.chain;

import java.util.List;

/**
 * One rule.
 *
 * @param index its place in the section, from 0
 * @param path its field, for texts: {@code ingress[0]}, {@code specs[1].egressDeny[2]}
 * @param name as its author called it; empty where the kind has no names or none is written
 * @param subject narrows whom the policy selects; {@link Ends#EVERYBODY} for kinds whose rules cannot
 * @param peer the other end
 * @param doubts clauses for people, for each thing that may keep the rule from matching where it seems to match; empty where it is sure
 */
public record ChainRule(
        int index, String path, String name, Action action, Ends subject, Ends peer, Ports ports, List<String> doubts) {
    public ChainRule {
        doubts = List.copyOf(doubts);
    }

    /** A rule of whose meaning there is no doubt. */
    public static ChainRule of(int index, String path, String name, Action action, Ends peer, Ports ports) {
        return new ChainRule(index, path, name, action, Ends.EVERYBODY, peer, ports, List.of());
    }

    /** {@code ingress[0]}, {@code ingress[0] "from-monitoring"}. */
    public String label() {
        return name.isEmpty() ? path : path + " \"" + name + "\"";
    }
}
