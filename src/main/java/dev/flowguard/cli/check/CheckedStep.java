package dev.flowguard.cli.check;

import dev.flowguard.admission.decision.Decision;
import dev.flowguard.admission.decision.Wording;
import dev.flowguard.report.Report;
import java.util.function.Function;

/** One step of a sequence of changes, and what became of it. */
public sealed interface CheckedStep {
    <T> T match(Function<Judged, T> judged, Function<Compared, T> compared, Function<Applied, T> applied);

    /** {@code update NetworkPolicy shop/orders}. */
    default String what() {
        return match(Judged::what, Compared::what, Applied::what);
    }

    /** Whether it is refused, or breaks what must hold. */
    default boolean isFailed() {
        return match(
                judged -> judged.decision().isRejection(),
                compared -> compared.report().isFailed(),
                applied -> false);
    }

    /**
     * A change of a NetworkPolicy.
     *
     * @param what {@code update NetworkPolicy shop/orders}
     * @param origin the file, or the option
     */
    record Judged(String what, String origin, Decision decision, Wording.Said said) implements CheckedStep {
        @Override
        public <T> T match(Function<Judged, T> judged, Function<Compared, T> compared, Function<Applied, T> applied) {
            return judged.apply(this);
        }
    }

    /**
     * A change of another object, which flows depend on: nothing refuses it, and what it breaks is told.
     *
     * @param report about the state with it, compared with that before it
     */
    record Compared(String what, String origin, Report report) implements CheckedStep {
        @Override
        public <T> T match(Function<Judged, T> judged, Function<Compared, T> compared, Function<Applied, T> applied) {
            return compared.apply(this);
        }
    }

    /** A change of another object on which no flow depends. */
    record Applied(String what, String origin) implements CheckedStep {
        @Override
        public <T> T match(Function<Judged, T> judged, Function<Compared, T> compared, Function<Applied, T> applied) {
            return applied.apply(this);
        }
    }
}
