package dev.flowguard.admission.decision;

import dev.flowguard.assess.Change;
import dev.flowguard.assess.Effect;
import dev.flowguard.assess.Finding;
import dev.flowguard.assess.FindingLevel;
import dev.flowguard.assess.FlowComparison;
import dev.flowguard.assess.StateComparison;
import dev.flowguard.assess.finding.Findings;
import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.PolicyOverlay;
import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.Enforcement;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.PolicyRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is decided about the difference between two states, as if it were one request: a flow that is newly broken rejects it as
 * far as the webhook would reject the change of a policy that breaks it; what else changes (pods, Services, namespaces,
 * contracts) is judged by the same contracts.
 *
 * @param flows one for each flow that the later state declares, in the order of the contracts
 * @param findings about policies that are new or changed
 * @param denied those of them that reject
 * @param noLongerDeclared flows of which the earlier state had the declaration and the later one has none
 */
public record ChangeSetDecision(
        List<Change> changes,
        List<RuledFlow> flows,
        List<Finding> findings,
        List<Finding> denied,
        List<DeclaredFlow> noLongerDeclared) {
    /**
     * How a flow fares, and what follows.
     *
     * @param ruling for the pairs that both states have
     * @param overridden whether the policies that break it carry the override annotation, and the requester may
     */
    public record RuledFlow(FlowComparison comparison, FlowRuling ruling, boolean overridden) {
        /** Whether it is a reason to reject. */
        public boolean rejects() {
            return comparison.known().effect() == Effect.NEWLY_BROKEN
                    && ruling.enforcement() == Enforcement.DENY
                    && !overridden;
        }
    }

    public ChangeSetDecision {
        changes = List.copyOf(changes);
        flows = List.copyOf(flows);
        findings = List.copyOf(findings);
        denied = List.copyOf(denied);
        noLongerDeclared = List.copyOf(noLongerDeclared);
    }

    /** The NetworkPolicies that differ. */
    public Set<PolicyRef> changed() {
        return changes.stream()
                .flatMap(change -> change.object().asPolicy().stream())
                .collect(Collectors.toSet());
    }

    public boolean isRejection() {
        return !denied.isEmpty() || flows.stream().anyMatch(RuledFlow::rejects);
    }

    /** Only what is wanted of it; the changes stay, since any of them may be the reason. */
    public ChangeSetDecision only(Predicate<DeclaredFlow> flowsWanted, Predicate<Finding> findingsWanted) {
        return new ChangeSetDecision(
                changes,
                flows.stream()
                        .filter(flow -> flowsWanted.test(flow.comparison().flow()))
                        .toList(),
                findings.stream().filter(findingsWanted).toList(),
                denied.stream().filter(findingsWanted).toList(),
                noLongerDeclared.stream().filter(flowsWanted).toList());
    }

    /** @param overridden whether a policy carries the override annotation, and whoever asks may override there */
    public static ChangeSetDecision of(
            Snapshot earlier,
            Snapshot later,
            DecisionSettings settings,
            Requester requester,
            Predicate<Change> overridden) {
        List<Change> changes = changes(earlier, later);
        Snapshot before = earlier.distinguishing(versions(changes));
        Snapshot after = later.distinguishing(versions(changes));
        ChangeSetRulings rulings = new ChangeSetRulings(changes, after, settings, requester, overridden);
        StateComparison comparison = new StateComparison(before, after);
        PolicyView policiesBefore = policiesOf(earlier, after);
        List<Finding> findings = new ArrayList<>();
        List<Finding> denied = new ArrayList<>();
        for (Change change : changes) {
            List<Finding> about = Findings.about(change, after, policiesBefore, after, settings.findings());
            Enforcement most = rulings.mostOfFindings(change);
            if (most != Enforcement.AUDIT) {
                findings.addAll(about);
            }
            if (most == Enforcement.DENY && !overridden.test(change)) {
                about.stream()
                        .filter(finding -> finding.level() == FindingLevel.DENY)
                        .forEach(denied::add);
            }
        }
        return new ChangeSetDecision(
                changes,
                comparison.compare().stream().map(rulings::rule).toList(),
                findings,
                denied,
                comparison.noLongerDeclared());
    }

    private static List<Policy> versions(List<Change> changes) {
        return changes.stream().flatMap(Change::versions).toList();
    }

    /** By namespace and name: NetworkPolicies that are new, differ or are gone, then those of other kinds. */
    private static List<Change> changes(Snapshot earlier, Snapshot later) {
        Set<String> namespaces = Stream.of(earlier, later)
                .flatMap(state -> state.namespaces().stream())
                .map(NamespaceShard::name)
                .collect(Collectors.toCollection(TreeSet::new));
        List<Change> changes = new ArrayList<>();
        for (String namespace : namespaces) {
            Set<String> names = Stream.of(earlier, later)
                    .flatMap(state -> state.policiesIn(namespace).stream())
                    .map(policy -> policy.policy().ref().name())
                    .collect(Collectors.toCollection(TreeSet::new));
            names.forEach(name -> change(policy(earlier, namespace, name), policy(later, namespace, name))
                    .ifPresent(changes::add));
        }
        Stream.concat(Stream.of(""), namespaces.stream())
                .flatMap(scope -> ofOtherKinds(scope, earlier, later))
                .forEach(changes::add);
        return changes;
    }

    private static Stream<Change> ofOtherKinds(String scope, Snapshot earlier, Snapshot later) {
        return Stream.of(earlier, later)
                .flatMap(state -> state.observedIn(scope).stream())
                .filter(Observation::isOfPolicies)
                .map(Observation::object)
                .distinct()
                .sorted()
                .map(object -> new Change.OfOther(object, earlier.observed(object), later.observed(object)))
                .filter(change -> !change.old().facts().equals(change.updated().facts()))
                .map(change -> change);
    }

    private static Optional<Change> change(Optional<Policy> before, Optional<Policy> after) {
        if (before.isPresent() && after.isPresent()) {
            return before.equals(after) ? Optional.empty() : Optional.of(new Change.Update(before.get(), after.get()));
        }
        return after.<Change>map(Change.Create::new).or(() -> before.map(Change.Delete::new));
    }

    private static Optional<Policy> policy(Snapshot state, String namespace, String name) {
        return state.namespace(namespace).flatMap(shard -> shard.policy(name));
    }

    /** The earlier policies, selecting among the later workloads. */
    private static PolicyView policiesOf(Snapshot earlier, Snapshot later) {
        Map<String, List<CompiledPolicy>> policies = new HashMap<>();
        for (NamespaceShard shard : later.namespaces()) {
            policies.put(
                    shard.name(),
                    earlier.policiesIn(shard.name()).stream()
                            .map(policy -> shard.compile(policy.policy()))
                            .toList());
        }
        return new PolicyOverlay(later, policies);
    }
}
