package dev.flowguard.admission.decision;

import dev.flowguard.assess.Assessment;
import dev.flowguard.assess.Effect;
import dev.flowguard.assess.Finding;
import dev.flowguard.assess.FindingLevel;
import dev.flowguard.cluster.object.NamespaceEntry;
import dev.flowguard.contract.Enforcement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** What is decided, and by what: a value from which the answer, the log line and the metrics are made. */
public sealed interface Decision {
    /** {@link #reason()} of what is worth a number of its own. */
    String STATE_NOT_READY = "not-ready";

    String BREAKS_FLOWS = "breaks-flows";
    String FINDING_DENIED = "finding-denied";
    String OVERRIDDEN = "overridden";
    String UNCONFIRMED = "unconfirmed";
    String STAGED = "staged";
    String REHEARSED = "rehearsed";

    <T> T match(Function<Passed, T> passed, Function<NotReady, T> notReady, Function<Judged, T> judged);

    boolean isRejection();

    /** Whether the time was over before anything was sure, so that this must not be taken for a verdict. */
    default boolean isUnfinished() {
        return false;
    }

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

    /**
     * The cluster's state is not known: step 3.
     *
     * @param troubles what is not known, since when, and why; gravest first
     * @param cause the same in a word: {@code loading}, {@code out-of-touch} or {@code unavailable}
     */
    record NotReady(boolean rejected, List<String> troubles, String cause) implements Decision {
        public NotReady {
            troubles = List.copyOf(troubles);
        }

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
            return STATE_NOT_READY;
        }
    }

    /**
     * Judged: steps 4 to 7.
     *
     * @param rulings one for each flow of the assessment, in its order
     * @param findings the most that findings may do
     * @param namespace the namespace of the policy
     * @param age of the state judged by
     */
    record Judged(
            Assessment assessment,
            List<FlowRuling> rulings,
            Enforcement findings,
            NamespaceEntry namespace,
            Leniency leniency,
            Duration age)
            implements Decision {
        public Judged {
            rulings = List.copyOf(rulings);
        }

        Judged with(Leniency other) {
            return new Judged(assessment, rulings, findings, namespace, other, age);
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

        /** The findings for whose sake the change is to be rejected, were it not for leniency. */
        public List<Finding> deniedFindings() {
            return findings == Enforcement.DENY
                    ? assessment.findings().stream()
                            .filter(finding -> finding.level() == FindingLevel.DENY)
                            .toList()
                    : List.of();
        }

        /** The findings that are told as warnings. */
        List<Finding> warnedFindings() {
            List<Finding> told = findings == Enforcement.AUDIT ? List.of() : assessment.findings();
            List<Finding> denied = isRejection() ? deniedFindings() : List.of();
            return told.stream().filter(finding -> !denied.contains(finding)).toList();
        }

        @Override
        public boolean isUnfinished() {
            return !assessment.isComplete() && !hasGrounds();
        }

        boolean hasGrounds() {
            return !grounds().isEmpty() || !deniedFindings().isEmpty();
        }

        /** The namespaces whose policies decide about the grounds. */
        Set<String> namespacesOfGrounds() {
            Set<String> namespaces = new TreeSet<>();
            grounds().forEach(ruling -> namespaces.addAll(ruling.flow().namespaces()));
            if (!deniedFindings().isEmpty() && !isClusterWide()) {
                namespaces.add(namespace.name());
            }
            return namespaces;
        }

        /** Of those, not more than so many: all, or else that of the policy and those of some pairs that would be broken. */
        Set<String> someNamespacesOfGrounds(int most) {
            Set<String> all = namespacesOfGrounds();
            if (all.size() <= most) {
                return all;
            }
            Set<String> some = new TreeSet<>(Set.of(namespace.name()));
            brokenPairs().forEach(ends -> {
                if (Stream.concat(some.stream(), ends.stream()).distinct().count() <= most) {
                    some.addAll(ends);
                }
            });
            return some;
        }

        /** Whether there is one about which the policies of these namespaces alone decide. */
        boolean hasGroundsWithin(Set<String> namespaces) {
            return brokenPairs().anyMatch(namespaces::containsAll)
                    || (!deniedFindings().isEmpty() && (isClusterWide() || namespaces.contains(namespace.name())));
        }

        private boolean isClusterWide() {
            return assessment.change().object().namespace().isEmpty();
        }

        /** The namespaces of each pair that is known by name among the grounds. */
        private Stream<Set<String>> brokenPairs() {
            return grounds().stream()
                    .flatMap(ruling -> ruling.flow().examples(Effect.NEWLY_BROKEN).stream())
                    .map(example -> example.pair().namespaces());
        }

        @Override
        public boolean isRejection() {
            return hasGrounds() && !leniency.admits();
        }

        @Override
        public String reason() {
            if (!hasGrounds()) {
                return assessment.flows(Effect.NEWLY_BROKEN).isEmpty() ? "breaks-nothing" : "breaks-flows-not-enforced";
            }
            String rejected = grounds().isEmpty() ? FINDING_DENIED : BREAKS_FLOWS;
            return leniency.match(
                    () -> rejected,
                    overridden -> OVERRIDDEN,
                    refused -> rejected,
                    unconfirmed -> UNCONFIRMED,
                    staged -> staged.admits() ? STAGED : rejected,
                    () -> REHEARSED);
        }

        @Override
        public <T> T match(Function<Passed, T> passed, Function<NotReady, T> notReady, Function<Judged, T> judged) {
            return judged.apply(this);
        }
    }
}
