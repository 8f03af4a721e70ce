package dev.flowguard.testing;

import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.net.Address;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.Requirement.Operator;
import dev.flowguard.policy.chain.Action;
import dev.flowguard.policy.chain.Ports;
import dev.flowguard.policy.cnp.AdminPeer;
import dev.flowguard.policy.cnp.AdminPolicy;
import dev.flowguard.policy.cnp.AdminPolicy.Tier;
import dev.flowguard.policy.cnp.AdminRule;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The slow twin of the engine, written from OTHER-POLICIES sections 1 and 5 alone: tries every way that is open, one after the other, and
 * keeps how each ends. Knows nothing of blocks, steps or sets.
 */
public final class LiteralChains {
    /** One end of a probe: a pod, or an address outside. */
    public record End(Optional<Workload> pod, Address address) {}

    private final Snapshot cluster;
    private final List<Policy> networkPolicies;
    private final List<AdminPolicy> adminPolicies;
    private final String cni;
    private final LiteralAllowances literally;

    public LiteralChains(RandomChains given, Snapshot cluster) {
        this.cluster = cluster;
        this.networkPolicies = given.networkPolicies();
        this.adminPolicies = given.adminPolicies();
        this.cni = given.cni();
        this.literally = new LiteralAllowances(cluster);
    }

    /** How the traffic may end: ALLOW, DENY, or either. */
    public Set<Action> ends(End from, End to, Protocol protocol, int port) {
        Set<Action> out = side(from, to, to, Direction.EGRESS, protocol, port);
        Set<Action> in = side(to, from, to, Direction.INGRESS, protocol, port);
        if (out.equals(Set.of(Action.DENY)) || in.equals(Set.of(Action.DENY))) {
            return Set.of(Action.DENY);
        }
        Set<Action> both = EnumSet.copyOf(out);
        both.addAll(in);
        return both;
    }

    private Set<Action> side(End own, End other, End destination, Direction direction, Protocol protocol, int port) {
        if (own.pod().isEmpty()) {
            return Set.of(Action.ALLOW);
        }
        Workload pod = own.pod().get();
        Set<Action> ends = EnumSet.noneOf(Action.class);
        for (Action admin : tier(Tier.ADMIN, pod, other, destination, direction, protocol, port)) {
            if (admin != Action.PASS) {
                ends.add(admin);
                continue;
            }
            List<Policy> selecting = networkPolicies.stream()
                    .filter(policy -> policy.ref().namespace().equals(pod.namespace())
                            && policy.podSelector().matches(pod.labels()))
                    .toList();
            List<Policy> isolating = selecting.stream()
                    .filter(policy -> policy.isolates(direction))
                    .toList();
            boolean allowed =
                    isolating.stream().anyMatch(policy -> literally.allows(policy, direction, other, protocol, port));
            boolean isolated = !isolating.isEmpty();
            if (isolated && allowed) {
                ends.add(Action.ALLOW);
            } else if (isolated && !cni.equals("cilium")) {
                ends.add(Action.DENY);
            } else {
                boolean otherDirection = !isolated && !selecting.isEmpty();
                if (otherDirection && (cni.equals("kindnet") || cni.equals("generic"))) {
                    ends.add(Action.ALLOW);
                }
                if (!otherDirection || !cni.equals("kindnet")) {
                    for (Action base : tier(Tier.BASELINE, pod, other, destination, direction, protocol, port)) {
                        ends.add(base != Action.PASS ? base : isolated ? Action.DENY : Action.ALLOW);
                    }
                }
            }
        }
        return ends;
    }

    /** PASS also where nothing matches. */
    private Set<Action> tier(
            Tier tier, Workload pod, End other, End destination, Direction direction, Protocol protocol, int port) {
        TreeMap<Integer, List<AdminPolicy>> byPriority = new TreeMap<>();
        for (AdminPolicy policy : adminPolicies) {
            if (policy.tier() == tier
                    && policy.namespaces().matches(namespaceOf(pod))
                    && policy.pods().matches(pod.labels())) {
                byPriority
                        .computeIfAbsent(policy.priority(), key -> new ArrayList<>())
                        .add(policy);
            }
        }
        Set<Action> ends = EnumSet.noneOf(Action.class);
        for (List<AdminPolicy> level : byPriority.values()) {
            boolean through = true;
            for (AdminPolicy policy : level) {
                through &= walk(policy.rules(direction), other, destination, protocol, port, ends);
            }
            if (!through) {
                return ends;
            }
        }
        ends.add(Action.PASS);
        return ends;
    }

    /** Adds how the rules may end, and says whether the traffic may get past them all. */
    private boolean walk(
            List<AdminRule> rules, End other, End destination, Protocol protocol, int port, Set<Action> ends) {
        for (AdminRule rule : rules) {
            boolean calicoCannot =
                    cni.equals("calico") && rule.peers().stream().anyMatch(AdminPeer.Domains.class::isInstance);
            if (calicoCannot && rule.action() == Action.ALLOW) {
                continue;
            }
            if (calicoCannot) {
                ends.add(Action.DENY);
                return false;
            }
            boolean sure = false;
            boolean maybe = false;
            for (AdminPeer peer : rule.peers()) {
                boolean byName = peer instanceof AdminPeer.Pods
                        && rule.namedPorts().stream().anyMatch(name -> isNamed(name, destination, protocol, port));
                if (byName || holds(rule.ports(), protocol, port)) {
                    sure |= isPeer(peer, other);
                    maybe |= peer instanceof AdminPeer.Domains ? other.pod().isEmpty() : mayBeAnyPod(peer);
                }
            }
            if (sure || maybe) {
                ends.add(rule.action());
            }
            if (sure) {
                return false;
            }
        }
        return true;
    }

    private boolean isPeer(AdminPeer peer, End other) {
        if (peer instanceof AdminPeer.Networks networks) {
            return networks.blocks().stream().anyMatch(block -> block.contains(other.address()))
                    && (other.pod().isEmpty() || !cni.equals("cilium"));
        }
        if (!(peer instanceof AdminPeer.Pods pods)) {
            return false;
        }
        if (other.pod().isEmpty()) {
            return cni.equals("cilium")
                    && excludes(pods.namespaces())
                    && (pods.pods().selectsEverything() || excludes(pods.pods()));
        }
        return pods.namespaces().matches(namespaceOf(other.pod().get()))
                && pods.pods().matches(other.pod().get().labels());
    }

    /** What Cilium 1.20 makes of a selector that only excludes (OTHER-POLICIES L11). */
    private boolean mayBeAnyPod(AdminPeer peer) {
        return cni.equals("cilium")
                && peer instanceof AdminPeer.Pods pods
                && pods.wholeNamespaces()
                && pods.onlyExcludes();
    }

    private static boolean excludes(LabelSelector selector) {
        return selector.requirements().stream().anyMatch(term -> term.operator() == Operator.NOT_IN);
    }

    private static boolean holds(Ports ports, Protocol protocol, int port) {
        return ports.equals(Ports.EVERY)
                || ports instanceof Ports.Numbered numbered
                        && numbered.protocols().contains(protocol)
                        && numbered.ranges().stream().anyMatch(range -> range.contains(port));
    }

    private static boolean isNamed(Ports ports, End destination, Protocol protocol, int port) {
        return destination.pod().stream()
                .flatMap(pod -> pod.ports().stream())
                .anyMatch(declared -> declared.name().equals(((Ports.Named) ports).name())
                        && declared.protocol() == protocol
                        && declared.number() == port);
    }

    private Labels namespaceOf(Workload pod) {
        return cluster.namespaceOrAssumed(pod.namespace()).entry().labels();
    }
}
