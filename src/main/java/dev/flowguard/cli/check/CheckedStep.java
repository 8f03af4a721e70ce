package dev.flowguard.cli.check;

import dev.flowguard.admission.decision.Decision;
import dev.flowguard.admission.decision.Wording;
import java.util.function.Function;

/** One step of a sequence of changes, and what became of it. */
public sealed interface CheckedStep {
    <T> T match(Function<Judged, T> judged, Function<Applied, T> applied);

    default boolean isRejected() {
        return match(judged -> judged.decision().isRejection(), applied -> false);
    }

    /**
     * A change of a NetworkPolicy.
     *
     * @param what {@code update NetworkPolicy shop/orders}
     * @param origin the file, or the option
     */
    record Judged(String what, String origin, Decision decision, Wording.Said said) implements CheckedStep {
        @Override
        public <T> T match(Function<Judged, T> judged, Function<Applied, T> applied) {
            return judged.apply(this);
        }
    }

    /** A change of another object, which is not judged and becomes part of the cluster. */
    record Applied(String what, String origin) implements CheckedStep {
        @Override
        public <T> T match(Function<Judged, T> judged, Function<Applied, T> applied) {
            return applied.apply(this);
        }
    }
}
