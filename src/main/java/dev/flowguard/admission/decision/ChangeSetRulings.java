package dev.flowguard.admission.decision;

import dev.flowguard.assess.Change;
import dev.flowguard.assess.Effect;
import dev.flowguard.assess.FlowAssessment;
import dev.flowguard.assess.FlowComparison;
import dev.flowguard.assess.PairAssessment;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.Enforcement;
import dev.flowguard.verdict.trace.SideTrace;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** How far contracts may go against a set of changes: as far as against the change that breaks them. */
final class ChangeSetRulings {
    private final Map<String, List<Change>> changes;
    private final Snapshot cluster;
    private final DecisionSettings settings;
    private final Requester requester;
    private final Predicate<Change> overridden;

    ChangeSetRulings(
            List<Change> changes,
            Snapshot cluster,
            DecisionSettings settings,
            Requester requester,
            Predicate<Change> overridden) {
        this.changes = changes.stream()
                .collect(Collectors.groupingBy(change -> change.policy().namespace()));
        this.cluster = cluster;
        this.settings = settings;
        this.requester = requester;
        this.overridden = overridden;
    }

    Enforcement mostOfFindings(Change change) {
        return rulings(change.policy().namespace()).mostOfFindings();
    }

    /** Of several namespaces whose changes break the flow, the one in which the contract may go farthest. */
    ChangeSetDecision.RuledFlow rule(FlowComparison comparison) {
        FlowAssessment flow = comparison.known();
        Set<String> guilty = guilty(flow);
        FlowRuling ruling = guilty.stream()
                .map(namespace -> rulings(namespace).rule(flow))
                .max(Comparator.comparing(FlowRuling::enforcement))
                .orElseGet(() ->
                        rulings(flow.flow().contract().source().homeNamespace()).rule(flow));
        return new ChangeSetDecision.RuledFlow(
                comparison,
                ruling,
                guilty.stream().anyMatch(changes::containsKey)
                        && guilty.stream().allMatch(this::isOverridden));
    }

    private Rulings rulings(String namespace) {
        return new Rulings(
                settings, requester, cluster.namespaceOrAssumed(namespace).entry(), cluster);
    }

    private boolean isOverridden(String namespace) {
        List<Change> there = changes.getOrDefault(namespace, List.of());
        return !there.isEmpty() && there.stream().allMatch(overridden);
    }

    /**
     * The namespaces with changed policies on a side that blocks, or else at either end, or else those of changed objects of other kinds,
     * such as cluster-wide policies; where nothing of that was changed it is something else that broke the flow, and the namespaces
     * of the ends are to answer for it.
     */
    private Set<String> guilty(FlowAssessment flow) {
        Set<String> blocking = new TreeSet<>();
        for (PairAssessment pair : flow.examples(Effect.NEWLY_BROKEN)) {
            for (SideTrace side : pair.trace().sides()) {
                if (side.answer().isNo()) {
                    blocking.add(side.subject().namespace());
                }
            }
        }
        Set<String> changed = withChanges(blocking);
        if (changed.isEmpty()) {
            changed = withChanges(flow.namespaces());
        }
        if (changed.isEmpty()) {
            changed = ofOtherKinds();
        }
        return !changed.isEmpty() ? changed : !blocking.isEmpty() ? blocking : new TreeSet<>(flow.namespaces());
    }

    private Set<String> withChanges(Set<String> namespaces) {
        return namespaces.stream().filter(changes::containsKey).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Where objects of other kinds were changed, what policies come down to may have changed anywhere. */
    private Set<String> ofOtherKinds() {
        return changes.values().stream()
                .flatMap(List::stream)
                .flatMap(change -> change.others().stream())
                .map(other -> other.changed().namespace())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
