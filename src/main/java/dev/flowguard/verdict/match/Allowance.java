package dev.flowguard.verdict.match;

import dev.flowguard.net.PortSet;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Answer;

/**
 * The answers for all ports at once: what gets through for sure, and what may.
 *
 * @param sure where the answer is YES
 * @param possible where it is not NO; holds all of {@code sure}
 */
@SuppressWarnings("ReferenceEquality") // The constants meet most often; others are compared the long way.
public record Allowance(PortSet sure, PortSet possible) {
    public static final Allowance NOTHING = new Allowance(PortSet.NONE, PortSet.NONE);
    public static final Allowance EVERYTHING = new Allowance(PortSet.EVERY, PortSet.EVERY);
    public static final Allowance UNKNOWN = new Allowance(PortSet.NONE, PortSet.EVERY);

    public Allowance {
        if (!possible.containsAll(sure)) {
            throw new IllegalArgumentException("What is sure is possible: " + sure + " is not within " + possible);
        }
    }

    /** That answer for those ports, NO for all others. */
    public static Allowance of(Answer answer, PortSet ports) {
        return switch (answer) {
            case YES -> new Allowance(ports, ports);
            case UNKNOWN -> new Allowance(PortSet.NONE, ports);
            case NO -> NOTHING;
        };
    }

    public boolean isNothing() {
        return possible.isEmpty();
    }

    /** Where the answer is UNKNOWN. */
    public PortSet undetermined() {
        return possible.without(sure);
    }

    public Answer answer(Protocol protocol, int port) {
        return sure.contains(protocol, port)
                ? Answer.YES
                : possible.contains(protocol, port) ? Answer.UNKNOWN : Answer.NO;
    }

    public Allowance and(Allowance other) {
        if (this == EVERYTHING || other == NOTHING) {
            return other;
        }
        return other == EVERYTHING || this == NOTHING
                ? this
                : new Allowance(sure.and(other.sure), possible.and(other.possible));
    }

    public Allowance or(Allowance other) {
        if (this == NOTHING || other == EVERYTHING) {
            return other;
        }
        return other == NOTHING || this == EVERYTHING
                ? this
                : new Allowance(sure.or(other.sure), possible.or(other.possible));
    }

    /** What is sure in both, and what is possible in either: the answers where it is open which of the two is asked. */
    public Allowance eitherWay(Allowance other) {
        return equals(other) ? this : new Allowance(sure.and(other.sure), possible.or(other.possible));
    }

    /** The same where that holds, nothing where it does not. */
    public Allowance where(Answer condition) {
        return switch (condition) {
            case YES -> this;
            case UNKNOWN -> of(Answer.UNKNOWN, possible);
            case NO -> NOTHING;
        };
    }

    /** YES in place of NO, and NO in place of YES. */
    Allowance negated() {
        return new Allowance(PortSet.EVERY.without(possible), PortSet.EVERY.without(sure));
    }

    /** With UNKNOWN in place of NO. */
    public Allowance leftOpen() {
        return new Allowance(sure, PortSet.EVERY);
    }
}
