package dev.flowguard.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The overlays render, and to the same whether by the assembler of these tests or by kubectl. */
class KustomizationTest {
    private static final List<List<String>> RENDERERS =
            List.of(List.of("kubectl", "kustomize"), List.of("kustomize", "build"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    @DisplayName("no overlay is left out of these tests")
    void allOverlays() throws IOException {
        try (Stream<Path> folders = Files.list(Installation.OVERLAYS)) {
            assertThat(Installation.all().map(Installation::overlay))
                    .containsExactlyInAnyOrderElementsOf(
                            folders.map(path -> path.getFileName().toString()).toList());
        }
    }

    @Test
    @DisplayName("no manifest is left out of every overlay, and of what the owners of a network plugin add to one")
    void allFiles() throws IOException {
        Map<Object, Object> installed = new TreeMap<>();
        Stream.concat(Installation.all().flatMap(each -> each.objects().stream()), withPluginPolicies().stream())
                .forEach(object -> installed.put(id(object), ""));
        try (Stream<Path> files = Stream.of("base", "components")
                .flatMap(part -> walk(Path.of("deploy", part)))
                .filter(file -> !file.endsWith("kustomization.yaml"))) {
            assertThat(files.flatMap(file -> Yaml.documents(file).stream()).map(KustomizationTest::id))
                    .isNotEmpty()
                    .allSatisfy(id -> assertThat(installed).containsKey(id));
        }
    }

    /** The default overlay with the components for the policies of all network plugins. */
    private List<ObjectNode> withPluginPolicies() throws IOException {
        try (Stream<Path> components = Files.list(Path.of("deploy/components"))) {
            String added = components
                    .filter(component -> component.toString().endsWith("-policies"))
                    .sorted()
                    .map(component -> "- " + component.toAbsolutePath() + "\n")
                    .collect(Collectors.joining());
            Files.writeString(
                    folder.resolve("kustomization.yaml"),
                    "resources:\n- " + Installation.OVERLAYS.resolve("default").toAbsolutePath() + "\ncomponents:\n"
                            + added);
        }
        return Kustomization.render(folder);
    }

    @DisplayName("kubectl agrees on")
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.flowguard.deploy.Installation#all")
    void agreesWithKubectl(Installation installation) throws Exception {
        List<String> renderer = RENDERERS.stream()
                .filter(command -> onPath(command.get(0)))
                .findFirst()
                .orElse(List.of());
        assumeTrue(!renderer.isEmpty(), "skipped: neither kubectl nor kustomize is on the PATH");
        assertThat(byId(Yaml.documents(output(renderer, installation.overlay()))))
                .isEqualTo(byId(installation.objects()));
    }

    private String output(List<String> renderer, String overlay) throws Exception {
        Path output = folder.resolve("rendered.yaml");
        Process process = new ProcessBuilder(Stream.concat(
                                renderer.stream(),
                                Stream.of(Installation.OVERLAYS.resolve(overlay).toString()))
                        .toList())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("in time").isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(output);
    }

    private static boolean onPath(String command) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, command)));
    }

    private static Stream<Path> walk(Path folder) {
        try {
            return Files.walk(folder).filter(file -> file.toString().endsWith(".yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> byId(Collection<ObjectNode> objects) {
        return objects.stream()
                .collect(Collectors.toMap(
                        KustomizationTest::id,
                        KustomizationTest::unordered,
                        (a, b) -> {
                            throw new AssertionError("twice: " + a);
                        },
                        TreeMap::new));
    }

    private static String id(JsonNode object) {
        return object.get("kind").asText() + " "
                + object.at("/metadata/namespace").asText() + "/"
                + object.at("/metadata/name").asText();
    }

    /** Merged lists come out in another order from kustomize; none of ours means anything by it. */
    private static Object unordered(JsonNode node) {
        if (node.isObject()) {
            Map<String, Object> map = new TreeMap<>();
            node.properties().forEach(field -> map.put(field.getKey(), unordered(field.getValue())));
            return map;
        }
        return node.isArray()
                ? StreamSupport.stream(node.spliterator(), false)
                        .map(each -> unordered(each).toString())
                        .collect(Collectors.toCollection(TreeSet::new))
                : node.asText();
    }
}
