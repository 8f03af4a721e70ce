package dev.flowguard.verdict;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.flowguard.testing.LiteralCalico;
import dev.flowguard.testing.LiteralCalico.End;
import dev.flowguard.testing.LiteralCalico.Flow;
import dev.flowguard.testing.LiteralCalico.Outcome;
import dev.flowguard.testing.RandomCalico;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import dev.flowguard.verdict.pair.Route;
import dev.flowguard.verdict.pair.Traffic;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Random clusters with policies of Calico, NetworkPolicies and ClusterNetworkPolicies: the engine, its tracing twin and a literal reading of the rules give the same answer. */
class CalicoOracleTest {
    /** Enough to meet every shape many times; the long run is with {@code -Dflowguard.calico.clusters=20000}. */
    private static final int CLUSTERS = Integer.getInteger("flowguard.calico.clusters", 2_000);

    private static final int FLOWS = 12;

    private final Map<Answer, Integer> answers = new EnumMap<>(Answer.class);

    @Test
    @DisplayName(
            "K1 to K23, C1 to C17, X1 to X4: the engine, its trace and the literal oracle never disagree about a flow")
    void agree() {
        for (long seed = 0; seed < CLUSTERS; seed++) {
            compare(seed);
        }
        assertThat(answers.keySet()).as("answers that were met").containsExactlyInAnyOrder(Answer.values());
    }

    private void compare(long seed) {
        RandomCalico random = new RandomCalico(seed);
        LiteralCalico oracle = random.literal();
        Snapshot cluster = snapshot(random.objects(), seed);
        Reachability reachability = new Reachability(cluster, cluster);
        Dice dice = new Dice(~seed);
        for (int i = 0; i < FLOWS; i++) {
            boolean six = dice.chance(25);
            List<End> ends = random.ends(six);
            End from = dice.oneOf(ends);
            End to = dice.oneOf(ends);
            if (from.equals(to) || (from.pod().isEmpty() && to.pod().isEmpty())) {
                continue;
            }
            Flow flow = new Flow(
                    from,
                    to,
                    dice.oneOf("TCP", "TCP", "TCP", "TCP", "UDP", "SCTP", "ICMP"),
                    dice.oneOf(80, 80, 81, 53, 90, 443));
            Pair pair = new Pair(
                    endpoint(cluster, from),
                    endpoint(cluster, to),
                    new Traffic(
                            Protocol.valueOf(flow.protocol()),
                            flow.protocol().equals("ICMP") ? PortRange.ALL : PortRange.of(flow.port()),
                            six ? IpFamily.IPV6 : IpFamily.IPV4,
                            Route.DIRECT));
            Answer expected = answer(oracle.outcomes(flow));
            answers.merge(expected, 1, Integer::sum);
            Answer found = reachability.answer(pair);
            if (found != expected
                    || found != reachability.verdict(pair).answer()
                    || (i == 0 && found != reachability.trace(pair).verdict().answer())) {
                assertThat(found)
                        .as("seed %s: %s in %s", seed, flow, text(random.objects()))
                        .isEqualTo(expected)
                        .isEqualTo(reachability.verdict(pair).answer())
                        .isEqualTo(reachability.trace(pair).verdict().answer());
            }
        }
    }

    private static Snapshot snapshot(List<ObjectNode> objects, long seed) {
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
        return new ClusterModel(ClusterSettings.DEFAULT.withCni("calico")).apply(observations);
    }

    private static Answer answer(Set<Outcome> outcomes) {
        return outcomes.size() > 1 ? Answer.UNKNOWN : Answer.of(outcomes.contains(Outcome.ALLOWED));
    }

    private static Endpoint endpoint(Snapshot cluster, End end) {
        if (end.pod().isEmpty()) {
            return new Endpoint.Addresses(AddressRange.of(Address.parse(end.ip())), Endpoint.Addresses.Kind.OUTSIDE);
        }
        Workload workload = cluster.namespaces().stream()
                .flatMap(shard -> shard.workloads().stream())
                .filter(each -> each.addresses().contains(Address.parse(end.ip())))
                .findFirst()
                .orElseThrow();
        return new Endpoint.Pods(workload);
    }

    private static String text(List<ObjectNode> objects) {
        return String.join("\n", objects.stream().map(ObjectNode::toString).toList());
    }
}
