package dev.flowguard.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.net.Address;
import dev.flowguard.net.AddressRange;
import dev.flowguard.net.IpFamily;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.chain.Action;
import dev.flowguard.testing.LiteralChains;
import dev.flowguard.testing.RandomChains;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import dev.flowguard.verdict.pair.Route;
import dev.flowguard.verdict.pair.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The engine against its slow twin, on random clusters with policies of several kinds. */
class ChainOracleTest {
    private static final int SEEDS = Integer.getInteger("flowguard.chain.seeds", 2_000);
    private static final Address OUTSIDE = Address.parse("192.0.2.7");
    private static final Address FARTHER = Address.parse("198.51.100.7");

    @Test
    @DisplayName(
            "NetworkPolicies and ClusterNetworkPolicies mixed: each pair on each plugin ends as the slow twin says")
    void likeTheOracle() {
        for (long seed = 0; seed < SEEDS; seed++) {
            RandomChains given = new RandomChains(seed, List.of("generic", "kindnet", "calico", "cilium"));
            Snapshot cluster = given.cluster();
            LiteralChains oracle = new LiteralChains(given, cluster);
            Reachability engine = new Reachability(cluster, cluster);
            List<LiteralChains.End> ends = ends(cluster);
            for (LiteralChains.End from : ends) {
                for (LiteralChains.End to : ends) {
                    if (!from.equals(to) && (from.pod().isPresent() || to.pod().isPresent())) {
                        compare(seed, given, engine, oracle, from, to);
                    }
                }
            }
        }
    }

    private static void compare(
            long seed,
            RandomChains given,
            Reachability engine,
            LiteralChains oracle,
            LiteralChains.End from,
            LiteralChains.End to) {
        for (Protocol protocol : List.of(Protocol.TCP, Protocol.UDP)) {
            for (int port : RandomChains.PORTS) {
                Set<Action> expected = oracle.ends(from, to, protocol, port);
                Answer answer = expected.size() > 1 ? Answer.UNKNOWN : Answer.of(expected.contains(Action.ALLOW));
                Traffic traffic = new Traffic(protocol, PortRange.of(port), IpFamily.IPV4, Route.DIRECT);
                Pair pair = new Pair(endpoint(from), endpoint(to), traffic);
                assertThat(engine.answer(pair))
                        .as(() -> "seed " + seed + " on " + given.cni() + ": " + from + " -> " + to + ":" + port + "/"
                                + protocol + "\n" + given.adminPolicies() + "\n" + given.networkPolicies())
                        .isEqualTo(answer)
                        .isEqualTo(engine.trace(pair).verdict().answer());
            }
        }
    }

    private static List<LiteralChains.End> ends(Snapshot cluster) {
        List<LiteralChains.End> ends = new ArrayList<>();
        cluster.namespaces().forEach(shard -> shard.workloads().forEach(workload -> ends.add(end(workload))));
        ends.add(new LiteralChains.End(Optional.empty(), OUTSIDE));
        ends.add(new LiteralChains.End(Optional.empty(), FARTHER));
        return ends;
    }

    private static LiteralChains.End end(Workload workload) {
        return new LiteralChains.End(Optional.of(workload), workload.addresses().get(0));
    }

    private static Endpoint endpoint(LiteralChains.End end) {
        return end.pod()
                .<Endpoint>map(Endpoint.Pods::new)
                .orElseGet(
                        () -> new Endpoint.Addresses(AddressRange.of(end.address()), Endpoint.Addresses.Kind.OUTSIDE));
    }
}
