package dev.flowguard.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.testing.EngineCase;
import java.io.IOException;
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
        assertThat(EngineVerdicts.differing(given, cni, probe -> expected(probe, cni)))
                .isEmpty();
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
}
