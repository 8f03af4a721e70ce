package dev.flowguard.assess.connections;

import dev.flowguard.assess.connections.AddressMap.Part;
import dev.flowguard.assess.connections.ConnectionEnd.Deployed;
import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Owner;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.policy.Direction;
import dev.flowguard.verdict.match.AddressAllowance;
import dev.flowguard.verdict.match.Allowance;
import dev.flowguard.verdict.reach.Allowances;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** One cluster's answers, for what is deployed in it rather than for workloads. Worth keeping where more is to be asked. For one thread. */
public final class Survey {
    private final Allowances allowances;
    private final SortedMap<Deployed, List<Integer>> workloads = new TreeMap<>();

    /** The same, found without comparing names: it is asked for twice for every pair of ends. */
    private final Map<Deployed, List<Integer>> quickly = new HashMap<>();

    private final NavigableSet<Deployed> divided = new TreeSet<>();
    private final IngressTargets ingressTargets;

    public Survey(Snapshot cluster) {
        PolicyView inForce = cluster.cni().enforcesPolicies() ? cluster : namespace -> List.of();
        this.allowances = new Allowances(cluster, inForce);
        for (int number = 0; number < allowances.workloads().size(); number++) {
            Workload workload = allowances.workloads().get(number);
            for (Owner owner : workload.owners()) {
                workloads
                        .computeIfAbsent(new Deployed(workload.namespace(), owner), key -> new ArrayList<>())
                        .add(number);
            }
        }
        quickly.putAll(workloads);
        this.ingressTargets = IngressTargets.of(cluster);
    }

    public Set<Deployed> deployed() {
        return workloads.keySet();
    }

    boolean has(Deployed end) {
        return workloads.containsKey(end);
    }

    /** Ends with pods that differ, where an answer given so far depends on which of them is meant. */
    NavigableSet<Deployed> divided() {
        return divided;
    }

    /** Whether policies of whatever kind isolate any of its pods in that direction, or may. */
    public boolean isIsolated(Deployed end, Direction direction) {
        return workloads(end).stream().anyMatch(workload -> allowances.isIsolated(workload, direction));
    }

    /** Whether these are two pods or may be: replicas talk to one another by the same rules as others, but a pod alone does not. */
    boolean areTwo(Deployed from, Deployed to) {
        return from != to && !from.equals(to)
                || !workloads(from).stream()
                        .allMatch(
                                workload -> allowances.workloads().get(workload).isLonePod());
    }

    Allowance between(Deployed from, Deployed to) {
        return between(from, workloads(from), to, workloads(to));
    }

    /** As the other, where it is known already of which workloads the ends consist. */
    Allowance between(Deployed from, List<Integer> sources, Deployed to, List<Integer> destinations) {
        if (sources.size() == 1 && destinations.size() == 1) {
            return allowances.between(sources.get(0), destinations.get(0));
        }
        return sources.stream()
                .flatMap(source -> destinations.stream().map(destination -> allowances.between(source, destination)))
                .reduce((one, other) -> together(one, other, from, to))
                .orElse(Allowance.NOTHING);
    }

    /** With addresses outside the cluster: to them (egress) or from them (ingress). */
    AddressMap<Allowance> outside(Deployed end, Direction direction) {
        return workloads(end).stream()
                .map(workload -> AddressMap.of(allowances.outside(workload, direction).stream()
                        .map((AddressAllowance part) -> new Part<>(part.range(), part.allowance()))
                        .toList()))
                .reduce((one, other) -> one.with(other, (a, b) -> together(a, b, end, end)))
                .orElseGet(() -> new AddressMap<>(List.of()));
    }

    /** From an ingress controller that is not among the workloads. */
    Allowance fromIngressController(Deployed to) {
        return workloads(to).stream()
                .map(workload -> ingressTargets.ports(allowances.workloads().get(workload)))
                .map(ports -> new Allowance(ports, ports))
                .reduce((one, other) -> together(one, other, to, to))
                .filter(behind -> !behind.isNothing())
                .map(behind -> behind.and(fromSomePod(to)))
                .orElse(Allowance.NOTHING);
    }

    private Allowance fromSomePod(Deployed to) {
        return workloads(to).stream()
                .map(allowances::fromSomePod)
                .reduce((one, other) -> together(one, other, to, to))
                .orElse(Allowance.NOTHING);
    }

    private Allowance together(Allowance one, Allowance other, Deployed from, Deployed to) {
        if (!one.equals(other)) {
            Optional.of(from).filter(end -> workloads(end).size() > 1).ifPresent(divided::add);
            Optional.of(to).filter(end -> workloads(end).size() > 1).ifPresent(divided::add);
        }
        return one.eitherWay(other);
    }

    List<Integer> workloads(Deployed end) {
        return quickly.getOrDefault(end, List.of());
    }
}
