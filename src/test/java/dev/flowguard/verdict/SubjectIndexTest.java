package dev.flowguard.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.cluster.ClusterModel;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.RuledPolicies;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.kubernetes.ObjectReader;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.chain.Action;
import dev.flowguard.policy.chain.Block;
import dev.flowguard.policy.chain.ChainRule;
import dev.flowguard.policy.chain.Ends;
import dev.flowguard.policy.chain.RuledPolicy;
import dev.flowguard.testing.Dice;
import dev.flowguard.testing.RandomCalico;
import dev.flowguard.verdict.match.EndsMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Random clusters with policies of Calico: the index, and what is derived from change to change, against asking everybody anew. */
class SubjectIndexTest {
    private static final int CLUSTERS = 400;
    private static final ClusterSettings CALICO = ClusterSettings.DEFAULT.withCni("calico");

    @Test
    @DisplayName("no policy that selects a pod, surely or perhaps, is missed; and a policy's namespaces are among those"
            + " that are looked at")
    void candidates() {
        int found = 0;
        for (long seed = 0; seed < CLUSTERS; seed++) {
            Snapshot cluster = new ClusterModel(CALICO).apply(observations(seed));
            EndsMatcher ends = new EndsMatcher(cluster);
            for (NamespaceShard shard : cluster.namespaces()) {
                for (Workload workload : shard.workloads()) {
                    List<RuledPolicy> met =
                            cluster.ruled().candidates(workload, shard.entry().labels());
                    for (RuledPolicy policy : cluster.ruled().all()) {
                        boolean own = policy.ref().isClusterScoped()
                                || policy.ref().namespace().equals(shard.name());
                        if (own && !ends.selects(policy.subject(), workload).isNo()) {
                            found++;
                            assertThat(met).as("seed %d, %s", seed, workload).contains(policy);
                            assertThat(cluster.holding(policy))
                                    .as("seed %d, %s", seed, policy.ref())
                                    .contains(shard);
                            assertThat(cluster.candidates(policy))
                                    .as("seed %d, %s", seed, policy.ref())
                                    .contains(workload);
                        }
                    }
                }
            }
        }
        assertThat(found).isPositive();
    }

    @Test
    @DisplayName("no pod that a rule means, surely or perhaps, is missed")
    void peers() {
        int found = 0;
        for (long seed = 0; seed < CLUSTERS / 4; seed++) {
            Snapshot cluster = new ClusterModel(CALICO).apply(observations(seed));
            EndsMatcher ends = new EndsMatcher(cluster);
            List<Ends> peers = cluster.ruled().all().stream()
                    .flatMap(policy ->
                            Stream.concat(policy.ingress().rules().stream(), policy.egress().rules().stream()))
                    .map(ChainRule::peer)
                    .distinct()
                    .toList();
            for (Ends peer : peers) {
                List<Workload> meant = cluster.namespaces().stream()
                        .flatMap(shard -> shard.workloads(shard.podNetwork()).stream())
                        .filter(workload -> !ends.selects(peer, workload).isNo())
                        .toList();
                found += meant.size();
                assertThat(cluster.candidates(peer))
                        .as("seed %d, %s", seed, peer)
                        .containsAll(meant);
            }
        }
        assertThat(found).isPositive();
    }

    @Test
    @DisplayName("policies, tiers and sets that come, change and go one by one leave what all of them make at once")
    void oneByOne() {
        for (long seed = 0; seed < CLUSTERS; seed++) {
            List<Observation> first = observations(seed);
            List<Observation> then = observations(seed + CLUSTERS);
            ClusterModel model = new ClusterModel(CALICO);
            model.apply(first);
            Snapshot whatIf = model.snapshot();
            List<Observation> steps = new ArrayList<>();
            first.forEach(observation -> steps.add(Observation.gone(observation.object())));
            steps.addAll(then);
            Dice dice = new Dice(seed);
            while (!steps.isEmpty()) {
                Observation step = steps.remove(dice.below(Math.min(8, steps.size())));
                model.apply(List.of(step));
                whatIf = whatIf.with(step);
                same(seed, model.snapshot().ruled(), whatIf.ruled());
            }
            model.apply(then);
            same(
                    seed,
                    model.snapshot().ruled(),
                    new ClusterModel(CALICO).apply(then).ruled());
        }
    }

    private static void same(long seed, RuledPolicies found, RuledPolicies expected) {
        assertThat(found.all()).as("seed %d", seed).isEqualTo(expected.all());
        for (RuledPolicy policy : expected.all()) {
            Block block = policy.place().block();
            assertThat(found.at(policy.place()))
                    .as("seed %d", seed)
                    .isEqualTo(expected.all().stream()
                            .filter(other -> other.place().equals(policy.place()))
                            .toList());
            for (Direction direction : Direction.values()) {
                assertThat(found.passesOn(block, direction))
                        .as("seed %d", seed)
                        .isEqualTo(expected.all().stream()
                                .filter(other -> other.place().block().equals(block))
                                .flatMap(other -> other.section(direction).rules().stream())
                                .anyMatch(rule -> rule.action() == Action.PASS));
                assertThat(found.isAnythingBehind(block, direction))
                        .as("seed %d", seed)
                        .isEqualTo(expected.all().stream()
                                .anyMatch(other -> other.place().block().compareTo(block) > 0
                                        && other.section(direction).isPresent()));
            }
        }
        assertThat(found.unclear()).as("seed %d", seed).isEqualTo(expected.unclear());
        assertThat(found.ignored()).as("seed %d", seed).isEqualTo(expected.ignored());
        assertThat(found.remarks()).as("seed %d", seed).isEqualTo(expected.remarks());
    }

    private static List<Observation> observations(long seed) {
        return new RandomCalico(seed)
                .objects().stream().map(SubjectIndexTest::observation).toList();
    }

    private static Observation observation(ObjectNode object) {
        return ObjectReader.read(object)
                .match(
                        read -> read.observation(),
                        refused -> {
                            throw new AssertionError(object + ": " + refused.problems());
                        },
                        notRead -> Observation.gone(new ObjectRef("None", "", "none")));
    }
}
