package dev.flowguard.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.feed.ManifestProblem;
import dev.flowguard.testing.Described;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName(
        "What the schema of another kind than NetworkPolicy refuses is bad input, with line, field and reason; what it takes is taken")
class BadInputTest {
    static Stream<BadInputRow> rows() {
        return BadInputRow.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void refused(BadInputRow row) {
        List<ManifestProblem> problems = Described.read(row.yaml()).problems();

        if (row.isRefused()) {
            String line = row.problem().startsWith("metadata") ? "line 3: " : "line 4: ";
            assertThat(problems)
                    .isNotEmpty()
                    .first()
                    .asString()
                    .startsWith("standard input, document 1, " + line + row.problem());
        } else {
            assertThat(problems).isEmpty();
        }
    }
}
