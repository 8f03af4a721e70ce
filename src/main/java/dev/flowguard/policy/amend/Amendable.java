package dev.flowguard.policy.amend;

import dev.flowguard.policy.chain.ChainRule;
import dev.flowguard.policy.chain.PolicySource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A policy that can be amended in its own shape. What it cannot say in that shape it does not offer. */
public interface Amendable extends PolicySource {
    /**
     * Itself with rules that allow what is wanted, for all pods that it selects where its rules cannot say for which.
     *
     * @param before the rule that keeps it out, which the new ones go before; empty where none does, so that they come last
     */
    List<Amendment> allowing(Wanted wanted, Optional<ChainRule> before);

    /**
     * A policy of its own kind that stands before it, for just the pods that are wanted.
     *
     * @param others all policies that there are, for names and places that are taken
     */
    List<Amendment> beside(Wanted wanted, Collection<? extends PolicySource> others);

    /** Itself with that rule, which denies, made narrower: ways to do so, the best first. */
    List<Amendment> narrowing(Wanted wanted, ChainRule rule);
}
