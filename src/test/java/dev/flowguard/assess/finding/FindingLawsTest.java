package dev.flowguard.assess.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.assess.Assessor;
import dev.flowguard.assess.Change;
import dev.flowguard.assess.Finding;
import dev.flowguard.assess.finding.diagnosis.RuleSite;
import dev.flowguard.cluster.ClusterModel;
import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.PolicyOverlay;
import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.net.Cidr;
import dev.flowguard.net.IpFamily;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.Rule;
import dev.flowguard.testing.Dice;
import dev.flowguard.testing.RandomCluster;
import dev.flowguard.verdict.Reachability;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import dev.flowguard.verdict.pair.Route;
import dev.flowguard.verdict.pair.Traffic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Laws of findings, on random clusters")
class FindingLawsTest {
    private static final int SEEDS = 3_000;
    private static final List<Integer> PORTS = List.of(53, 80, 85, 443, 8080, 9090, 9999);

    /** A cluster after a change, and what was found in the policy that is changed. */
    private record Found(long seed, Snapshot snapshot, Policy policy, List<Finding> findings) {
        boolean has(String id) {
            return findings.stream().anyMatch(finding -> finding.id().equals(id));
        }

        @Override
        public String toString() {
            return "seed " + seed + ": " + policy + "\n" + findings;
        }
    }

    private static final List<Found> CLUSTERS =
            LongStream.range(0, SEEDS).boxed().flatMap(FindingLawsTest::found).toList();

    private static Stream<Found> found(long seed) {
        RandomCluster random = new RandomCluster(new Dice(seed));
        Change change = random.change();
        ClusterModel model = new ClusterModel(random.clusterSettings());
        model.apply(random.observations());
        List<Finding> findings = new Assessor(model.snapshot()).assess(change).findings();
        return change.after().stream()
                .map(policy -> new Found(seed, model.apply(List.of(observation(policy))), policy, findings));
    }

    private static Observation observation(Policy policy) {
        ObjectRef object = new ObjectRef(
                "NetworkPolicy", policy.ref().namespace(), policy.ref().name());
        return new Observation(object, List.of(new Fact.NetworkPolicy(policy)));
    }

    @Test
    @DisplayName("each is about the changed policy, at a field of it, in one line; and many kinds turn up")
    void form() {
        Map<String, Integer> counts = new HashMap<>();
        CLUSTERS.forEach(found -> {
            assertThat(found.findings()).as("%s", found).allSatisfy(finding -> {
                assertThat(finding.policy())
                        .isEqualTo(ObjectRef.of(found.policy().ref()));
                assertThat(finding.place()).matches("(spec|metadata)\\b.*");
                assertThat(finding.message()).startsWith(finding.id() + ": ").doesNotContain("\n");
                assertThat(finding.explanation()).isNotBlank();
            });
            found.findings().forEach(finding -> counts.merge(finding.id(), 1, Integer::sum));
        });
        assertThat(counts).hasSizeGreaterThan(12);
    }

    @Test
    @DisplayName("a policy that selects nothing selects nothing")
    void selectsNothing() {
        CLUSTERS.stream()
                .filter(found -> found.has("selects-nothing") || found.has("wrong-namespace"))
                .forEach(found -> assertThat(found.snapshot()
                                .namespaceOrAssumed(found.policy().ref().namespace())
                                .select(found.policy().podSelector())
                                .isEmpty())
                        .as("%s", found)
                        .isTrue());
    }

    @Test
    @DisplayName("without a redundant policy every verdict is the same")
    void redundantPolicy() {
        List<Found> redundant =
                CLUSTERS.stream().filter(found -> found.has("redundant-policy")).toList();
        assertThat(redundant).hasSizeGreaterThan(10);
        redundant.forEach(found -> assertSameVerdicts(found, List.of()));
    }

    @Test
    @DisplayName("without the shadowed rules every verdict is the same")
    void shadowedRule() {
        List<Found> shadowed =
                CLUSTERS.stream().filter(found -> found.has("shadowed-rule")).toList();
        assertThat(shadowed).hasSizeGreaterThan(10);
        shadowed.forEach(found -> {
            Policy policy = found.policy();
            Policy less = new Policy(
                    policy.ref(),
                    policy.podSelector(),
                    withoutShadowed(found, Direction.INGRESS),
                    withoutShadowed(found, Direction.EGRESS));
            assertSameVerdicts(found, List.of(less));
        });
    }

    private static Policy.Section withoutShadowed(Found found, Direction direction) {
        List<Rule> left = found.policy().section(direction).written().stream()
                .filter(rule -> found.findings().stream()
                        .noneMatch(finding -> finding.id().equals("shadowed-rule")
                                && finding.place().equals(new RuleSite(direction, rule).place())))
                .toList();
        return new Policy.Section(found.policy().isolates(direction), left);
    }

    /** Verdicts with the changed policy are those with another, or none, in its place. */
    private static void assertSameVerdicts(Found found, List<Policy> inItsPlace) {
        Snapshot cluster = found.snapshot();
        NamespaceShard shard = cluster.namespaceOrAssumed(found.policy().ref().namespace());
        Stream<CompiledPolicy> others = shard.policies().stream()
                .filter(other -> !other.policy().ref().equals(found.policy().ref()));
        PolicyView replaced = new PolicyOverlay(
                cluster,
                Map.of(
                        shard.name(),
                        Stream.concat(others, inItsPlace.stream().map(shard::compile))
                                .toList()));
        Reachability with = new Reachability(cluster, cluster);
        Reachability without = new Reachability(cluster, replaced);
        for (Pair pair : pairs(cluster)) {
            assertThat(without.answer(pair)).as("%s of %s", pair, found).isEqualTo(with.answer(pair));
        }
    }

    /** Between all workloads, and with the outside. */
    private static List<Pair> pairs(Snapshot cluster) {
        List<Endpoint> ends = new ArrayList<>();
        cluster.namespaces()
                .forEach(shard -> shard.workloads().forEach(workload -> ends.add(new Endpoint.Pods(workload))));
        ends.add(new Endpoint.Addresses(Cidr.parse("203.0.113.7/32").range(), Endpoint.Addresses.Kind.OUTSIDE));
        List<Pair> pairs = new ArrayList<>();
        for (Endpoint from : ends) {
            for (Endpoint to : ends) {
                for (int port : PORTS) {
                    for (Protocol protocol : List.of(Protocol.TCP, Protocol.UDP)) {
                        pairs.add(new Pair(
                                from, to, new Traffic(protocol, PortRange.of(port), IpFamily.IPV4, Route.DIRECT)));
                    }
                }
            }
        }
        return pairs;
    }
}
