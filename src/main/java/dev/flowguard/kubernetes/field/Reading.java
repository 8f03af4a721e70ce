package dev.flowguard.kubernetes.field;

import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.ObjectRef;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** What an object turned out to be. */
public sealed interface Reading {
    <T> T match(Function<Observed, T> observed, Function<Refused, T> refused, Function<NotRead, T> notRead);

    /** Hands this to the consumer for its case. */
    default void accept(Consumer<Observed> observed, Consumer<Refused> refused, Consumer<NotRead> notRead) {
        Runnable handing = match(
                each -> () -> observed.accept(each),
                each -> () -> refused.accept(each),
                each -> () -> notRead.accept(each));
        handing.run();
    }

    /** What the object tells, which may be nothing, as of a pod that has ended. */
    record Observed(Observation observation) implements Reading {
        @Override
        public <T> T match(Function<Observed, T> observed, Function<Refused, T> refused, Function<NotRead, T> notRead) {
            return observed.apply(this);
        }
    }

    /**
     * An object that the API server would refuse for what is written in the fields that are read here.
     *
     * @param problems all of them, never empty
     */
    record Refused(ObjectRef object, List<FieldProblem> problems) implements Reading {
        public Refused {
            problems = List.copyOf(problems);
        }

        @Override
        public <T> T match(Function<Observed, T> observed, Function<Refused, T> refused, Function<NotRead, T> notRead) {
            return refused.apply(this);
        }
    }

    /**
     * An object of a kind that tells nothing about traffic.
     *
     * @param kind as kubectl tells kinds apart: {@code ConfigMap}, {@code Certificate.cert-manager.io}
     */
    record NotRead(String kind) implements Reading {
        @Override
        public <T> T match(Function<Observed, T> observed, Function<Refused, T> refused, Function<NotRead, T> notRead) {
            return notRead.apply(this);
        }
    }

    static Reading of(ObjectRef object, List<Fact> facts, List<FieldProblem> problems) {
        return problems.isEmpty() ? new Observed(new Observation(object, facts)) : new Refused(object, problems);
    }
}
