package dev.flowguard.feed;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.contract.ObjectRef;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestsTest {
    private static final Path RESOURCES = Path.of("src/test/resources/manifests");

    @Test
    @DisplayName("A folder is read by name; what is not a manifest is left alone, what is not read is counted")
    void folder() {
        LoadedManifests loaded = Manifests.read(RESOURCES.resolve("shop"), false);
        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.notes()).isEmpty();
        assertThat(loaded.objects())
                .extracting(object -> object.position() + ": " + object.ref())
                .containsExactly(
                        "10-namespace.yaml, document 1, line 1: Namespace shop",
                        "20-orders.yml, document 1, line 7: Deployment shop/orders",
                        "20-orders.yml, document 1, line 34: Service shop/orders",
                        "30-policies.json, document 1, line 5: NetworkPolicy shop/orders",
                        "30-policies.json, document 1, line 7: NetworkPolicy shop/default-deny",
                        "40-contract.yaml, document 1, line 2: FlowContract shop/orders");
        assertThat(loaded.notReadByKind()).hasToString("{ConfigMap=1}");
    }

    @Test
    @DisplayName("Every mistake of a folder is told at once, each with its place and its remedy")
    void mistakes() throws IOException {
        LoadedManifests loaded = Manifests.read(RESOURCES.resolve("mistakes"), true);
        assertThat(loaded.problems().stream()
                        .map(ManifestProblem::toString)
                        .collect(Collectors.joining("\n", "", "\n")))
                .isEqualTo(Files.readString(RESOURCES.resolve("mistakes.txt")));
    }

    @Test
    @DisplayName("An object can be found where it stands")
    void position() {
        LoadedManifests loaded = Manifests.read(RESOURCES.resolve("shop"), false);
        assertThat(loaded.position(new ObjectRef("Service", "shop", "orders")))
                .hasValue(new Position("20-orders.yml", 1, 34));
        assertThat(loaded.position(new ObjectRef("Service", "shop", "checkout")))
                .isEmpty();
    }

    @Nested
    @DisplayName("Of the files")
    class Selection {
        @TempDir
        @SuppressWarnings("NullAway.Init")
        private Path folder;

        @BeforeEach
        void write() throws IOException {
            for (String name :
                    List.of("b.yaml", "a.yml", "c.json", "a/z.yaml", "a/y.yaml", "d.txt", ".e.yaml", "F.YAML")) {
                Path file = folder.resolve(name);
                Files.createDirectories(file.getParent());
                Files.writeString(file, "{apiVersion: v1, kind: Node, metadata: {name: n1}}");
            }
        }

        @Test
        @DisplayName("those that kubectl takes are read, in its order")
        void flat() {
            assertThat(files(Manifests.read(folder, false))).containsExactly(".e.yaml", "a.yml", "b.yaml", "c.json");
        }

        @Test
        @DisplayName("those in subfolders are read when asked for")
        void recursive() {
            assertThat(files(Manifests.read(folder, true)))
                    .containsExactly(".e.yaml", "a/y.yaml", "a/z.yaml", "a.yml", "b.yaml", "c.json");
        }

        @Test
        @DisplayName("a single one is read whatever its name, and placed as it was named")
        void single() {
            Path file = folder.resolve("d.txt");
            assertThat(files(Manifests.read(file, false))).containsExactly(file.toString());
        }

        private static List<String> files(LoadedManifests loaded) {
            return loaded.objects().stream()
                    .map(object -> object.position().file())
                    .toList();
        }
    }

    @Nested
    @DisplayName("It is a problem")
    class Unreadable {
        @TempDir
        @SuppressWarnings("NullAway.Init")
        private Path folder;

        @Test
        @DisplayName("if there is nothing at the path")
        void missing() {
            assertThat(problems(folder.resolve("nowhere"))).containsExactly(folder + "/nowhere: does not exist");
        }

        @Test
        @DisplayName("if the folder has no manifests, with a hint at its subfolders")
        void empty() throws IOException {
            assertThat(problems(folder))
                    .containsExactly(folder + ": holds no file whose name ends in .yaml, .yml, .json");
            Files.createDirectory(folder.resolve("sub"));
            assertThat(problems(folder))
                    .containsExactly(folder
                            + ": holds no file whose name ends in .yaml, .yml, .json; its subfolders are read with -R");
        }

        @Test
        @DisplayName("if the manifests hold no object")
        void noObject() throws IOException {
            Files.writeString(folder.resolve("a.yaml"), "# nothing yet\n---\n");
            assertThat(problems(folder)).containsExactly(folder + ": holds no Kubernetes object");
        }

        @Test
        @DisplayName("if a file is not UTF-8; its byte order mark is none")
        void encoding() throws IOException {
            Files.write(folder.resolve("a.yaml"), "\uFEFFkind: Node\n".getBytes(UTF_16LE));
            Files.write(
                    folder.resolve("b.yaml"),
                    "\uFEFF{apiVersion: v1, kind: Node, metadata: {name: n1}}".getBytes(UTF_8));
            assertThat(problems(folder))
                    .containsExactly("a.yaml: is not UTF-8 text (Windows PowerShell writes UTF-16): save it as UTF-8");
        }
    }

    @Test
    @DisplayName("Of two objects of one name the later counts, as with kubectl apply, and a note says so")
    void replaced() throws IOException {
        LoadedManifests loaded = Manifests.read(new ByteArrayInputStream("""
                {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a}, spec: {}}
                ---
                {apiVersion: v1, kind: Node, metadata: {name: n1}}
                ---
                {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a}, spec: {egress: [{}]}}
                ---
                {apiVersion: v1, kind: Node, metadata: {name: n1, annotations: {irrelevant: x}}}
                """.getBytes(UTF_8)));
        assertThat(loaded.notes())
                .extracting(ManifestProblem::toString)
                .containsExactly(
                        "standard input, document 3, line 5: NetworkPolicy default/a replaces the one at standard"
                                + " input, document 1, line 1: as with kubectl apply, the later counts; give one of them"
                                + " another name if both are meant");
        assertThat(loaded.objects()).hasSize(4);
        assertThat(loaded.observations())
                .extracting(observation -> observation.object().toString())
                .containsExactly("NetworkPolicy default/a", "Node n1");
        assertThat(loaded.observations().get(0))
                .isEqualTo(loaded.objects().get(2).observation());
    }

    private static List<String> problems(Path path) {
        return Manifests.read(path, false).problems().stream()
                .map(ManifestProblem::toString)
                .toList();
    }
}
