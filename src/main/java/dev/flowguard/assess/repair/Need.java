package dev.flowguard.assess.repair;

import dev.flowguard.cluster.object.Workload;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.policy.amend.Wanted;
import java.util.List;
import java.util.Set;

/**
 * What the policies of some workloads of a namespace have no rule for.
 *
 * @param subjects these workloads
 * @param selecting a selector of them
 * @param others the other end as a NetworkPolicy of the namespace names it; empty where it cannot
 * @param ports empty where policies cannot name the protocol
 * @param pairs that it is about
 */
record Need(
        Direction direction,
        String namespace,
        Set<Workload> subjects,
        LabelSelector selecting,
        List<Peer> others,
        List<PortMatch> ports,
        List<BlockedPair> pairs) {
    Need {
        subjects = Set.copyOf(subjects);
        others = List.copyOf(others);
        ports = List.copyOf(ports);
        pairs = List.copyOf(pairs);
    }

    /** A rule without peers is for anybody, and one without ports for every port: neither is ever meant. */
    boolean canBeSaid() {
        return !others.isEmpty() && !ports.isEmpty();
    }

    /** @param flow its name */
    Wanted wanted(String flow) {
        return new Wanted(flow, direction, namespace, selecting, others, ports);
    }
}
