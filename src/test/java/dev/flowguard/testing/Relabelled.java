package dev.flowguard.testing;

import dev.flowguard.assess.Change;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.NamespaceEntry;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.cluster.object.PerPodLabels;
import dev.flowguard.cluster.object.PodShape;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.contract.Contract;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.NamespaceScope;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.Requirement;
import dev.flowguard.policy.Rule;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The same cluster with other words for its labels, wherever they stand. */
public final class Relabelled {
    private Relabelled() {}

    public static Scenario of(Scenario scenario) {
        return new Scenario(
                scenario.settings(),
                scenario.observations().stream()
                        .map(observation -> new Observation(
                                observation.object(),
                                observation.facts().stream().map(Relabelled::of).toList()))
                        .toList(),
                scenario.change()
                        .match(
                                create -> new Change.Create(of(create.created())),
                                update -> new Change.Update(of(update.old()), of(update.updated())),
                                delete -> new Change.Delete(of(delete.deleted())),
                                other -> other),
                scenario.confirmed().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                entry -> entry.getValue().stream()
                                        .map(Relabelled::of)
                                        .toList())));
    }

    private static Fact of(Fact fact) {
        if (fact instanceof NamespaceEntry namespace) {
            return new NamespaceEntry(
                    namespace.name(),
                    of(namespace.labels()),
                    namespace.settings(),
                    namespace.terminating(),
                    namespace.assumed());
        } else if (fact instanceof Fact.Pod pod) {
            return new Fact.Pod(
                    pod.namespace(), pod.name(), pod.owner(), of(pod.shape()), pod.perPod(), pod.addresses());
        } else if (fact instanceof Fact.Template template) {
            return new Fact.Template(template.namespace(), template.owner(), of(template.shape()), template.perPod());
        } else if (fact instanceof ServiceEntry service) {
            return new ServiceEntry(
                    service.namespace(),
                    service.name(),
                    service.labels(),
                    of(Labels.of(service.selector())).asMap(),
                    service.ports(),
                    service.clusterIps(),
                    service.exposure());
        } else if (fact instanceof Fact.NetworkPolicy policy) {
            return new Fact.NetworkPolicy(of(policy.policy()));
        } else if (fact instanceof Fact.Declared declared) {
            return new Fact.Declared(of(declared.contract()));
        }
        return fact;
    }

    private static PodShape of(PodShape shape) {
        return new PodShape(of(shape.labels()), shape.ports(), shape.hostNetwork());
    }

    private static Contract of(Contract contract) {
        return new Contract(
                contract.source(),
                contract.enforcement(),
                contract.flows().stream()
                        .map(flow ->
                                new Flow(flow.name(), flow.expectation(), of(flow.from()), of(flow.to()), flow.ports()))
                        .toList(),
                contract.problems());
    }

    private static FlowEnd of(FlowEnd end) {
        return end instanceof FlowEnd.Pods selected
                ? new FlowEnd.Pods(of(selected.namespaces()), of(selected.pods()))
                : end;
    }

    private static Policy of(Policy policy) {
        return new Policy(
                policy.ref(),
                of(policy.podSelector()),
                of(policy.ingress()),
                of(policy.egress()),
                policy.unknownFields());
    }

    private static Policy.Section of(Policy.Section section) {
        return new Policy.Section(
                section.isolates(),
                section.written().stream()
                        .map(rule -> new Rule(
                                rule.index(),
                                rule.peers().stream().map(Relabelled::of).toList(),
                                rule.ports(),
                                rule.unknownFields()))
                        .toList());
    }

    private static Peer of(Peer peer) {
        return peer.match(
                pods -> new Peer.Pods(
                        pods.namespaces()
                                .match(
                                        NamespaceScope.Own::new,
                                        matching -> new NamespaceScope.Matching(of(matching.selector()))),
                        of(pods.pods())),
                block -> block,
                unknown -> unknown);
    }

    private static LabelSelector of(LabelSelector selector) {
        return new LabelSelector(selector.requirements().stream()
                .map(requirement -> isFixed(requirement.key())
                        ? requirement
                        : new Requirement(
                                word(requirement.key()),
                                requirement.operator(),
                                requirement.values().stream()
                                        .map(Relabelled::word)
                                        .toList()))
                .toList());
    }

    private static Labels of(Labels labels) {
        Map<String, String> other = new TreeMap<>();
        labels.asMap()
                .forEach((key, value) -> other.put(isFixed(key) ? key : word(key), isFixed(key) ? value : word(value)));
        return Labels.of(other);
    }

    /** Labels that the API server or a controller sets. */
    private static boolean isFixed(String key) {
        return PerPodLabels.isPerPod(key) || key.equals(LabelSelector.NAMESPACE_NAME);
    }

    /** Another order of the words, too. */
    private static String word(String text) {
        return new StringBuilder(text).reverse().append("-other").toString();
    }
}
