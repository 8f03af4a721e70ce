package dev.flowguard.demo;

import dev.flowguard.testing.CommandRun;
import dev.flowguard.testing.Golden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every format of {@code check}, word for word. To accept new wording, run with {@code -Dgolden=write} and read what git shows as
 * changed.
 */
@DisplayName("How check reports on the demo shop")
class DemoReportsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/reports");

    /** Relative, so that the places in reports are the same wherever the build runs. */
    private static final Path CHANGED = Path.of("target/demo-changed");

    private static Map<String, List<String>> cases() {
        String typo = CHANGED.resolve("06").toString();
        String deny = CHANGED.resolve("18").toString();
        Map<String, List<String>> cases = new LinkedHashMap<>();
        cases.put("state-text", List.of("--manifests", typo));
        cases.put("state-repair", List.of("--manifests", typo, "-o", "repair"));
        cases.put("state-markdown", List.of("--manifests", typo, "-o", "markdown"));
        cases.put("state-fine-markdown", List.of("--manifests", "deploy/demo", "-o", "markdown"));
        cases.put("state-fine-repair", List.of("--manifests", "deploy/demo", "-o", "repair"));
        cases.put("base-text", List.of("--base", "deploy/demo", "--manifests", typo));
        cases.put("base-json", List.of("--base", "deploy/demo", "--manifests", typo, "-o", "json"));
        cases.put("base-sarif", List.of("--base", "deploy/demo", "--manifests", typo, "-o", "sarif"));
        cases.put("base-markdown", List.of("--base", "deploy/demo", "--manifests", typo, "-o", "markdown"));
        cases.put("base-repair", List.of("--base", "deploy/demo", "--manifests", typo, "-o", "repair"));
        cases.put("base-deny-text", List.of("--base", "deploy/demo", "--manifests", deny));
        cases.put("base-deny-markdown", List.of("--base", "deploy/demo", "--manifests", deny, "-o", "markdown"));
        cases.put("base-deny-repair", List.of("--base", "deploy/demo", "--manifests", deny, "-o", "repair"));
        cases.put("base-back-text", List.of("--base", typo, "--manifests", "deploy/demo"));
        cases.put(
                "base-still-text",
                List.of("--base", typo, "--manifests", CHANGED.resolve("06-22").toString()));
        cases.put(
                "change-markdown",
                List.of("--manifests", "deploy/demo", "--change", Demo.numbered("06"), "-o", "markdown"));
        cases.put(
                "change-repair",
                List.of(
                        "--manifests",
                        "deploy/demo",
                        "--change",
                        Demo.numbered("16"),
                        "--change",
                        Demo.numbered("06"),
                        "-o",
                        "repair"));
        return cases;
    }

    static Stream<String> names() throws IOException {
        for (String numbers : List.of("06", "18", "06-22")) {
            DemoCopy.in(CHANGED.resolve(numbers), List.of(numbers.split("-")));
        }
        return cases().keySet().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void asWritten(String name) throws IOException {
        CommandRun run = CommandRun.of(
                Stream.concat(Stream.of("check"), cases().get(name).stream()).toArray(String[]::new));
        // The rules of SARIF are all findings with their texts, which other tests hold to account.
        String out = run.out().replaceFirst("(?s)\"rules\" : \\[.*?\\n        ]", "\"rules\" : []");
        String said = out + run.err() + "exit code " + run.exitCode() + "\n";
        Golden.assertSame(GOLDEN.resolve(name + ".txt"), said);
    }

    @Test
    @DisplayName("no golden file is left over")
    void noneLeftOver() throws IOException {
        Golden.assertNoneLeftOver(GOLDEN, cases().keySet());
    }
}
