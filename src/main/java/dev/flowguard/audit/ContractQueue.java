package dev.flowguard.audit;

import dev.flowguard.contract.ContractSource;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The contracts of one namespace that are to be judged, one after the other. */
final class ContractQueue {
    private final Set<ContractSource> waiting = new LinkedHashSet<>();
    private @Nullable ContractPass begun;

    void add(ContractSource contract) {
        waiting.add(contract);
    }

    boolean isEmpty() {
        return waiting.isEmpty() && begun == null;
    }

    /** Whether it is to be judged by what is known now; its judgement by what was known earlier may be under way. */
    boolean isWaiting(ContractSource contract) {
        return waiting.contains(contract);
    }

    /** Whether what is known of it is not the last word. */
    boolean isPending(ContractSource contract) {
        return isWaiting(contract) || begun != null && begun.declared().source().equals(contract);
    }

    /**
     * Judges for a while, and stops in the midst of a contract.
     *
     * @param begin begins the judgement of a contract; empty where there is no such contract any more
     * @param finish learns of each that is complete
     * @return how much was done, about
     */
    long turn(long mostSteps, Function<ContractSource, Optional<ContractPass>> begin, Consumer<ContractPass> finish) {
        long steps = 0;
        while (steps < mostSteps && !isEmpty()) {
            @Nullable ContractPass pass = begun == null ? next(begin) : begun;
            steps++;
            if (pass != null) {
                steps += pass.goOn(mostSteps - steps);
                begun = pass.isOver() ? null : pass;
                if (pass.isOver()) {
                    finish.accept(pass);
                }
            }
        }
        return steps;
    }

    private @Nullable ContractPass next(Function<ContractSource, Optional<ContractPass>> begin) {
        Iterator<ContractSource> contracts = waiting.iterator();
        ContractSource next = contracts.next();
        contracts.remove();
        return begin.apply(next).orElse(null);
    }
}
