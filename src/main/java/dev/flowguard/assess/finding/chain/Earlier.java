package dev.flowguard.assess.finding.chain;

import dev.flowguard.cluster.RuledPolicies;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.chain.Action;
import dev.flowguard.policy.chain.Block;
import dev.flowguard.policy.chain.ChainRule;
import dev.flowguard.policy.chain.Ends;
import dev.flowguard.policy.chain.Place;
import dev.flowguard.policy.chain.Ports;
import dev.flowguard.policy.chain.RuledPolicy;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is asked before a policy about all pods that it selects. Only what follows from the text of the policies counts. */
final class Earlier {
    /**
     * What leaves a policy nothing to be asked about.
     *
     * @param what a clause for people that begins with the policy: {@code GlobalNetworkPolicy lockdown denies everything (ingress[0])}
     * @param ofSameBlock whether it is in the same tier
     */
    record Decider(String what, boolean ofSameBlock) {}

    private final RuledPolicies inForce;
    private final RuledPolicy policy;
    private final List<RuledPolicy> before;

    Earlier(RuledPolicies inForce, RuledPolicy policy) {
        this.inForce = inForce;
        this.policy = policy;
        this.before = inForce.mayCover(policy).stream()
                .takeWhile(other -> other.place().compareTo(policy.place()) < 0)
                .filter(other ->
                        !other.ref().equals(policy.ref()) && Covering.covers(other.subject(), policy.subject()))
                .toList();
    }

    /** Policies asked before that one, of all of its pods. */
    List<RuledPolicy> policies() {
        return before;
    }

    /** What decides everything before the policy is asked. */
    Optional<Decider> ofEverything(Direction direction) {
        return before.stream().flatMap(other -> decider(other, direction)).findFirst();
    }

    private Stream<Decider> decider(RuledPolicy other, Direction direction) {
        boolean same = other.place().block().equals(policy.place().block());
        Stream<Decider> byRule = other.section(direction).rules().stream()
                .filter(rule -> decides(rule, same) && isOfEverything(rule))
                .map(rule -> new Decider(
                        other.ref() + " " + rule.action().does() + " everything (" + rule.label() + ")", same));
        Stream<Decider> byEnd = !same && endsAtItsBlock(other, direction)
                ? Stream.of(new Decider(
                        other.ref() + " isolates them, and what no rule of "
                                + other.place().block().name() + " allows is denied at its end",
                        false))
                : Stream.empty();
        return Stream.concat(byRule, byEnd);
    }

    /** Whether what the rule matches never comes to what is asked after it, in the same block or in later ones. */
    static boolean decides(ChainRule rule, boolean inSameBlock) {
        return rule.doubts().isEmpty() && (rule.action() != Action.PASS || inSameBlock);
    }

    private static boolean isOfEverything(ChainRule rule) {
        return rule.subject().equals(Ends.EVERYBODY)
                && rule.peer().equals(Ends.EVERYBODY)
                && rule.ports().equals(Ports.EVERY);
    }

    /** Whether the end of the tier denies what is left, and nothing leaves the tier before. */
    private boolean endsAtItsBlock(RuledPolicy policy, Direction direction) {
        Block block = policy.place().block();
        return policy.place().manner() == Place.Manner.IN_ORDER
                && policy.section(direction).isolates()
                && !inForce.passesOn(block, direction);
    }
}
