package dev.flowguard.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The container image, on a base of its own with a single file")
class ContainerImageTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant TIME = Instant.parse("2026-11-01T00:00:00Z");

    private final Path folder;

    ContainerImageTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    @DisplayName(
            "runs the program as a numbered user, by the Dockerfile's command, with labels, in layers of their own")
    void fits() throws Exception {
        Path tar = folder.resolve("image.tar");
        assertThat(image().write("tar://" + base(), "registry.example.com/flowguard:1.2.3", tar))
                .isEmpty();

        Map<String, byte[]> files = files(Files.readAllBytes(tar));
        JsonNode manifest = JSON.readTree(files.get("manifest.json")).get(0);
        assertThat(manifest.path("RepoTags").get(0).asText()).isEqualTo("registry.example.com/flowguard:1.2.3");
        JsonNode config = JSON.readTree(files.get(manifest.path("Config").asText()));
        assertThat(config.path("created").asText()).isEqualTo(TIME.toString());
        JsonNode container = config.path("config");
        assertThat(container.path("User").asText()).isEqualTo("185");
        assertThat(texts(container.path("Entrypoint")))
                .startsWith("java")
                .endsWith("-jar", "/deployments/quarkus-run.jar")
                .contains("-XX:+ExitOnOutOfMemoryError")
                .noneMatch(word -> word.contains("AOTCache"));
        assertThat(texts(container.path("Cmd"))).containsExactly("serve");
        assertThat(container.path("ExposedPorts").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("8443/tcp", "9000/tcp");
        assertThat(container
                        .path("Labels")
                        .path("org.opencontainers.image.version")
                        .asText())
                .isEqualTo("1.2.3");
        assertThat(container
                        .path("Labels")
                        .path("org.opencontainers.image.revision")
                        .asText())
                .isEqualTo("abc");
        assertThat(layers(manifest, files))
                .containsExactly(
                        List.of("etc/base"),
                        List.of("deployments/lib/main/a.jar", "licenses/LICENSE"),
                        List.of("deployments/app/b.jar", "deployments/quarkus-run.jar", "deployments/quarkus/c.jar"));
    }

    @Test
    @DisplayName("is not there where its base cannot be had, and what was begun is gone")
    void noBase() throws Exception {
        Path tar = folder.resolve("image.tar");

        assertThat(image().write("tar://" + folder.resolve("none.tar"), "flowguard:1.2.3", tar))
                .isPresent();
        assertThat(tar).doesNotExist();
    }

    private ContainerImage image() throws IOException {
        for (String file : List.of("lib/main/a.jar", "app/b.jar", "quarkus/c.jar", "quarkus-run.jar", "commands.aot")) {
            Path path = folder.resolve("app").resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, file);
        }
        return new ContainerImage(Path.of(""), folder.resolve("app"), "1.2.3", "abc", TIME);
    }

    /** The files of each layer, sorted. */
    private static List<List<String>> layers(JsonNode manifest, Map<String, byte[]> files) throws IOException {
        List<List<String>> layers = new ArrayList<>();
        for (String layer : texts(manifest.path("Layers"))) {
            layers.add(List.copyOf(files(new GZIPInputStream(new ByteArrayInputStream(files.get(layer))).readAllBytes())
                    .keySet()));
        }
        return layers;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** As {@code docker save} writes one. */
    private Path base() throws Exception {
        byte[] layer = tar(Map.of("etc/base", "x".getBytes(StandardCharsets.UTF_8)));
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(layer));
        String config =
                "{\"architecture\": \"amd64\", \"os\": \"linux\", \"config\": {}, \"rootfs\": {\"type\": \"layers\","
                        + " \"diff_ids\": [\"sha256:" + digest + "\"]}}";
        Path base = folder.resolve("base.tar");
        Files.write(
                base,
                tar(new TreeMap<>(Map.of(
                        "layer.tar",
                        layer,
                        "config.json",
                        config.getBytes(StandardCharsets.UTF_8),
                        "manifest.json",
                        "[{\"Config\": \"config.json\", \"RepoTags\": [\"base:1\"], \"Layers\": [\"layer.tar\"]}]"
                                .getBytes(StandardCharsets.UTF_8)))));
        return base;
    }

    private static byte[] tar(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = bytes;
                TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            for (var file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static Map<String, byte[]> files(byte[] tar) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (TarArchiveInputStream in = new TarArchiveInputStream(new ByteArrayInputStream(tar))) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.isFile()) {
                    files.put(entry.getName().replaceFirst("^/", ""), in.readAllBytes());
                }
            }
        }
        return files;
    }
}
