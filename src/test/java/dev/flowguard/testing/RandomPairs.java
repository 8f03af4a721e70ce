package dev.flowguard.testing;

import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.net.AddressRange;
import dev.flowguard.net.Cidr;
import dev.flowguard.net.IpFamily;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import dev.flowguard.verdict.pair.Route;
import dev.flowguard.verdict.pair.Traffic;
import java.util.ArrayList;
import java.util.List;

/** Any two ends of a cluster, with any traffic between them. */
public final class RandomPairs {
    private final Dice dice;
    private final List<Endpoint> ends = new ArrayList<>();
    private final List<ServiceEntry> services;

    public RandomPairs(Snapshot snapshot, Dice dice) {
        this.dice = dice;
        snapshot.namespaces()
                .forEach(shard -> shard.workloads().forEach(workload -> ends.add(new Endpoint.Pods(workload))));
        for (Cidr stranger : RandomCluster.strangers()) {
            boolean node = snapshot.isNodeAddress(stranger.base());
            if (node || !snapshot.isClusterAddress(stranger.base())) {
                ends.add(new Endpoint.Addresses(
                        AddressRange.of(stranger.base()),
                        node ? Endpoint.Addresses.Kind.NODE : Endpoint.Addresses.Kind.OUTSIDE));
            }
        }
        services = snapshot.namespaces().stream()
                .flatMap(shard -> shard.services().stream())
                .toList();
    }

    public Pair next() {
        Endpoint from = dice.oneOf(ends);
        Endpoint to = dice.oneOf(ends);
        IpFamily family = from.match(
                pods -> to.match(
                        other -> dice.oneOf(IpFamily.IPV4, IpFamily.IPV4, IpFamily.IPV6),
                        addresses -> addresses.range().family()),
                addresses -> addresses.range().family());
        return new Pair(from, to, traffic(dice, services, family));
    }

    /** Traffic of that family, by any way. */
    public static Traffic traffic(Dice dice, List<ServiceEntry> services, IpFamily family) {
        Protocol protocol = dice.oneOf(
                Protocol.TCP, Protocol.TCP, Protocol.TCP, Protocol.TCP, Protocol.UDP, Protocol.SCTP, Protocol.ICMP);
        PortRange port = protocol.isInPolicies()
                ? PortRange.of(dice.oneOf(53, 54, 80, 81, 82, 90, 443, 8080, 8081, 9999))
                : PortRange.ALL;
        Route route = Route.DIRECT;
        if (!services.isEmpty() && dice.chance(40)) {
            ServiceEntry service = dice.oneOf(services);
            route = new Route.Via(service, dice.oneOf(service.ports()));
        }
        return new Traffic(protocol, port, family, route);
    }
}
