package dev.flowguard.feed.live.api;

import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.contract.ObjectRef;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A list that is made again of a part of what is known: some objects of one kind. What of that part is not in the list is no more.
 *
 * @param namespace in which is asked; empty: all
 * @param labelSelector as the API has it; empty: all
 * @param scopes the namespaces of which the part is, a Namespace being in the one that it makes; "" for what is cluster-wide
 * @param part which of the objects known there belong to the part
 * @param isNeeded whether nothing is confirmed without it; else what was known stays
 */
public record Rereading(
        Resource resource,
        String namespace,
        String labelSelector,
        Set<String> scopes,
        Predicate<Observation> part,
        boolean isNeeded) {
    public static final Resource NAMESPACES = Resources.of("Namespace");
    private static final Resource PODS = Resources.of("Pod");
    private static final Resource SLICES = Resources.of("EndpointSlice");

    /** All objects of a kind in one namespace. */
    public static Rereading allIn(String namespace, Resource resource) {
        return new Rereading(resource, namespace, "", Set.of(namespace), observation -> true, true);
    }

    /** All objects of a kind, of which those of some namespaces are of interest. */
    public static Rereading allAmong(Set<String> namespaces, Resource resource) {
        return new Rereading(resource, "", "", namespaces, observation -> true, true);
    }

    public static Rereading namespace(String name) {
        return new Rereading(NAMESPACES.named(name), "", "", Set.of(name), observation -> true, true);
    }

    /** @param resource the object's kind */
    public static Rereading one(Resource resource, ObjectRef object) {
        return new Rereading(
                resource.named(object.name()),
                object.namespace(),
                "",
                Set.of(object.kind().equals(NAMESPACES.kind()) ? object.name() : object.namespace()),
                observation -> observation.object().equals(object),
                resource.role() == Role.CONTRACT);
    }

    public static Rereading slicesOf(ObjectRef service) {
        return new Rereading(
                SLICES,
                service.namespace(),
                "kubernetes.io/service-name=" + service.name(),
                Set.of(service.namespace()),
                observation -> observation.facts().stream()
                        .anyMatch(fact -> fact instanceof Fact.Endpoints slice
                                && slice.service().equals(service.name())),
                false);
    }

    /** The pods that have a workload's labels. */
    public static Rereading podsOf(Workload workload) {
        Map<String, String> labels = workload.labels().asMap();
        return new Rereading(
                PODS,
                workload.namespace(),
                labels.entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .collect(Collectors.joining(",")),
                Set.of(workload.namespace()),
                observation ->
                        observation.facts().stream().anyMatch(fact -> fact instanceof Fact.Pod pod && has(pod, labels)),
                false);
    }

    private static boolean has(Fact.Pod pod, Map<String, String> labels) {
        return pod.shape().labels().with(pod.perPod()).asMap().entrySet().containsAll(labels.entrySet());
    }

    String path() {
        return namespace.isEmpty() ? resource.path() : resource.path(namespace);
    }

    /** Whether what an object of the list tells is of the part. */
    public boolean wants(ObjectRef object) {
        return scopes.contains(object.kind().equals(NAMESPACES.kind()) ? object.name() : object.namespace());
    }

    /** Those objects of the part that are known. */
    public Set<ObjectRef> known(Snapshot snapshot) {
        return scopes.stream()
                .flatMap(scope -> snapshot.observedIn(scope).stream())
                .filter(observation -> observation.object().kind().equals(resource.refKind()))
                .filter(part)
                .map(Observation::object)
                .collect(Collectors.toSet());
    }
}
