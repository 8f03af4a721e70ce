package dev.flowguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.assess.finding.Findings;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.testing.CommandRun;
import dev.flowguard.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("findings and completion")
class SmallCommandsTest {
    private String out = "";

    @Test
    @DisplayName("every kind of finding is listed with its severity and level")
    void list() {
        assertThat(run("findings")).isZero();
        assertThat(out.lines()).hasSameSizeAs(Findings.kinds());
        for (FindingKind kind : Findings.kinds()) {
            assertThat(out)
                    .containsPattern(
                            "(?m)^" + kind.id() + " +" + kind.severity().spelling() + " +Warn +");
        }
    }

    @Test
    @DisplayName("one is explained with all that its page says")
    void explain() {
        assertThat(run("findings", "selects-nothing")).isZero();
        assertThat(out)
                .startsWith("selects-nothing: The policy selects no pod\n")
                .contains("--findings selects-nothing=Off|Warn|Deny", "Compare the selector with kubectl get pods");
    }

    @Test
    @DisplayName("a mistyped one is answered with the nearest")
    void mistyped() {
        assertThat(run("findings", "select-nothing")).isEqualTo(2);
        assertThat(out).contains("did you mean selects-nothing?");
    }

    /** To accept new texts, run with {@code -Dgolden=write}. */
    @Test
    @DisplayName("the page in src/docs/findings.md is what the command prints")
    void page() throws IOException {
        assertThat(run("findings", "-o", "markdown")).isZero();
        Golden.assertSame(Path.of("src/docs/findings.md"), out);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh"})
    @DisplayName("the script for a shell is one that bash takes, and asks the program")
    void completion(String shell, @TempDir Path folder) throws Exception {
        assertThat(run("completion", shell)).isZero();
        assertThat(out).contains("complete -F _flowguard flowguard", "__complete --");
        Path script = Files.writeString(folder.resolve("flowguard"), out);
        assertThat(new ProcessBuilder("bash", "-n", script.toString())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }

    private int run(String... arguments) {
        CommandRun run = CommandRun.onTerminal(arguments);
        out = run.out();
        return run.exitCode();
    }
}
