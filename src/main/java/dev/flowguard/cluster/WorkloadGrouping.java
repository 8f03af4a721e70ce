package dev.flowguard.cluster;

import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.NamedPort;
import dev.flowguard.cluster.object.Owner;
import dev.flowguard.cluster.object.PerPodLabels;
import dev.flowguard.cluster.object.PodShape;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.net.Address;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.chain.PolicySource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Groups the pods and templates of one namespace into workloads. */
final class WorkloadGrouping {
    /** What policy can see; equal for the pods of one workload. */
    private record Likeness(Labels labels, List<NamedPort> ports, boolean hostNetwork, String serviceAccount) {}

    private static final class Group {
        private final SortedSet<Owner> owners = new TreeSet<>();
        private final SortedSet<Address> addresses = new TreeSet<>();
        private int livePods;
    }

    /** Two groups never have the same place. */
    private record Placed(String place, Likeness likeness, Group group) {
        static Placed of(Likeness likeness, Group group) {
            List<NamedPort.Container> containers =
                    likeness.ports().stream().map(NamedPort::container).toList();
            return new Placed(group.owners + "|" + likeness + "|" + containers, likeness, group);
        }
    }

    private final OwnerTree owners;
    private final Set<String> significantKeys;
    private final Map<Likeness, Group> groups = new LinkedHashMap<>();

    /** @param significantKeys the keys of {@link PerPodLabels} that some selector names */
    WorkloadGrouping(OwnerTree owners, Set<String> significantKeys) {
        this.owners = owners;
        this.significantKeys = significantKeys;
    }

    void add(Fact.Pod pod) {
        Group group = group(pod.shape(), pod.perPod());
        group.owners.add(owners.topmost(pod.owner()));
        group.addresses.addAll(pod.addresses());
        group.livePods++;
    }

    void add(Fact.Template template) {
        List<Labels> perPod = significantKeys.isEmpty()
                ? List.of(Labels.NONE)
                : template.perPod().labels();
        for (Labels labels : perPod) {
            group(template.shape(), labels).owners.add(owners.topmost(template.owner()));
        }
    }

    private Group group(PodShape shape, Labels perPod) {
        Labels labels = significantKeys.isEmpty()
                ? shape.labels()
                : shape.labels().with(perPod.keeping(significantKeys::contains));
        String account = significantKeys.contains(PolicySource.SERVICE_ACCOUNT) ? shape.serviceAccount() : "";
        return groups.computeIfAbsent(
                new Likeness(labels, shape.ports(), shape.hostNetwork(), account), key -> new Group());
    }

    /** The workloads in an order that does not depend on the order of the facts. */
    List<Workload> workloads(String namespace) {
        Map<String, Set<String>> kindsByName = new HashMap<>();
        groups.values()
                .forEach(group -> group.owners.forEach(owner -> kindsByName
                        .computeIfAbsent(owner.name(), name -> new TreeSet<>())
                        .add(owner.kind())));
        List<Placed> ordered = groups.entrySet().stream()
                .map(entry -> Placed.of(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(Placed::place))
                .toList();
        List<Workload> workloads = new ArrayList<>(ordered.size());
        for (Placed placed : ordered) {
            Likeness likeness = placed.likeness();
            Group group = placed.group();
            workloads.add(new Workload(
                    namespace,
                    workloads.size(),
                    name(group, kindsByName),
                    List.copyOf(group.owners),
                    likeness.labels(),
                    likeness.ports(),
                    likeness.hostNetwork(),
                    likeness.serviceAccount(),
                    List.copyOf(group.addresses),
                    group.livePods));
        }
        return workloads;
    }

    private static String name(Group group, Map<String, Set<String>> kindsByName) {
        String names = group.owners.stream()
                .limit(2)
                .map(owner ->
                        kindsByName.getOrDefault(owner.name(), Set.of()).size() > 1 ? owner.toString() : owner.name())
                .collect(Collectors.joining(", "));
        int more = group.owners.size() - 2;
        return more > 0 ? names + " and " + more + " more" : names;
    }
}
