package dev.flowguard.verdict;

import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All workloads of a snapshot with a number each, from 0, so that a set of them is a bitmap. Namespace by namespace, ascending. */
final class Roster {
    private final List<Workload> workloads = new ArrayList<>();
    private final List<Endpoint> endpoints = new ArrayList<>();
    private final Map<String, Integer> firstOf = new HashMap<>();

    Roster(Snapshot cluster) {
        for (NamespaceShard shard : cluster.namespaces()) {
            firstOf.put(shard.name(), workloads.size());
            workloads.addAll(shard.workloads());
        }
        workloads.forEach(workload -> endpoints.add(new Endpoint.Pods(workload)));
    }

    List<Workload> workloads() {
        return workloads;
    }

    int size() {
        return workloads.size();
    }

    Workload workload(int number) {
        return workloads.get(number);
    }

    Endpoint endpoint(int number) {
        return endpoints.get(number);
    }

    int number(Workload workload) {
        return firstOf.getOrDefault(workload.namespace(), 0) + workload.index();
    }
}
