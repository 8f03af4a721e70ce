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
import org.jspecify.annotations.Nullable;

/** One cluster's answers, for what is deployed in it rather than for workloads. Worth keeping where more is to be asked. For one thread. */
public final class Survey {
    private final Snapshot cluster;
    private final Allowances allowances;
    private final SortedMap<Deployed, List<Integer>> workloads;

    /** The same, found without comparing names: it is asked for twice for every pair of ends. */
    private final Map<Deployed, List<Integer>> quickly;

    private final NavigableSet<Deployed> divided = new TreeSet<>();
    private @Nullable IngressTargets ingressTargets;

    public Survey(Snapshot cluster) {
        this.cluster = cluster;
        this.allowances = allowances(cluster);
        this.workloads = new TreeMap<>();
        for (int number = 0; number < allowances.workloads().size(); number++) {
            Workload workload = allowances.workloads().get(number);
            for (Owner owner : workload.owners()) {
                workloads
                        .computeIfAbsent(new Deployed(workload.namespace(), owner), key -> new ArrayList<>())
                        .add(number);
            }
        }
        this.quickly = new HashMap<>(workloads);
    }

    /** Of a later cluster in which the same is deployed. */
    private Survey(Snapshot cluster, Allowances allowances, Survey earlier) {
        this.cluster = cluster;
        this.allowances = allowances;
        this.workloads = earlier.workloads;
        this.quickly = earlier.quickly;
    }

    /** Of a later cluster; where the same is deployed in it, who that is is not found out again. */
    public Survey after(Snapshot later) {
        Allowances known = allowances(later);
        return hasSameOwners(known.workloads()) ? new Survey(later, known, this) : new Survey(later);
    }

    private static Allowances allowances(Snapshot cluster) {
        PolicyView inForce = cluster.cni().enforcesPolicies() ? cluster : namespace -> List.of();
        return new Allowances(cluster, inForce);
    }

    private boolean hasSameOwners(List<Workload> others) {
        List<Workload> own = allowances.workloads();
        for (int number = 0; number < Math.min(own.size(), others.size()); number++) {
            Workload was = own.get(number);
            Workload is = others.get(number);
            if (was != is
                    && (!was.namespace().equals(is.namespace()) || !was.owners().equals(is.owners()))) {
                return false;
            }
        }
        return own.size() == others.size();
    }

    public Set<Deployed> deployed() {
        return workloads.keySet();
    }

    boolean has(Deployed end) {
        return quickly.containsKey(end);
    }

    /** Ends with pods that differ, where an answer given so far depends on which of them is meant. */
    NavigableSet<Deployed> divided() {
        return divided;
    }

    /** Whether policies of whatever kind isolate any of its pods in that direction, or may. */
    public boolean isIsolated(Deployed end, Direction direction) {
        return workloads(end).stream().anyMatch(workload -> allowances.isIsolated(workload, direction));
    }

    /**
     * Whether these are two pods or may be: replicas talk to one another by the same rules as others, but a pod alone does not.
     *
     * @param from the very same where it is the same end
     */
    boolean areTwo(Member from, Member to) {
        return from != to
                || !from.workloads().stream()
                        .allMatch(
                                workload -> allowances.workloads().get(workload).isLonePod());
    }

    /** An end, and the workloads that it consists of. */
    record Member(Deployed end, List<Integer> workloads) {}

    /** Each end once. */
    Member member(Deployed end) {
        return new Member(end, workloads(end));
    }

    Allowance between(Member from, Member to) {
        return between(from.end(), from.workloads(), to.end(), to.workloads());
    }

    private Allowance between(Deployed from, List<Integer> sources, Deployed to, List<Integer> destinations) {
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
                .map(workload -> ingressTargets().ports(allowances.workloads().get(workload)))
                .map(ports -> new Allowance(ports, ports))
                .reduce((one, other) -> together(one, other, to, to))
                .filter(behind -> !behind.isNothing())
                .map(behind -> behind.and(fromSomePod(to)))
                .orElse(Allowance.NOTHING);
    }

    private IngressTargets ingressTargets() {
        @Nullable IngressTargets known = ingressTargets;
        if (known == null) {
            known = IngressTargets.of(cluster);
            ingressTargets = known;
        }
        return known;
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
