package dev.flowguard.binding;

import dev.flowguard.verdict.pair.Pair;

/** Takes pairs one by one; without a stream, which for the few pairs of most flows would cost more than their verdicts. */
@FunctionalInterface
public interface PairVisitor {
    /** @return whether to go on with the next */
    boolean visit(Pair pair);
}
