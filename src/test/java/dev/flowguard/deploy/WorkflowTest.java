package dev.flowguard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A tag of somebody else's repository can be moved to other code, which would then run with the rights of a release. */
@DisplayName("The workflows of GitHub")
class WorkflowTest {
    private static final Path FOLDER = Path.of(".github/workflows");
    private static final Pattern USES = Pattern.compile("(?m)^\\s*(?:-\\s+)?uses:\\s*(.*)$");
    private static final Pattern PINNED = Pattern.compile("[\\w.-]+/[\\w./-]+@[0-9a-f]{40} # v\\d[\\w.]*");

    @Test
    @DisplayName("use nothing of others but by the full hash of a commit, with the version beside it")
    void pinned() throws IOException {
        List<String> used = workflows().stream()
                .flatMap(workflow -> USES.matcher(workflow).results().map(MatchResult::group))
                .map(line -> line.replaceFirst("^\\s*(?:-\\s+)?uses:\\s*", ""))
                .toList();
        assertThat(used).isNotEmpty().allMatch(each -> PINNED.matcher(each).matches());
    }

    @Test
    @DisplayName("say which rights they have, and have none that they do not need")
    void rights() throws IOException {
        assertThat(workflows())
                .isNotEmpty()
                .allSatisfy(workflow -> assertThat(workflow)
                        .containsPattern("(?m)^permissions:$")
                        .doesNotContain("write-all", "pull_request_target"));
    }

    private static List<String> workflows() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(WorkflowTest::read).toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
