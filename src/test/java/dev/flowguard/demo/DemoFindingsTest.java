package dev.flowguard.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.assess.finding.FindingLevels;
import dev.flowguard.assess.finding.Findings;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.feed.InMemoryCluster;
import dev.flowguard.feed.Manifests;
import dev.flowguard.testing.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Findings in the demo shop")
class DemoFindingsTest {
    private static final Pattern ROW = Pattern.compile("\\| `(?:--delete )?([\\w/-]+)` \\|.*\\| (.*?) \\|");
    private static final Pattern QUOTED = Pattern.compile("`([a-z-]+)`");
    private static final Pattern WARNING = Pattern.compile("(?m)^  warning: ([a-z-]+): ");

    @Test
    @DisplayName("the shop as it stands has none, whatever the network plugin")
    void silent() {
        for (String cni : List.of("auto", "generic", "cilium", "aws-vpc-cni", "azure-npm")) {
            InMemoryCluster shop = new InMemoryCluster(
                    ClusterSettings.DEFAULT.withCni(cni),
                    Manifests.read(Demo.FOLDER, false).observations());
            assertThat(Findings.inForce(shop.snapshot(), FindingLevels.USUAL))
                    .as(cni)
                    .isEmpty();
        }
    }

    /** A row of the README's table: a change or deletion, and the ids of the findings that it names. */
    record Row(String what, List<String> ids) {
        @Override
        public String toString() {
            return what + ": " + ids;
        }

        String[] arguments() {
            return what.indexOf('/') < 0
                    ? new String[] {"--change", Demo.change(what)}
                    : new String[] {"--delete", what};
        }
    }

    static Stream<Row> rows() throws IOException {
        return Files.readAllLines(Demo.FOLDER.resolve("README.md")).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> new Row(row.group(1), ids(row.group(2))));
    }

    private static List<String> ids(String cell) {
        List<String> known = Findings.kinds().stream().map(FindingKind::id).toList();
        return QUOTED.matcher(cell)
                .results()
                .map(quoted -> quoted.group(1))
                .filter(known::contains)
                .sorted()
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void asTheReadmeSays(Row row) {
        List<String> known = Findings.kinds().stream().map(FindingKind::id).toList();
        CommandRun run = Demo.check(row.arguments());
        assertThat(WARNING.matcher(run.out()).results().map((MatchResult warning) -> warning.group(1)))
                .filteredOn(known::contains)
                .containsExactlyInAnyOrderElementsOf(row.ids());
    }
}
