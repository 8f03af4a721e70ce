package dev.flowguard.assess.finding.diagnosis;

import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.policy.Direction;
import java.util.List;

/**
 * The pods whose ports a rule speaks of: for ingress those that the policy selects, for egress those that its peers match.
 * Known only where the rule speaks of pods alone, and of not too many: otherwise its ports may be meant for somebody else.
 */
public final class Destinations {
    /** A rule for more pods than these is hardly about the port of one application. */
    private static final int MOST_WORKLOADS = 300;

    private static final int MOST_NAMESPACES = 50;

    private final List<Workload> workloads;
    private final KnownPorts known;

    private Destinations(List<Workload> workloads, KnownPorts known) {
        this.workloads = workloads;
        this.known = known;
    }

    static Destinations of(RuleSite rule, Examination examination) {
        List<Workload> workloads = List.of();
        if (rule.direction() == Direction.INGRESS) {
            workloads = examination.selected();
        } else if (rule.isOnlyFor(true)) {
            workloads = isInFewNamespaces(rule, examination) ? peers(rule, examination) : List.of();
        }
        return new Destinations(workloads.size() > MOST_WORKLOADS ? List.of() : workloads, examination.knownPorts());
    }

    private static boolean isInFewNamespaces(RuleSite rule, Examination examination) {
        return rule.podPeers()
                        .flatMap(peer -> examination.scope(peer).stream().limit(MOST_NAMESPACES + 1))
                        .map(NamespaceShard::name)
                        .distinct()
                        .count()
                <= MOST_NAMESPACES;
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
    public List<Workload> workloads() {
        return workloads;
    }

    public KnownPorts known() {
        return known;
    }

    /** {@code orders}, {@code orders and 2 more}. */
    String names() {
        return Wording.one(workloads.stream().map(Workload::name).toList());
    }
}
