package dev.flowguard.testing;

import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.net.Address;
import dev.flowguard.net.AddressRange;
import dev.flowguard.net.Cidr;
import dev.flowguard.net.IpFamily;
import dev.flowguard.net.PortRange;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.Rule;
import dev.flowguard.verdict.pair.Traffic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a declared flow speaks of, pod by pod, address by address and port by port. Of a range one number is taken from every part
 * that the policies could tell from its neighbours.
 */
public final class LiteralFlows {
    /** One sender, one receiver, one port; the alternatives serve the same purpose as the receiver. */
    public record LiteralPair(LiteralEnd from, LiteralEnd to, Traffic traffic, List<LiteralEnd> alternatives) {
        public Answer answer(LiteralOracle oracle) {
            Set<Answer> answers = new HashSet<>();
            answers.add(oracle.answer(from, to, traffic));
            alternatives.forEach(other -> answers.add(oracle.answer(from, other, traffic)));
            return answers.size() == 1 ? answers.iterator().next() : Answer.UNKNOWN;
        }
    }

    private final LiteralCluster cluster;
    private final List<Rule> rules = new ArrayList<>();
    private final LiteralTargets targets;

    /** @param policies all that pairs will be judged by */
    public LiteralFlows(LiteralCluster cluster, List<Policy> policies) {
        this.cluster = cluster;
        policies.forEach(policy -> {
            rules.addAll(policy.ingress().written());
            rules.addAll(policy.egress().written());
        });
        this.targets = new LiteralTargets(cluster, this, rules);
    }

    public List<LiteralPair> pairs(Flow flow) {
        List<LiteralPair> pairs = new ArrayList<>();
        List<LiteralEnd> resolvers = targets.resolvers(flow.to());
        List<LiteralTargets.Target> reached = targets.targets(flow.to(), flow.ports());
        for (LiteralEnd from : ends(flow.from())) {
            for (LiteralTargets.Target target : reached) {
                boolean direct = target.route().match(() -> true, via -> false);
                if (direct
                        && from.equals(target.end())
                        && from instanceof LiteralEnd.OfPod one
                        && cluster.isLone(one.pod())) {
                    continue;
                }
                for (IpFamily family : families(from, target)) {
                    PortRange port = target.protocol().isInPolicies() ? PortRange.of(target.port()) : PortRange.ALL;
                    Traffic traffic = new Traffic(target.protocol(), port, family, target.route());
                    List<LiteralEnd> alternatives = resolvers.stream()
                            .filter(end -> cluster.families(end).contains(family))
                            .toList();
                    pairs.add(new LiteralPair(from, target.end(), traffic, alternatives));
                }
            }
        }
        return pairs;
    }

    private Set<IpFamily> families(LiteralEnd from, LiteralTargets.Target target) {
        Set<IpFamily> common = new TreeSet<>(cluster.families(from));
        common.retainAll(cluster.families(target.end()));
        Set<IpFamily> ofService =
                target.route().clusterIps().stream().map(Address::family).collect(Collectors.toSet());
        common.removeIf(family -> !ofService.isEmpty() && !ofService.contains(family));
        return common;
    }

    List<LiteralEnd> ends(FlowEnd end) {
        return end.match(
                selected -> pods(pod -> !pod.hostNetwork()
                        && LiteralSelector.matches(selected.namespaces(), cluster.namespaceLabels(pod.namespace()))
                        && LiteralSelector.matches(selected.pods(), pod.labels())),
                owned -> pods(pod -> !pod.hostNetwork()
                        && pod.namespace().equals(owned.owner().namespace())
                        && cluster.alike(pod).stream()
                                .anyMatch(each -> cluster.topmost(each.namespace(), each.owner())
                                        .equals(cluster.topmost(owned.owner())))),
                service -> named(service).stream()
                        .flatMap(entry -> behind(entry).stream())
                        .toList(),
                this::outside,
                wellKnown -> switch (wellKnown.name()) {
                    case CLUSTER_DNS -> List.of();
                    case DNS_CLIENTS -> pods(pod -> !pod.hostNetwork());
                    case KUBERNETES_API ->
                        cluster.endpoints().stream()
                                .filter(slice -> slice.namespace().equals("default")
                                        && slice.service().equals("kubernetes"))
                                .flatMap(slice -> slice.addresses().stream())
                                .distinct()
                                .<LiteralEnd>map(address -> new LiteralEnd.OfAddress(address, cluster.isNode(address)))
                                .toList();
                    case NODES ->
                        cluster.nodes().stream()
                                .<LiteralEnd>map(address -> new LiteralEnd.OfAddress(address, true))
                                .toList();
                });
    }

    List<LiteralEnd> pods(java.util.function.Predicate<LiteralCluster.Pod> wanted) {
        return cluster.pods().stream()
                .filter(wanted)
                .<LiteralEnd>map(LiteralEnd.OfPod::new)
                .toList();
    }

    List<ServiceEntry> named(FlowEnd.ServicePods end) {
        return cluster.services().stream()
                .filter(service -> service.namespace().equals(end.namespace())
                        && service.name().equals(end.name()))
                .toList();
    }

    List<LiteralEnd> behind(ServiceEntry service) {
        return pods(pod -> service.hasSelector()
                && pod.namespace().equals(service.namespace())
                && pod.labels()
                        .asMap()
                        .entrySet()
                        .containsAll(Labels.of(service.selector()).asMap().entrySet()));
    }

    /** Of a part of the block, between its exceptions, that holds nodes' addresses and no others, all of them. */
    private List<LiteralEnd> nodes(FlowEnd.Outside outside) {
        List<AddressRange> exceptions =
                outside.except().stream().map(Cidr::range).toList();
        List<LiteralEnd> nodes = new ArrayList<>();
        for (AddressRange part : outside.cidr().range().cutBy(exceptions)) {
            boolean excepted = exceptions.stream().anyMatch(exception -> exception.contains(part));
            long ours = cluster.nodes().stream().filter(part::contains).count();
            if (!excepted && ours > 0 && !part.hasMoreThan(ours)) {
                part.addresses().forEach(address -> nodes.add(new LiteralEnd.OfAddress(address, true)));
            }
        }
        return nodes;
    }

    private List<LiteralEnd> outside(FlowEnd.Outside outside) {
        Set<Address> known = cluster.addresses();
        List<AddressRange> borders =
                new ArrayList<>(outside.except().stream().map(Cidr::range).toList());
        rules.stream().flatMap(rule -> rule.peers().stream()).forEach(peer -> {
            if (peer instanceof Peer.IpBlock block) {
                borders.add(block.cidr().range());
                block.except().forEach(except -> borders.add(except.range()));
            }
        });
        List<LiteralEnd> ends = new ArrayList<>(nodes(outside));
        for (AddressRange part : outside.cidr().range().cutBy(borders)) {
            for (Address address : part.addresses()) {
                if (outside.except().stream().anyMatch(except -> except.contains(address))) {
                    break;
                }
                if (!known.contains(address)) {
                    ends.add(new LiteralEnd.OfAddress(address));
                    break;
                }
            }
        }
        return ends;
    }
}
