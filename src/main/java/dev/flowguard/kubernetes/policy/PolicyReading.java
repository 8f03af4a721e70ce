package dev.flowguard.kubernetes.policy;

import dev.flowguard.kubernetes.field.FieldProblem;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.PolicyRef;
import java.util.List;
import java.util.function.Function;

/** What a NetworkPolicy object turned out to be. */
public sealed interface PolicyReading {
    <T> T match(Function<Valid, T> valid, Function<Invalid, T> invalid);

    /** A policy; where it has unknown fields, they are named in it. */
    record Valid(Policy policy) implements PolicyReading {
        @Override
        public <T> T match(Function<Valid, T> valid, Function<Invalid, T> invalid) {
            return valid.apply(this);
        }
    }

    /**
     * One that the API server would refuse.
     *
     * @param problems all of them, never empty
     */
    record Invalid(PolicyRef ref, List<FieldProblem> problems) implements PolicyReading {
        public Invalid {
            problems = List.copyOf(problems);
        }

        @Override
        public <T> T match(Function<Valid, T> valid, Function<Invalid, T> invalid) {
            return invalid.apply(this);
        }
    }
}
