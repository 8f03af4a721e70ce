package dev.flowguard.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.testing.CommandRun;
import dev.flowguard.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One cluster a file, whose first line says the network plugin and what is special; what {@code check} says of it and what {@code
 * check -o repair} writes, word for word. To accept new wording, run with {@code -Dgolden=write} and read what git shows as changed.
 */
@DisplayName("A repair stands before what decides, in the shape of the policies that are there")
class RepairsOfOtherKindsTest {
    private static final Path CLUSTERS = Path.of("src/test/resources/repairs");
    private static final Path GOLDEN = Path.of("src/test/resources/golden/repairs");

    /** Where whoever owns the policy has to think. */
    private static final List<String> HELPLESS = List.of("admin-no-room");

    static Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(CLUSTERS)) {
            return files.map(file -> file.getFileName().toString().replace(".yaml", "")).sorted().toList().stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void asWritten(String name) throws IOException {
        Golden.assertSame(
                GOLDEN.resolve(name + ".txt"),
                check(name).out() + "\n" + check(name, "-o", "repair").out());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    @DisplayName("what is written is read again, and the flow works with it")
    void works(String name, @TempDir Path folder) throws IOException {
        if (HELPLESS.contains(name)) {
            return;
        }
        Path repair = folder.resolve("repair.yaml");
        Files.writeString(repair, check(name, "-o", "repair").out());

        CommandRun applied = check(name, "--change", repair.toString());

        assertThat(applied.exitCode()).as(applied.out() + applied.err()).isZero();
        assertThat(applied.out()).containsPattern("repairs: (web/)?portal-1 -> ");
    }

    @Test
    @DisplayName("no golden file is left over")
    void noneLeftOver() throws IOException {
        Golden.assertNoneLeftOver(GOLDEN, names().collect(Collectors.toSet()));
    }

    private static CommandRun check(String name, String... more) throws IOException {
        Path cluster = CLUSTERS.resolve(name + ".yaml");
        String plugin = Files.readAllLines(cluster).get(0).replaceAll("^# ([a-z-]+):.*", "$1");
        List<String> arguments = Stream.concat(
                        Stream.of("check", "--manifests", cluster.toString(), "--cni", plugin), Stream.of(more))
                .toList();
        return CommandRun.of(arguments.toArray(String[]::new));
    }
}
