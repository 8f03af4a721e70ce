package dev.flowguard.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.policy.Answer;
import dev.flowguard.testing.EngineCase;
import dev.flowguard.verdict.match.Allowance;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import dev.flowguard.verdict.reach.Allowances;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole clusters with ClusterNetworkPolicies, and the verdicts of the engines that enforce them. */
class ClusterNetworkPolicyCasesTest {
    static Stream<Arguments> cases() throws IOException {
        return EngineCase.in("cnp").stream()
                .flatMap(each ->
                        Stream.of("generic", "kindnet", "calico", "cilium").map(cni -> Arguments.of(each, cni)));
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("cases")
    @DisplayName("Each probe ends as in the engine, asked alone and as a part of whole port maps")
    void asTheEngine(EngineCase given, String cni) throws IOException {
        Snapshot cluster = given.cluster(cni);
        Reachability reachability = new Reachability(cluster, cluster);
        Allowances allowances = new Allowances(cluster, cluster);
        List<String> wrong = new ArrayList<>();
        for (EngineCase.Probe probe : given.probes()) {
            Pair pair = probe.pair(cluster);
            String found = EngineCase.Probe.text(reachability.verdict(pair));
            Answer answer = reachability.answer(pair);
            if (probe.isSure(cni) && !found.startsWith(expected(probe, cni))) {
                wrong.add(probe + " but is " + found);
            }
            if (answer != inMap(allowances, pair)) {
                wrong.add(probe + " is " + answer + " alone and " + inMap(allowances, pair) + " in the port map");
            }
        }

        assertThat(wrong).isEmpty();
    }

    /**
     * Where plugins differ, one that is not known may do either (T3); and of a pod that is blocked on Cilium, which matches no pods by
     * their addresses, the engine of another plugin does not tell the side (C14).
     */
    private static String expected(EngineCase.Probe probe, String cni) {
        boolean pluginsDiffer = probe.json().has("kindnet");
        String expected = probe.expected(cni);
        return cni.equals("generic") && pluginsDiffer
                ? "undetermined"
                : cni.equals("cilium") && expected.startsWith("blocked") ? "blocked" : expected;
    }

    private static Answer inMap(Allowances allowances, Pair pair) {
        Allowance map = pair.source()
                .match(
                        from -> pair.destination()
                                .match(
                                        to -> allowances.between(
                                                place(allowances, from.workload()), place(allowances, to.workload())),
                                        to -> outside(allowances, from.workload(), to, true)),
                        from -> pair.destination()
                                .match(
                                        to -> outside(allowances, to.workload(), from, false),
                                        to -> Allowance.EVERYTHING));
        return map.answer(pair.traffic().protocol(), pair.traffic().ports().first());
    }

    private static int place(Allowances allowances, Workload workload) {
        return allowances.workloads().indexOf(workload);
    }

    private static Allowance outside(
            Allowances allowances, Workload workload, Endpoint.Addresses addresses, boolean egress) {
        return allowances
                .outside(
                        place(allowances, workload),
                        egress ? dev.flowguard.policy.Direction.EGRESS : dev.flowguard.policy.Direction.INGRESS)
                .stream()
                .filter(part -> part.range().contains(addresses.range()))
                .findFirst()
                .orElseThrow()
                .allowance();
    }
}
