package dev.flowguard.admission.decision;

import java.util.function.Supplier;

/** Waits for an answer from elsewhere, so that somebody else may have the processor meanwhile. */
@FunctionalInterface
public interface Waiting {
    /** Nobody else wants it. */
    Waiting ALONE = Supplier::get;

    /** @return what that returns, which does little else than wait */
    <T> T whileWaiting(Supplier<T> answer);
}
