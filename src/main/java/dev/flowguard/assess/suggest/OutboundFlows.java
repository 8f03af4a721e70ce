package dev.flowguard.assess.suggest;

import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.Contract;
import dev.flowguard.contract.ContractSource;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.FlowPorts;
import dev.flowguard.contract.ImpliedKind;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.policy.Rule;
import java.util.ArrayList;
import java.util.List;

/** Flows that leave a namespace: name resolution, and the outside addresses that somebody has written a rule for. */
final class OutboundFlows {
    private static final String EVERY_POD = "pods";

    private final Snapshot cluster;

    OutboundFlows(Snapshot cluster) {
        this.cluster = cluster;
    }

    /** One flow for all pods of the namespace. */
    Draft dns(NamespaceShard shard) {
        FlowEnd pods = new FlowEnd.Pods(LabelSelector.namespaceNamed(shard.name()), LabelSelector.EVERYTHING);
        return dns(EVERY_POD, pods);
    }

    /** A flow for each workload, where not all of them can. */
    List<Draft> dnsByWorkload(NamespaceShard shard) {
        return Sources.podNetwork(shard).stream()
                .map(workload -> Sources.named(shard, workload, shard.name(), false))
                .map(senders -> dns(senders.name(), senders.end()))
                .toList();
    }

    private Draft dns(String who, FlowEnd from) {
        FlowEnd dns = new FlowEnd.WellKnown(FlowEnd.WellKnown.Name.CLUSTER_DNS);
        String verb = who.equals(EVERY_POD) ? "resolve" : "resolves";
        return new Draft(List.of(who, verb, "names"), from, dns, new FlowPorts.Every(), false, because());
    }

    private String because() {
        return cluster.implied().stream()
                .map(Contract::source)
                .filter(source -> source.impliedKind().stream().anyMatch(kind -> kind == ImpliedKind.CLUSTER_DNS))
                .map(ContractSource::toString)
                .findFirst()
                .orElse("");
    }

    List<Draft> toAddresses(NamespaceShard shard) {
        List<Draft> drafts = new ArrayList<>();
        for (CompiledPolicy compiled : cluster.policiesIn(shard.name())) {
            Policy policy = compiled.policy();
            for (Rule rule : policy.rules(Direction.EGRESS)) {
                List<PortMatch> ports = numbers(rule);
                for (Peer peer : rule.peers()) {
                    if (policy.isUnderstood() && rule.isUnderstood() && !ports.isEmpty()) {
                        peer.<List<Peer.IpBlock>>match(pods -> List.of(), List::of, unknown -> List.of()).stream()
                                .filter(block -> block.cidr().prefix() > 0)
                                .map(block -> draft(policy, block, ports))
                                .forEach(drafts::add);
                    }
                }
            }
        }
        return drafts;
    }

    private static Draft draft(Policy policy, Peer.IpBlock block, List<PortMatch> ports) {
        String namespace = policy.ref().namespace();
        return new Draft(
                List.of(policy.ref().name(), "to", block.cidr().toString()),
                new FlowEnd.Pods(LabelSelector.namespaceNamed(namespace), policy.podSelector()),
                new FlowEnd.Outside(block.cidr(), block.except()),
                new FlowPorts.OfPods(ports),
                false);
    }

    /** Names mean nothing outside the cluster, and a flow to addresses has to say its ports. */
    private static List<PortMatch> numbers(Rule rule) {
        return rule.ports().stream()
                .filter(port -> port.match(numbered -> true, named -> false, every -> true, unknown -> false))
                .toList();
    }
}
