package dev.flowguard.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.testing.EngineCase;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole clusters with policies of Calico, and the verdicts of its own engine. */
class CalicoPolicyCasesTest {
    static List<EngineCase> cases() throws IOException {
        return EngineCase.in("calico");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    @DisplayName("Each probe ends as in the engine, asked alone and as a part of whole port maps")
    void asTheEngine(EngineCase given) throws IOException {
        assertThat(EngineVerdicts.differing(given, "calico", probe -> probe.expected("calico")))
                .isEmpty();
    }
}
