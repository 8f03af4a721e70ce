package dev.flowguard.view;

import dev.flowguard.assess.connections.ConnectionEnd;
import dev.flowguard.assess.connections.ConnectionEnd.Addresses;
import dev.flowguard.assess.connections.ConnectionEnd.Deployed;
import dev.flowguard.assess.connections.ConnectionEnd.IngressController;
import dev.flowguard.assess.connections.Survey;
import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Owner;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.policy.Direction;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.wording.EndLabels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Everybody on the map, each at one place in a list: first what is deployed, then addresses as they are met. */
final class EndList {
    /** Where no NetworkPolicy isolates an end, but others do, or may. */
    private static final String OTHER_KINDS = "policies of other kinds";

    private final SortedMap<Deployed, List<Workload>> workloads = new TreeMap<>();
    private final Map<ConnectionEnd, Integer> places = new LinkedHashMap<>();
    private final EndLabels labels;

    /** Policies are asked for once for all that is deployed. */
    private final Map<String, List<CompiledPolicy>> policies = new HashMap<>();

    EndList(Snapshot cluster) {
        for (NamespaceShard shard : cluster.namespaces()) {
            policies.put(shard.name(), shard.policies());
            for (Workload workload : shard.workloads()) {
                for (Owner owner : workload.owners()) {
                    workloads
                            .computeIfAbsent(new Deployed(shard.name(), owner), key -> new ArrayList<>())
                            .add(workload);
                }
            }
        }
        labels = new EndLabels(workloads.keySet().stream().map(end -> (ConnectionEnd) end));
        workloads.keySet().forEach(this::place);
    }

    /** @param earlier whose places are kept, as far as somebody there is deployed here too, and all that are no pods */
    EndList(Snapshot cluster, EndList earlier) {
        this(cluster);
        if (isLike(earlier)) {
            earlier.places.keySet().forEach(this::place);
        }
    }

    /** Whether the same is deployed, so that places are the same. */
    boolean isLike(EndList other) {
        return workloads.keySet().equals(other.workloads.keySet());
    }

    int place(ConnectionEnd end) {
        return places.computeIfAbsent(end, key -> places.size());
    }

    /** Pods of several owners are at the places of all of them. */
    List<Integer> places(Endpoint end) {
        return end.match(
                pods -> pods.workload().owners().stream()
                        .map(owner -> place(new Deployed(pods.workload().namespace(), owner)))
                        .toList(),
                addresses -> List.of(place(new Addresses(addresses.range()))));
    }

    String label(ConnectionEnd end) {
        return labels.of(end);
    }

    /** All that have been met by now. */
    List<ClusterMap.End> all(Survey survey) {
        return places.keySet().stream().map(end -> view(end, survey)).toList();
    }

    /** Those in that namespace, and those that are in no namespace, each at its place. */
    List<WhatIf.PlacedEnd> some(String namespace, Survey survey) {
        List<WhatIf.PlacedEnd> some = new ArrayList<>();
        places.forEach((end, place) -> {
            if (end.match(deployed -> deployed.namespace().equals(namespace), addresses -> true, () -> true)) {
                some.add(new WhatIf.PlacedEnd(place, view(end, survey)));
            }
        });
        return some;
    }

    private ClusterMap.End view(ConnectionEnd end, Survey survey) {
        return end.match(
                deployed -> view(deployed, survey),
                addresses -> plain(addresses, "Addresses"),
                () -> plain(new IngressController(), "IngressController"));
    }

    private ClusterMap.End plain(ConnectionEnd end, String kind) {
        return new ClusterMap.End(label(end), kind, "", label(end), label(end), 0, false, List.of(), List.of());
    }

    private ClusterMap.End view(Deployed end, Survey survey) {
        List<Workload> pods = workloads.getOrDefault(end, List.of());
        return new ClusterMap.End(
                end.owner().kind() + "/" + end.namespace() + "/" + end.owner().name(),
                end.owner().kind(),
                end.namespace(),
                labels.withinNamespace(end).orElse(end.owner().name()),
                label(end),
                pods.stream().mapToInt(Workload::livePods).sum(),
                !pods.isEmpty() && pods.stream().allMatch(Workload::hostNetwork),
                isolating(end, pods, Direction.INGRESS, survey),
                isolating(end, pods, Direction.EGRESS, survey));
    }

    private List<String> isolating(Deployed end, List<Workload> pods, Direction direction, Survey survey) {
        TreeSet<String> names = new TreeSet<>();
        for (Workload each : pods) {
            for (CompiledPolicy policy : policies.getOrDefault(each.namespace(), List.of())) {
                if (policy.isolates(each, direction)) {
                    names.add(policy.policy().ref().toString());
                }
            }
        }
        if (names.isEmpty() && survey.isIsolated(end, direction)) {
            names.add(OTHER_KINDS);
        }
        return List.copyOf(names);
    }
}
