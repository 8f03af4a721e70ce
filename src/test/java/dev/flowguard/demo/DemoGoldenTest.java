package dev.flowguard.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
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
        Demo.Run run = Demo.check(cases().get(name).toArray(String[]::new));
        String said = run.out() + run.err() + "exit code " + run.exitCode() + "\n";
        Path golden = GOLDEN.resolve(name + ".txt");
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(golden, said);
        }
        assertThat(said).isEqualTo(Files.readString(golden));
    }

    @Test
    @DisplayName("no golden file is left over")
    void noneLeftOver() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".txt", "")))
                    .containsExactlyInAnyOrderElementsOf(cases().keySet());
        }
    }
}
