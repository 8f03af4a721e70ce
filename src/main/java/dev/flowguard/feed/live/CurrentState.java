package dev.flowguard.feed.live;

import dev.flowguard.admission.decision.ClusterState;
import dev.flowguard.admission.decision.ClusterState.Confirmation;
import dev.flowguard.admission.decision.Grounds;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.feed.live.api.ApiProblem;
import dev.flowguard.feed.live.api.ApiServer;
import dev.flowguard.feed.live.api.ListPage;
import dev.flowguard.feed.live.api.PendingAnswer;
import dev.flowguard.feed.live.api.Rereading;
import dev.flowguard.feed.live.api.Resource;
import dev.flowguard.feed.live.api.Resources;
import dev.flowguard.feed.live.api.Role;
import dev.flowguard.kubernetes.OtherPolicyKinds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What the API server says at this moment. Watches are behind by an instant: an allow rule, a Namespace's label or the end of a contract
 * that the same {@code kubectl apply -f} brought just before may not have come in, and must not be missing in a rejection. All of it
 * is asked for at once. Without a version in the request, the answer is not older than the request.
 */
final class CurrentState {
    private static final List<Resource> READ_OF_EACH_NAMESPACE =
            List.of(Resources.NETWORK_POLICIES, Resources.of("FlowContract"));
    private static final Resource CLUSTER_CONTRACTS = Resources.of("ClusterFlowContract");

    private final ApiServer api;
    private final Duration budget;
    private final Supplier<Set<Resource>> otherPolicies;
    private final ObjectObserver observer = new ObjectObserver();

    /**
     * @param budget for all of an answer
     * @param otherPolicies kinds of policies beside NetworkPolicy that the cluster serves
     */
    CurrentState(ApiServer api, Duration budget, Supplier<Set<Resource>> otherPolicies) {
        this.otherPolicies = otherPolicies;
        this.api = api;
        this.budget = budget;
    }

    Confirmation confirm(Snapshot judged, Grounds grounds) {
        return confirm(judged, grounds, budget);
    }

    /** @param time for all of the answer */
    Confirmation confirm(Snapshot judged, Grounds grounds, Duration time) {
        try {
            return new Confirmation.Confirmed(judged.with(read(judged, readings(grounds), time)));
        } catch (ApiProblem problem) {
            return new Confirmation.Unconfirmed(problem.clause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Confirmation.Unconfirmed("it was interrupted");
        }
    }

    private List<Rereading> readings(Grounds grounds) {
        List<Rereading> readings = new ArrayList<>();
        Set<String> namespaces = grounds.namespaces().stream()
                .filter(namespace -> !namespace.equals(Grounds.CLUSTER))
                .collect(Collectors.toSet());
        if (namespaces.size() > ClusterState.FEW_NAMESPACES) {
            READ_OF_EACH_NAMESPACE.forEach(resource -> readings.add(Rereading.allAmong(namespaces, resource)));
            readings.add(Rereading.allAmong(namespaces, Rereading.NAMESPACES));
        } else {
            namespaces.forEach(namespace -> {
                READ_OF_EACH_NAMESPACE.forEach(resource -> readings.add(Rereading.allIn(namespace, resource)));
                readings.add(Rereading.namespace(namespace));
            });
        }
        if (grounds.namespaces().contains(Grounds.CLUSTER)) {
            readings.add(Rereading.allAmong(Set.of(Grounds.CLUSTER), CLUSTER_CONTRACTS));
        }
        otherPolicies.get().forEach(resource -> readings.addAll(ofOthers(resource, namespaces)));
        for (ObjectRef object : grounds.objects()) {
            Resources.find(object.kind()).ifPresent(resource -> {
                readings.add(Rereading.one(resource, object));
                if (resource.role() == Role.SERVICE) {
                    readings.add(Rereading.slicesOf(object));
                }
            });
        }
        grounds.workloads().stream()
                .filter(workload ->
                        workload.livePods() > 0 && !workload.labels().isEmpty())
                .forEach(workload -> readings.add(Rereading.podsOf(workload)));
        return readings;
    }

    /** An allow rule of any kind may have come just before. */
    private static List<Rereading> ofOthers(Resource resource, Set<String> namespaces) {
        if (!OtherPolicyKinds.isNamespaced(resource.group(), resource.kind())) {
            return List.of(Rereading.allAmong(Set.of(""), resource));
        }
        return namespaces.size() > ClusterState.FEW_NAMESPACES
                ? List.of(Rereading.allAmong(namespaces, resource))
                : namespaces.stream()
                        .map(namespace -> Rereading.allIn(namespace, resource))
                        .toList();
    }

    private List<Observation> read(Snapshot judged, List<Rereading> readings, Duration time)
            throws ApiProblem, InterruptedException {
        long start = System.nanoTime();
        List<PendingAnswer> pending = readings.stream().map(api::begin).toList();
        Map<ObjectRef, Observation> read = new HashMap<>();
        try {
            for (int each = 0; each < readings.size(); each++) {
                take(judged, readings.get(each), pending.get(each), left(start, time), read);
            }
            left(start, time);
        } finally {
            pending.forEach(PendingAnswer::cancel);
        }
        return List.copyOf(read.values());
    }

    private void take(
            Snapshot judged, Rereading reading, PendingAnswer answer, Duration left, Map<ObjectRef, Observation> read)
            throws ApiProblem, InterruptedException {
        Map<ObjectRef, Observation> found = new HashMap<>();
        try {
            ListPage page = api.page(answer.await(left), reading.resource(), item -> {
                ObjectRef ref = reading.resource().ref(item);
                if (reading.wants(ref)) {
                    found.put(ref, observer.observe(ref, item));
                }
            });
            if (!page.next().isEmpty()) {
                if (reading.isNeeded()) {
                    throw ApiProblem.noAnswer("there are too many " + reading.resource() + " to read again");
                }
                return;
            }
        } catch (ApiProblem problem) {
            // Where a kind is not served, there is none of it.
            if (!problem.isAbsent()) {
                if (reading.isNeeded()) {
                    throw problem;
                }
                return;
            }
        }
        reading.known(judged).forEach(known -> read.putIfAbsent(known, Observation.gone(known)));
        read.putAll(found);
    }

    /** @throws ApiProblem if nothing is left */
    private static Duration left(long start, Duration time) throws ApiProblem {
        Duration left = time.minusNanos(System.nanoTime() - start);
        if (left.toMillis() <= 0) {
            throw ApiProblem.noAnswer("not all of the answer came within " + time.toMillis() + " ms");
        }
        return left;
    }
}
