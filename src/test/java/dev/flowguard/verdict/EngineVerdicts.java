package dev.flowguard.verdict;

import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.Direction;
import dev.flowguard.testing.EngineCase;
import dev.flowguard.verdict.match.Allowance;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import dev.flowguard.verdict.reach.Allowances;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The verdicts on a whole cluster beside those of a network plugin's own engine: asked alone and as a part of whole port maps. */
final class EngineVerdicts {
    private EngineVerdicts() {}

    /**
     * The probes that end otherwise, each with a sentence.
     *
     * @param expected how the verdict on a probe begins
     */
    static List<String> differing(EngineCase given, String cni, Function<EngineCase.Probe, String> expected)
            throws IOException {
        Snapshot cluster = given.cluster(cni);
        Reachability reachability = new Reachability(cluster, cluster);
        Allowances allowances = new Allowances(cluster, cluster);
        List<String> differing = new ArrayList<>();
        for (EngineCase.Probe probe : given.probes()) {
            Pair pair = probe.pair(cluster);
            String found = EngineCase.Probe.text(reachability.verdict(pair));
            Answer answer = reachability.answer(pair);
            if (probe.isSure(cni) && !found.startsWith(expected.apply(probe))) {
                differing.add(probe + " but is " + found);
            }
            if (answer != inMap(allowances, pair)) {
                differing.add(probe + " is " + answer + " alone and " + inMap(allowances, pair) + " in the port map");
            }
        }
        return differing;
    }

    /** The answer as a part of the map of all ports. */
    static Answer inMap(Allowances allowances, Pair pair) {
        Allowance map = pair.source()
                .match(
                        from -> pair.destination()
                                .match(
                                        to -> allowances.between(
                                                place(allowances, from.workload()), place(allowances, to.workload())),
                                        to -> outside(allowances, from.workload(), to, Direction.EGRESS)),
                        from -> pair.destination()
                                .match(
                                        to -> outside(allowances, to.workload(), from, Direction.INGRESS),
                                        to -> Allowance.EVERYTHING));
        return map.answer(pair.traffic().protocol(), pair.traffic().ports().first());
    }

    private static int place(Allowances allowances, Workload workload) {
        return allowances.workloads().indexOf(workload);
    }

    private static Allowance outside(
            Allowances allowances, Workload workload, Endpoint.Addresses addresses, Direction direction) {
        return allowances.outside(place(allowances, workload), direction).stream()
                .filter(part -> part.range().contains(addresses.range()))
                .findFirst()
                .orElseThrow()
                .allowance();
    }
}
