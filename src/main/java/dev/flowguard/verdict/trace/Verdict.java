package dev.flowguard.verdict.trace;

import dev.flowguard.policy.Answer;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.verdict.reach.Side;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Whether the traffic of a pair gets through. */
public sealed interface Verdict {
    @SuppressWarnings(
            "ClassInitializationDeadlock") // Its only instance is this one, so nobody else initialises its class.
    Verdict ALLOWED = new Allowed();

    <T> T match(Supplier<T> allowed, Function<Blocked, T> blocked, Function<Undetermined, T> undetermined);

    /** YES where it gets through, NO where it does not. */
    default Answer answer() {
        return match(() -> Answer.YES, blocked -> Answer.NO, undetermined -> Answer.UNKNOWN);
    }

    /** Both sides let it through. */
    record Allowed() implements Verdict {
        @Override
        public <T> T match(Supplier<T> allowed, Function<Blocked, T> blocked, Function<Undetermined, T> undetermined) {
            return allowed.get();
        }
    }

    /** At least one side does not let it through. */
    record Blocked(List<Side> sides) implements Verdict {
        /**
         * A side that blocks.
         *
         * @param isolatedBy the NetworkPolicies that isolate it, none of which has a rule for the traffic
         * @param deniedBy what policies of other kinds do to it
         */
        public record Side(Direction direction, List<PolicyRef> isolatedBy, List<Denial> deniedBy) {
            public Side {
                isolatedBy = List.copyOf(isolatedBy);
                deniedBy = List.copyOf(deniedBy);
            }

            public Side(Direction direction, List<PolicyRef> isolatedBy) {
                this(direction, isolatedBy, List.of());
            }
        }

        public Blocked {
            sides = List.copyOf(sides);
        }

        @Override
        public <T> T match(Supplier<T> allowed, Function<Blocked, T> blocked, Function<Undetermined, T> undetermined) {
            return blocked.apply(this);
        }

        /** The sides for people: {@code egress}, {@code egress and ingress}. */
        public String directions() {
            return sides.stream().map(side -> side.direction().section()).collect(Collectors.joining(" and "));
        }
    }

    /** It cannot be known from the API alone. */
    record Undetermined(List<Doubt> doubts) implements Verdict {
        public Undetermined {
            doubts = List.copyOf(doubts);
        }

        @Override
        public <T> T match(Supplier<T> allowed, Function<Blocked, T> blocked, Function<Undetermined, T> undetermined) {
            return undetermined.apply(this);
        }
    }
}
