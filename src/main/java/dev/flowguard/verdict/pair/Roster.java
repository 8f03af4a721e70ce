package dev.flowguard.verdict.pair;

import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All workloads of a snapshot with a number each, from 0, so that a set of them is a bitmap. Namespace by namespace, ascending. */
public final class Roster {
    private final List<Workload> workloads = new ArrayList<>();
    private final List<Endpoint> endpoints = new ArrayList<>();
    private final Map<String, Integer> firstOf = new HashMap<>();

    public Roster(Snapshot cluster) {
        for (NamespaceShard shard : cluster.namespaces()) {
            firstOf.put(shard.name(), workloads.size());
            workloads.addAll(shard.workloads());
        }
        workloads.forEach(workload -> endpoints.add(new Endpoint.Pods(workload)));
    }

    public List<Workload> workloads() {
        return workloads;
    }

    public int size() {
        return workloads.size();
    }

    public Workload workload(int number) {
        return workloads.get(number);
    }

    public Endpoint endpoint(int number) {
        return endpoints.get(number);
    }

    public int number(Workload workload) {
        return firstOf.getOrDefault(workload.namespace(), 0) + workload.index();
    }
}
