package dev.flowguard.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.binding.FlowBinding;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.Expectation;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.FlowPorts;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.testing.RandomCalico;
import dev.flowguard.testing.RandomChains;
import dev.flowguard.testing.RandomCilium;
import dev.flowguard.testing.Scenario;
import dev.flowguard.verdict.match.PortClasses;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Random clusters with policies of every kind: ports of one class against each port by itself. */
class PortClassesTest {
    private static final int CLUSTERS = 60;
    private static final List<Integer> PORTS = List.of(
            1, 52, 53, 54, 79, 80, 81, 82, 89, 90, 91, 99, 100, 443, 444, 1_000, 2_000, 8_080, 8_081, 9_090, 15_008,
            65_535);

    private static final FlowEnd ANY_POD = new FlowEnd.Pods(LabelSelector.EVERYTHING, LabelSelector.EVERYTHING);

    private int saved;

    @Test
    @DisplayName("all ports of a class have one verdict, between whatever ends")
    void alike() {
        for (long seed = 0; seed < CLUSTERS; seed++) {
            compare(seed, Scenario.of(seed).snapshot());
            compare(seed, OracleProbe.snapshot("calico", new RandomCalico(seed).objects(), seed));
            compare(seed, OracleProbe.snapshot("cilium", new RandomCilium(seed).objects(), seed));
            compare(seed, new RandomChains(seed, List.of("generic", "kindnet", "calico", "cilium")).cluster());
        }
        assertThat(saved).as("answers that need not be asked for").isGreaterThan(1_000);
    }

    private void compare(long seed, Snapshot cluster) {
        PortClasses classes = new PortClasses(cluster, List.of(cluster));
        Reachability reachability = new Reachability(cluster, cluster);
        FlowBinding binding = new FlowBinding(cluster, List.of(cluster));
        for (Protocol protocol : List.of(Protocol.TCP, Protocol.UDP)) {
            Flow flow = new Flow(
                    "all",
                    Expectation.ALLOWED,
                    ANY_POD,
                    ANY_POD,
                    new FlowPorts.OfPods(List.of(PortMatch.Numbered.of(protocol, 7))));
            binding.forEach(flow, pair -> {
                Map<Integer, Answer> known = new HashMap<>();
                for (int port : PORTS) {
                    Answer answer = reachability.answer(pair.on(PortRange.of(port)));
                    Answer first = known.putIfAbsent(classes.of(port), answer);
                    saved += first == null ? 0 : 1;
                    assertThat(first == null ? answer : first)
                            .as("seed %d, %s on %d", seed, pair, port)
                            .isEqualTo(answer);
                }
                return true;
            });
        }
    }
}
