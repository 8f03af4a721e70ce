package dev.flowguard.binding;

import dev.flowguard.verdict.pair.Pair;

/** Takes pairs by classes, and then those one by one that it wants to see so. */
public interface AlikeVisitor {
    /** What is to be done next. */
    enum Wish {
        /** Nothing more. */
        STOP,
        GO_ON,
        /** Go on, and show each of these pairs, later, in the order of the flow's ends. */
        SHOW_EACH
    }

    Wish visit(AlikePairs pairs);

    /**
     * A pair of those that it wanted to see, or one between the same ends.
     *
     * @return whether more are wanted
     */
    boolean show(Pair pair);
}
