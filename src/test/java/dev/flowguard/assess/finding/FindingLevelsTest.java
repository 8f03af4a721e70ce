package dev.flowguard.assess.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flowguard.assess.FindingLevel;
import dev.flowguard.assess.finding.cut.DnsEgressCut;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.label.SelectsNothing;
import dev.flowguard.assess.finding.label.WrongNamespace;
import dev.flowguard.cluster.object.NamespaceEntry;
import dev.flowguard.policy.Labels;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindingLevelsTest {
    private static final FindingKind SELECTS_NOTHING = new SelectsNothing().kind();
    private static final FindingKind DNS = new DnsEgressCut().kind();

    @Test
    void everyFindingWarnsWhereNobodyChoseOtherwise() {
        assertThat(Findings.kinds()).allMatch(kind -> FindingLevels.USUAL.of(kind) == FindingLevel.WARN);
    }

    @ParameterizedTest(name = "[{0}]: selects-nothing {1}, dns-egress-cut {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "selects-nothing=Off | OFF | WARN",
                "selects-nothing=Off,dns-egress-cut=Deny | OFF | DENY",
                "' selects-nothing = Deny , ' | DENY | WARN",
                "all=Off | OFF | OFF",
                "all=Off,dns-egress-cut=Deny | OFF | DENY",
                "dns-egress-cut=Deny,all=Off | OFF | OFF",
                "'' | WARN | WARN",
            })
    void parses(String text, FindingLevel selectsNothing, FindingLevel dns) {
        FindingLevels levels = FindingLevels.parse(text);

        assertThat(levels.of(SELECTS_NOTHING)).isEqualTo(selectsNothing);
        assertThat(levels.of(DNS)).isEqualTo(dns);
    }

    @Test
    void parsesLines() {
        assertThat(FindingLevels.parse("selects-nothing=Off\ndns-egress-cut=Deny\n"))
                .isEqualTo(FindingLevels.parse("selects-nothing=Off,dns-egress-cut=Deny"));
    }

    @ParameterizedTest(name = "[{0}]")
    @CsvSource(
            delimiter = '|',
            value = {
                "selects-nothin=Off | \"selects-nothin\" is no finding; did you mean selects-nothing?",
                "tea=Off | \"tea\" is no finding",
                "selects-nothing=off | selects-nothing: \"off\" is not one of Off, Warn, Deny",
                "selects-nothing=Audit | selects-nothing: \"Audit\" is not one of Off, Warn, Deny",
                "selects-nothing | \"selects-nothing\" has no level: expected something like selects-nothing=Off",
                "tea=Off,x | \"tea\" is no finding; \"x\" has no level: expected something like selects-nothing=Off",
            })
    void namesTheMistake(String text, String problem) {
        assertThatThrownBy(() -> FindingLevels.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(problem);
    }

    @Test
    void aNamespaceChoosesForItself() {
        FindingLevels configured = FindingLevels.parse("all=Deny,selects-nothing=Warn");

        FindingLevels.Reading reading = configured.in(namespace("dns-egress-cut=Off, tea=Off, selects-nothing=Deny"));

        assertThat(reading.levels().of(DNS)).isEqualTo(FindingLevel.OFF);
        assertThat(reading.levels().of(SELECTS_NOTHING)).isEqualTo(FindingLevel.DENY);
        assertThat(reading.levels().of(new WrongNamespace().kind())).isEqualTo(FindingLevel.DENY);
        assertThat(reading.problems()).containsExactly("\"tea\" is no finding");
    }

    @Test
    void aNamespaceThatChoosesNothing() {
        FindingLevels configured = FindingLevels.parse("dns-egress-cut=Deny");

        assertThat(configured.in(NamespaceEntry.assumed("shop")).levels()).isEqualTo(configured);
    }

    private static NamespaceEntry namespace(String findings) {
        return new NamespaceEntry("shop", Labels.NONE, Map.of(FindingLevels.ANNOTATION, findings), false, false);
    }
}
