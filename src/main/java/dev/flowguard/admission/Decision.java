package dev.flowguard.admission;

import dev.flowguard.assess.Assessment;
import dev.flowguard.assess.Effect;
import dev.flowguard.cluster.NamespaceEntry;
import dev.flowguard.contract.Enforcement;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** What is decided, and by what: a value from which the answer, the log line and the metrics are made. */
public sealed interface Decision {
    <T> T match(Function<Passed, T> passed, Function<NotReady, T> notReady, Function<Judged, T> judged);

    boolean isRejection();

    /** The step of the decision order that decided, in kebab case, for logs, metrics and audit annotations. */
    String reason();

    /** Admitted without a judgement: steps 1 and 2. */
    record Passed(Why why, List<String> problems) implements Decision {
        /** Why nothing was judged. */
        public enum Why {
            NOT_CONCERNED("not-concerned"),
            SPEC_UNCHANGED("spec-unchanged"),
            BEING_FINALIZED("being-finalized"),
            NAMESPACE_TERMINATING("namespace-terminating"),
            GARBAGE_COLLECTION("garbage-collection"),
            /** The API server refuses the policy itself; its problems are told as warnings. */
            INVALID_POLICY("invalid-policy");

            private final String reason;

            Why(String reason) {
                this.reason = reason;
            }
        }

        public Passed {
            problems = List.copyOf(problems);
        }

        static Passed because(Why why) {
            return new Passed(why, List.of());
        }

        @Override
        public <T> T match(Function<Passed, T> passed, Function<NotReady, T> notReady, Function<Judged, T> judged) {
            return passed.apply(this);
        }

        @Override
        public boolean isRejection() {
            return false;
        }

        @Override
        public String reason() {
            return why.reason;
        }
    }

    /** The cluster's state is not known: step 3. */
    record NotReady(boolean rejected) implements Decision {
        @Override
        public <T> T match(Function<Passed, T> passed, Function<NotReady, T> notReady, Function<Judged, T> judged) {
            return notReady.apply(this);
        }

        @Override
        public boolean isRejection() {
            return rejected;
        }

        @Override
        public String reason() {
            return "not-ready";
        }
    }

    /**
     * Judged: steps 4 to 7.
     *
     * @param rulings one for each flow of the assessment, in its order
     * @param findingsTold whether findings are told to the requester
     * @param namespace the namespace of the policy
     * @param age of the state judged by
     */
    record Judged(
            Assessment assessment,
            List<FlowRuling> rulings,
            boolean findingsTold,
            NamespaceEntry namespace,
            Leniency leniency,
            Duration age)
            implements Decision {
        public Judged {
            rulings = List.copyOf(rulings);
        }

        /** The rulings on flows with that effect and that enforcement. */
        public List<FlowRuling> rulings(Effect effect, Enforcement enforcement) {
            return rulings.stream()
                    .filter(ruling -> ruling.flow().effect() == effect && ruling.enforcement() == enforcement)
                    .toList();
        }

        /** The flows for whose sake the change is to be rejected, were it not for leniency. */
        public List<FlowRuling> grounds() {
            return rulings(Effect.NEWLY_BROKEN, Enforcement.DENY);
        }

        @Override
        public boolean isRejection() {
            return !grounds().isEmpty() && !leniency.admits();
        }

        @Override
        public String reason() {
            if (grounds().isEmpty()) {
                return assessment.flows(Effect.NEWLY_BROKEN).isEmpty() ? "breaks-nothing" : "breaks-flows-not-enforced";
            }
            return leniency.match(
                    () -> "breaks-flows",
                    overridden -> "overridden",
                    refused -> "breaks-flows",
                    unconfirmed -> "unconfirmed");
        }

        @Override
        public <T> T match(Function<Passed, T> passed, Function<NotReady, T> notReady, Function<Judged, T> judged) {
            return judged.apply(this);
        }
    }
}
