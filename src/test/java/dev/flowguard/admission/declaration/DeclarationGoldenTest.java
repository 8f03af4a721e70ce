package dev.flowguard.admission.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.feed.InMemoryCluster;
import dev.flowguard.feed.Manifests;
import dev.flowguard.testing.Golden;
import dev.flowguard.wording.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The warnings about a declaration that is created in the demo shop, word for word. To accept new wording, run with
 * {@code -Dgolden=write} and read what git shows as changed.
 */
@DisplayName("What is said of a declaration in the demo shop")
class DeclarationGoldenTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/declarations");
    private static final DeclarationCheck CHECK = new DeclarationCheck(new InMemoryCluster(
            ClusterSettings.DEFAULT,
            Manifests.read(Path.of("deploy/demo"), false).observations()));

    static Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            return files
                    .map(file -> file.getFileName().toString().replaceFirst("\\.(yaml|txt)$", ""))
                    .distinct()
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void asWritten(String name) throws IOException {
        Opinion opinion = CHECK.check(
                DeclarationMapping.map(Declarations.created(Files.readString(GOLDEN.resolve(name + ".yaml")))));
        String said = text(opinion);
        Golden.assertSame(GOLDEN.resolve(name + ".txt"), said);
        assertThat(opinion.said().warnings())
                .hasSizeLessThanOrEqualTo(11)
                .allSatisfy(warning -> assertThat(warning).hasSizeLessThanOrEqualTo(120));
    }

    private static String text(Opinion opinion) {
        List<String> warnings = opinion.said().warnings();
        return opinion.outcome().reason() + ", "
                + Names.count(opinion.problems().size(), "problem") + "\n"
                + String.join(
                        "",
                        warnings.stream().map(line -> "Warning: " + line + "\n").toList());
    }
}
