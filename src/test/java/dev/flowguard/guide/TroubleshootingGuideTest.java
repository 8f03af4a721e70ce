package dev.flowguard.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.assess.FlowState;
import dev.flowguard.assess.StateAssessor;
import dev.flowguard.assess.finding.FindingLevels;
import dev.flowguard.assess.finding.Findings;
import dev.flowguard.cluster.Snapshot;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Each cause in the troubleshooting guide")
class TroubleshootingGuideTest {
    static Stream<GuideCase> causes() {
        return GuideCase.all();
    }

    @ParameterizedTest(name = "is named: {0}")
    @MethodSource("causes")
    void isNamed(GuideCase cause) {
        assertThat(cause.told()).isNotEmpty().containsExactlyElementsOf(cause.expected());
    }

    @ParameterizedTest(name = "has a repair that leaves nothing to say: {0}")
    @MethodSource("causes")
    void hasARepair(GuideCase cause) {
        Snapshot repaired = cause.repaired();
        assertThat(Findings.inForce(repaired, FindingLevels.USUAL)).isEmpty();
        assertThat(new StateAssessor(repaired).assess()).allMatch(standing -> standing.state() == FlowState.SATISFIED);
    }

    @ParameterizedTest(name = "has no file that nobody reads: {0}")
    @MethodSource("causes")
    void hasNoOtherFile(GuideCase cause) {
        assertThat(cause.files()).containsExactly("change.yaml", "cluster.yaml", "expect.txt", "repair.yaml");
    }
}
