package dev.flowguard.demo;

import dev.flowguard.testing.CommandRun;
import dev.flowguard.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The wording, word for word. To accept new wording, run with {@code -Dgolden=write} and read what git shows as changed.
 */
@DisplayName("What is said of the demo bank, which is on Cilium")
class DemoCiliumTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/cilium");
    private static final String FOLDER = "deploy/demo/cilium";

    private static Map<String, List<String>> cases() throws IOException {
        Map<String, List<String>> cases = new LinkedHashMap<>();
        cases.put("check", List.of("check"));
        cases.put("connections", List.of("connections"));
        cases.put("explain", List.of("explain", "--from", "web/portal", "--to", "bank/ledger", "--port", "5432"));
        try (Stream<Path> changes = Files.list(Path.of(FOLDER, "changes"))) {
            for (Path change : changes.sorted().toList()) {
                String name = change.getFileName().toString().replace(".yaml", "");
                cases.put(name, List.of("check", "--change", change.toString()));
            }
        }
        return cases;
    }

    static Stream<String> names() throws IOException {
        return cases().keySet().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void asWritten(String name) throws IOException {
        List<String> arguments = new ArrayList<>(cases().get(name));
        arguments.addAll(List.of("--manifests", FOLDER));
        CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
        String said = run.out() + run.err() + "exit code " + run.exitCode() + "\n";
        Golden.assertSame(GOLDEN.resolve(name + ".txt"), said);
    }

    @Test
    @DisplayName("no golden file is left over")
    void noneLeftOver() throws IOException {
        Golden.assertNoneLeftOver(GOLDEN, cases().keySet());
    }
}
