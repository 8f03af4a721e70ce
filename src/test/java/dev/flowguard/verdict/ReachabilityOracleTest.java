package dev.flowguard.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.net.Address;
import dev.flowguard.net.AddressRange;
import dev.flowguard.net.IpFamily;
import dev.flowguard.policy.Answer;
import dev.flowguard.testing.Dice;
import dev.flowguard.testing.LiteralCluster;
import dev.flowguard.testing.LiteralEnd;
import dev.flowguard.testing.LiteralOracle;
import dev.flowguard.testing.RandomCluster;
import dev.flowguard.testing.RandomPairs;
import dev.flowguard.testing.Scenario;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import dev.flowguard.verdict.pair.Traffic;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Random pairs of random clusters: the engine, its tracing twin and the oracle give the same answer. */
class ReachabilityOracleTest {
    private static final int CLUSTERS = 10_000;
    private static final int PAIRS = 12;

    private final Map<Answer, Integer> answers = new EnumMap<>(Answer.class);

    @Test
    @DisplayName("the engine, its trace and the literal oracle never disagree about a pair")
    void agree() {
        for (long seed = 0; seed < CLUSTERS; seed++) {
            long dice = seed;
            Scenario.check(seed, scenario -> comparePairs(scenario, new Dice(~dice)));
        }
        assertThat(answers.keySet()).as("answers that were met").containsExactlyInAnyOrder(Answer.values());
        assertThat(answers.values()).as("how often each: %s", answers).allMatch(count -> count > CLUSTERS / 2);
    }

    private void comparePairs(Scenario scenario, Dice dice) {
        LiteralCluster literal = new LiteralCluster(scenario.settings(), scenario.observations(), List.of());
        LiteralOracle oracle = new LiteralOracle(literal, literal.policies());
        Snapshot snapshot = scenario.snapshot();
        Reachability reachability = new Reachability(snapshot, snapshot);
        List<LiteralEnd> ends = ends(literal, snapshot);
        List<ServiceEntry> services = snapshot.namespaces().stream()
                .flatMap(shard -> shard.services().stream())
                .toList();
        for (int i = 0; i < PAIRS; i++) {
            LiteralEnd from = dice.oneOf(ends);
            LiteralEnd to = dice.oneOf(ends);
            Traffic traffic = RandomPairs.traffic(dice, services, family(dice, from, to));
            Pair pair = new Pair(endpoint(from, snapshot), endpoint(to, snapshot), traffic);
            Answer expected = oracle.answer(from, to, traffic);
            assertThat(reachability.answer(pair))
                    .as("%s -> %s with %s", from, to, traffic)
                    .isEqualTo(expected)
                    .isEqualTo(reachability.verdict(pair).answer())
                    .isEqualTo(reachability.trace(pair).verdict().answer());
            answers.merge(expected, 1, Integer::sum);
        }
    }

    private static List<LiteralEnd> ends(LiteralCluster literal, Snapshot snapshot) {
        List<LiteralEnd> ends = new ArrayList<>();
        literal.pods().forEach(pod -> ends.add(new LiteralEnd.OfPod(pod)));
        RandomCluster.strangers().stream()
                .filter(stranger ->
                        snapshot.isNodeAddress(stranger.base()) || !snapshot.isClusterAddress(stranger.base()))
                .forEach(stranger -> ends.add(new LiteralEnd.OfAddress(stranger.base())));
        return ends;
    }

    private static IpFamily family(Dice dice, LiteralEnd from, LiteralEnd to) {
        for (LiteralEnd end : List.of(from, to)) {
            if (end instanceof LiteralEnd.OfAddress address) {
                return address.address().family();
            }
        }
        return dice.oneOf(IpFamily.IPV4, IpFamily.IPV4, IpFamily.IPV6);
    }

    private static Endpoint endpoint(LiteralEnd end, Snapshot snapshot) {
        return end instanceof LiteralEnd.OfPod pod
                ? new Endpoint.Pods(workload(pod.pod(), snapshot))
                : endpoint(((LiteralEnd.OfAddress) end).address(), snapshot);
    }

    private static Endpoint endpoint(Address address, Snapshot snapshot) {
        return new Endpoint.Addresses(
                AddressRange.of(address),
                snapshot.isNodeAddress(address) ? Endpoint.Addresses.Kind.NODE : Endpoint.Addresses.Kind.OUTSIDE);
    }

    private static Workload workload(LiteralCluster.Pod pod, Snapshot snapshot) {
        return snapshot.namespaceOrAssumed(pod.namespace()).workloads().stream()
                .filter(workload -> workload.labels().equals(pod.labels())
                        && workload.ports().equals(pod.ports())
                        && workload.hostNetwork() == pod.hostNetwork())
                .reduce((one, other) -> {
                    throw new AssertionError("Two workloads are like " + pod + ": " + one + ", " + other);
                })
                .orElseThrow(() -> new AssertionError("No workload is like " + pod));
    }
}
