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
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Everybody on the map, each at one place in a list: first what is deployed, then addresses as they are met. */
final class EndList {
    /** Where no NetworkPolicy isolates an end, but others do, or may. */
    private static final String OTHER_KINDS = "policies of other kinds";

    private final Snapshot cluster;
    private final SortedMap<Deployed, List<Workload>> workloads = new TreeMap<>();
    private final Map<ConnectionEnd, Integer> places = new LinkedHashMap<>();
    private final EndLabels labels;

    /** How many an earlier list knows. */
    private final int known;

    private final Set<Deployed> gone = new LinkedHashSet<>();

    EndList(Snapshot cluster) {
        this.cluster = cluster;
        cluster.namespaces().forEach(this::add);
        known = 0;
        labels = labelled();
        workloads.keySet().forEach(this::place);
    }

    /** As {@link #after}: namespaces that are the same are not looked at again. */
    private EndList(Snapshot later, EndList earlier) {
        cluster = later;
        workloads.putAll(earlier.workloads);
        for (NamespaceShard shard : earlier.cluster.namespaces()) {
            if (later.namespace(shard.name()).filter(is -> is == shard).isEmpty()) {
                gone.addAll(ends(shard));
            }
        }
        gone.forEach(workloads::remove);
        Set<Deployed> come = new LinkedHashSet<>();
        for (NamespaceShard shard : later.namespaces()) {
            if (earlier.cluster
                    .namespace(shard.name())
                    .filter(was -> was == shard)
                    .isEmpty()) {
                add(shard);
                come.addAll(ends(shard));
            }
        }
        boolean same = come.equals(gone);
        gone.removeAll(come);
        labels = same ? earlier.labels : labelled();
        places.putAll(earlier.places);
        known = places.size();
        come.stream().sorted().forEach(this::place);
    }

    /**
     * The list for a later cluster, in which everybody who is in this one keeps the place, and who comes is behind them. Who is gone
     * keeps the place too: {@link #gone}.
     */
    EndList after(Snapshot later) {
        return new EndList(later, this);
    }

    private EndLabels labelled() {
        return new EndLabels(workloads.keySet().stream().map(end -> (ConnectionEnd) end));
    }

    private void add(NamespaceShard shard) {
        for (Workload workload : shard.workloads()) {
            for (Owner owner : workload.owners()) {
                workloads
                        .computeIfAbsent(new Deployed(shard.name(), owner), key -> new ArrayList<>())
                        .add(workload);
            }
        }
    }

    private static Set<Deployed> ends(NamespaceShard shard) {
        Set<Deployed> ends = new LinkedHashSet<>();
        shard.workloads()
                .forEach(workload -> workload.owners().forEach(owner -> ends.add(new Deployed(shard.name(), owner))));
        return ends;
    }

    /** The places of those that are deployed no more. */
    List<Integer> gone() {
        return places(gone);
    }

    /** The places of these, as far as they are known. */
    List<Integer> places(Collection<Deployed> ends) {
        return ends.stream().filter(places::containsKey).map(this::place).toList();
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

    /** These, and all that an earlier list does not know, each at its place. */
    List<WhatIf.PlacedEnd> some(Set<Deployed> wanted, Survey survey) {
        List<WhatIf.PlacedEnd> some = new ArrayList<>();
        for (Deployed end : wanted) {
            if (places.getOrDefault(end, known) < known) {
                some.add(new WhatIf.PlacedEnd(place(end), view(end, survey)));
            }
        }
        if (places.size() > known) {
            places.forEach((end, place) -> {
                if (place >= known) {
                    some.add(new WhatIf.PlacedEnd(place, view(end, survey)));
                }
            });
        }
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
            for (CompiledPolicy policy : cluster.policiesIn(each.namespace())) {
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
