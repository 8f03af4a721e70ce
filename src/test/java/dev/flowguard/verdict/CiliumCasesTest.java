package dev.flowguard.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.cluster.Snapshot;
import dev.flowguard.testing.EngineCase;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole clusters, with the verdicts that Cilium's own engine gave of them. */
class CiliumCasesTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    @DisplayName("Each probe ends as in Cilium's engine")
    void asTheEngine(EngineCase engineCase) throws IOException {
        Snapshot cluster = engineCase.cluster("cilium");
        List<String> wrong = new ArrayList<>();

        for (EngineCase.Probe probe : engineCase.probes()) {
            Pair pair = probe.pair(cluster);
            String found = EngineCase.Probe.text(new Reachability(cluster, cluster).verdict(pair));
            if (!found.equals(probe.expected("cilium")) && !isOwnNodePerhaps(pair, found)) {
                wrong.add(probe + " but is " + found);
            }
        }

        assertThat(wrong).isEmpty();
    }

    /** The engine was asked for a pod on another node; here nothing says on which node a pod is (SEMANTICS I16). */
    private static boolean isOwnNodePerhaps(Pair pair, String found) {
        return found.equals("undetermined") && pair.source().match(pods -> false, Endpoint.Addresses::ofNode);
    }

    static List<EngineCase> cases() throws IOException {
        return EngineCase.in("cilium");
    }
}
