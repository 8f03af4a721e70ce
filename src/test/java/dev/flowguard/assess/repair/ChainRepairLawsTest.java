package dev.flowguard.assess.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.cluster.ClusterModel;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.contract.Contract;
import dev.flowguard.contract.ContractSource;
import dev.flowguard.contract.Enforcement;
import dev.flowguard.contract.Expectation;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.FlowPorts;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.kubernetes.ObjectReader;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.testing.RandomCalico;
import dev.flowguard.testing.RandomChains;
import dev.flowguard.verdict.match.Allowance;
import dev.flowguard.verdict.reach.Allowances;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Repairs of random clusters with policies of several kinds, looked at from all sides: every pair of ends on every port. */
@DisplayName("A repair where several kinds of policies are asked in turn")
class ChainRepairLawsTest {
    private static final int CLUSTERS = 250;
    private static final int PORT = 80;

    private int broken;
    private int repaired;

    @Test
    @DisplayName("with administrators' policies lets the flow through, opens nothing else and closes nothing")
    void administrators() {
        for (long seed = 0; seed < CLUSTERS; seed++) {
            check(seed, new RandomChains(seed, List.of("generic", "kindnet", "calico", "cilium")).cluster(), "pod");
        }
        assertThat(repaired).as("repairs of %s broken flows", broken).isGreaterThan(broken * 6 / 10);
    }

    @Test
    @DisplayName("with policies of Calico lets the flow through, opens nothing else and closes nothing")
    void calico() {
        for (long seed = 0; seed < CLUSTERS; seed++) {
            List<Observation> observations = new ArrayList<>();
            new RandomCalico(seed)
                    .objects()
                    .forEach(object -> ObjectReader.read(object)
                            .accept(
                                    observed -> observations.add(observed.observation()),
                                    refused -> {
                                        throw new AssertionError(refused.problems());
                                    },
                                    ignored -> {}));
            check(seed, new ClusterModel(ClusterSettings.DEFAULT.withCni("calico")).apply(observations), "n");
        }
        assertThat(repaired).as("repairs of %s broken flows", broken).isGreaterThan(broken * 6 / 10);
    }

    /** @param key of the label that no two pods of a namespace share */
    private void check(long seed, Snapshot cluster, String key) {
        Allowances was = new Allowances(cluster, cluster);
        List<Workload> all = was.workloads();
        for (int from = 0; from < all.size(); from++) {
            for (int to = 0; to < all.size(); to++) {
                if (from != to && was.between(from, to).answer(Protocol.TCP, PORT) == Answer.NO) {
                    broken++;
                    DeclaredFlow flow = flow(end(all.get(from), key), end(all.get(to), key));
                    Optional<Repair> repair = new RepairSearch(cluster, cluster, Set.of()).search(flow);
                    if (repair.isPresent()) {
                        repaired++;
                        RepairedPolicies after = RepairedPolicies.none(cluster, cluster)
                                .with(repair.get().steps());
                        compare(
                                "seed " + seed + " " + flow.flow() + " by " + repair.get(),
                                was,
                                new Allowances(cluster, after.view()),
                                from,
                                to);
                    }
                }
            }
        }
    }

    private static void compare(String told, Allowances was, Allowances is, int from, int to) {
        for (int one = 0; one < was.workloads().size(); one++) {
            for (int other = 0; other < was.workloads().size(); other++) {
                if (one == other) {
                    continue; // A pod always reaches itself, and there is one of each.
                }
                Allowance before = was.between(one, other);
                Allowance after = is.between(one, other);
                assertThat(after.sure().containsAll(before.sure())).as(told).isTrue();
                assertThat(after.possible().containsAll(before.possible()))
                        .as(told)
                        .isTrue();
                if (one == from && other == to) {
                    assertThat(after.answer(Protocol.TCP, PORT)).as(told).isEqualTo(Answer.YES);
                } else {
                    assertThat(after.sure().without(before.sure()).isEmpty())
                            .as(
                                    "%s opened %s",
                                    told,
                                    was.workloads().get(one) + " -> "
                                            + was.workloads().get(other))
                            .isTrue();
                }
            }
            for (Direction direction : Direction.values()) {
                assertThat(is.outside(one, direction)).as(told).isEqualTo(was.outside(one, direction));
            }
        }
    }

    private static FlowEnd end(Workload workload, String key) {
        return new FlowEnd.Pods(
                LabelSelector.namespaceNamed(workload.namespace()),
                LabelSelector.ofLabels(Map.of(key, workload.labels().asMap().getOrDefault(key, ""))));
    }

    private static DeclaredFlow flow(FlowEnd from, FlowEnd to) {
        Flow flow = new Flow(
                "asked",
                Expectation.ALLOWED,
                from,
                to,
                new FlowPorts.OfPods(List.of(PortMatch.Numbered.of(Protocol.TCP, PORT))));
        ContractSource source = ContractSource.resource(new ObjectRef(ContractSource.CLUSTER_FLOW_CONTRACT, "", "c"));
        return new DeclaredFlow(new Contract(source, Enforcement.DENY, List.of(flow), List.of()), flow);
    }
}
