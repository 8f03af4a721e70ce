package dev.flowguard.verdict;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.cluster.ClusterModel;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.kubernetes.ObjectReader;
import dev.flowguard.net.Address;
import dev.flowguard.net.AddressRange;
import dev.flowguard.net.IpFamily;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Answer;
import dev.flowguard.testing.Dice;
import dev.flowguard.testing.LiteralObjects.End;
import dev.flowguard.testing.LiteralObjects.Flow;
import dev.flowguard.testing.LiteralObjects.Outcome;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import dev.flowguard.verdict.pair.Route;
import dev.flowguard.verdict.pair.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Asks the engine what the literal oracles are asked. */
final class OracleProbe {
    private OracleProbe() {}

    static Snapshot snapshot(String cni, List<ObjectNode> objects, long seed) {
        List<Observation> observations = new ArrayList<>();
        for (ObjectNode object : objects) {
            ObjectReader.read(object)
                    .accept(
                            observed -> observations.add(observed.observation()),
                            refused -> {
                                throw new AssertionError("seed " + seed + ": " + refused.problems() + " in " + object);
                            },
                            ignored -> {});
        }
        return new ClusterModel(ClusterSettings.DEFAULT.withCni(cni)).apply(observations);
    }

    static List<Flow> flows(List<End> ends, int most, Dice dice) {
        List<Flow> flows = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            End from = dice.oneOf(ends);
            End to = dice.oneOf(ends);
            if (!from.equals(to) && (from.isPod() || to.isPod())) {
                flows.add(new Flow(from, to, dice.oneOf("TCP", "TCP", "UDP"), dice.oneOf(80, 80, 81, 90, 99)));
            }
        }
        return flows;
    }

    static Pair pair(Snapshot cluster, Flow flow) {
        IpFamily family = Address.parse(flow.to().ip()).family();
        return new Pair(
                endpoint(cluster, flow.from()),
                endpoint(cluster, flow.to()),
                new Traffic(Protocol.valueOf(flow.protocol()), PortRange.of(flow.port()), family, Route.DIRECT));
    }

    static Answer answer(Set<Outcome> outcomes) {
        return outcomes.size() > 1 ? Answer.UNKNOWN : Answer.of(outcomes.contains(Outcome.ALLOWED));
    }

    private static Endpoint endpoint(Snapshot cluster, End end) {
        Address address = Address.parse(end.ip());
        if (!end.isPod()) {
            return new Endpoint.Addresses(
                    AddressRange.of(address),
                    end.isNode() ? Endpoint.Addresses.Kind.NODE : Endpoint.Addresses.Kind.OUTSIDE);
        }
        Workload workload = cluster.namespaces().stream()
                .flatMap(shard -> shard.workloads().stream())
                .filter(each -> each.addresses().contains(address))
                .findFirst()
                .orElseThrow();
        return new Endpoint.Pods(workload);
    }
}
