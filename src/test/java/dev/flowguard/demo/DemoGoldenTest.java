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
 * The wording, word for word. To accept new wording, run with {@code -Dgolden=write} and read what git shows as changed.
 */
@DisplayName("What is said of the demo shop")
class DemoGoldenTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/demo");

    private static Map<String, List<String>> cases() {
        Map<String, List<String>> cases = new LinkedHashMap<>();
        Demo.changes().forEach(change -> cases.put(change, List.of("--change", Demo.change(change))));
        cases.put("delete-allow-dns", List.of("--delete", "NetworkPolicy/shop/allow-dns"));
        cases.put("delete-allow-dns-json", List.of("--delete", "NetworkPolicy/shop/allow-dns", "-o", "json"));
        cases.put("delete-allow-prometheus", List.of("--delete", "NetworkPolicy/shop/allow-prometheus"));
        cases.put("override-without-permission", List.of("--as", "ann", "--change", Demo.numbered("17")));
        cases.put("generic-dns-by-cluster-ip", List.of("--cni", "generic", "--change", Demo.numbered("05")));
        cases.put("state-json", List.of("-o", "json"));
        return cases;
    }

    static Stream<String> names() {
        return cases().keySet().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void asWritten(String name) throws IOException {
        CommandRun run = Demo.check(cases().get(name).toArray(String[]::new));
        String said = run.out() + run.err() + "exit code " + run.exitCode() + "\n";
        Golden.assertSame(GOLDEN.resolve(name + ".txt"), said);
    }

    @Test
    @DisplayName("no golden file is left over")
    void noneLeftOver() throws IOException {
        Golden.assertNoneLeftOver(GOLDEN, cases().keySet());
    }
}
