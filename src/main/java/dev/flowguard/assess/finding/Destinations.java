package dev.flowguard.assess.finding;

import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Workload;
import dev.flowguard.policy.Direction;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The pods whose ports a rule speaks of: for ingress those that the policy selects, for egress those that its peers match.
 * Known only where the rule speaks of pods alone, and of not too many: otherwise its ports may be meant for somebody else.
 */
final class Destinations {
    /** A rule for more pods than these is hardly about the port of one application. */
    private static final int MOST_WORKLOADS = 300;

    private static final int MOST_NAMESPACES = 50;

    private final List<Workload> workloads;
    private final Map<String, KnownPorts> knownPorts;

    private Destinations(List<Workload> workloads, Map<String, KnownPorts> knownPorts) {
        this.workloads = workloads;
        this.knownPorts = knownPorts;
    }

    static Destinations of(RuleSite rule, Examination examination) {
        Collection<NamespaceShard> namespaces = List.of(examination.shard());
        List<Workload> workloads = List.of();
        if (rule.direction() == Direction.INGRESS) {
            workloads = examination.selected();
        } else if (rule.isOnlyFor(true)) {
            namespaces = rule.podPeers()
                    .flatMap(peer -> examination.scope(peer).stream().limit(MOST_NAMESPACES + 1))
                    .collect(Collectors.toMap(
                            NamespaceShard::name, Function.identity(), (one, same) -> one, HashMap::new))
                    .values();
            workloads = namespaces.size() > MOST_NAMESPACES ? List.of() : peers(rule, examination);
        }
        if (workloads.size() > MOST_WORKLOADS) {
            workloads = List.of();
        }
        return new Destinations(
                workloads,
                workloads.isEmpty()
                        ? Map.of()
                        : namespaces.stream().collect(Collectors.toMap(NamespaceShard::name, KnownPorts::new)));
    }

    private static List<Workload> peers(RuleSite rule, Examination examination) {
        return rule.podPeers()
                .flatMap(peer -> examination.scope(peer).stream()
                        .flatMap(shard ->
                                shard.workloads(shard.select(peer.peer().pods()).and(shard.podNetwork())).stream()))
                .distinct()
                .limit(MOST_WORKLOADS + 1)
                .toList();
    }

    /** Empty where they are not known. */
    List<Workload> workloads() {
        return workloads;
    }

    KnownPorts known(Workload workload) {
        KnownPorts known = knownPorts.get(workload.namespace());
        if (known == null) {
            throw new IllegalArgumentException(workload + " is not a destination of this rule");
        }
        return known;
    }

    /** {@code orders}, {@code orders and 2 more}. */
    String names() {
        return Wording.one(workloads.stream().map(Workload::name).toList());
    }
}
