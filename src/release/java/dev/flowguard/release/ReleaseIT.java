package dev.flowguard.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flowguard.testing.CommandRun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What the profile release has put into target/release")
class ReleaseIT {
    private static final Path RELEASE = Path.of("target/release");
    private static final String[] CHECK = {"check", "-f", "deploy/demo"};

    @Test
    @DisplayName("has a checksum for each file, and each is right")
    void checksums() throws IOException {
        List<String> lines = Files.readAllLines(RELEASE.resolve("SHA256SUMS"));
        assertThat(lines).hasSizeGreaterThanOrEqualTo(3);
        for (String line : lines) {
            String[] words = line.split("  ");
            assertThat(Release.sha256(RELEASE.resolve(words[1]))).as(words[1]).isEqualTo(words[0]);
        }
        try (Stream<Path> files = Files.list(RELEASE)) {
            assertThat(files).hasSize(lines.size() + 1);
        }
    }

    @Test
    @DisplayName("runs from the unpacked archive as the program does")
    void archive(@TempDir Path folder) throws Exception {
        unpack(one("tar.gz"), folder);
        Path launcher;
        try (Stream<Path> top = Files.list(folder)) {
            launcher = top.findFirst().orElseThrow().resolve("kubectl-flowguard");
        }
        Process process = new ProcessBuilder(Stream.concat(Stream.of(launcher.toString()), Stream.of(CHECK))
                        .toList())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        assertThat(out).isEqualTo(CommandRun.of(CHECK).out());
    }

    @Test
    @DisplayName("lists in the bill of materials what runs in the program, and nothing that only tests it")
    void bill() throws IOException {
        JsonNode bill = new ObjectMapper().readTree(one("-cyclonedx.json").toFile());
        Set<String> names = Set.copyOf(bill.path("components").findValuesAsText("name"));
        assertThat(names).contains("picocli", "quarkus-rest-jackson").doesNotContain("assertj-core", "jib-core");
    }

    @Test
    @DisplayName("installs by one file all that the default overlay has")
    void installation() throws IOException {
        Path install = RELEASE.resolve("install.yaml");
        assumeTrue(Files.exists(install), "no install.yaml: put kubectl or kustomize on the PATH and build again");
        assertThat(Files.readString(install))
                .contains("kind: CustomResourceDefinition", "kind: ValidatingWebhookConfiguration", "kind: Deployment");
    }

    @Test
    @DisplayName("names in krew's manifest the archive's checksum")
    void krew() throws IOException {
        assertThat(Files.readString(RELEASE.resolve("krew-flowguard.yaml")))
                .contains("sha256: \"" + Release.sha256(one("tar.gz")) + "\"")
                .doesNotContain("@");
    }

    private static Path one(String end) throws IOException {
        Optional<Path> one;
        try (Stream<Path> files = Files.list(RELEASE)) {
            one = files.filter(file ->
                            file.toString().endsWith(end) && !file.toString().endsWith(Release.platform() + ".tar.gz"))
                    .findFirst();
        }
        assumeTrue(one.isPresent(), "no file here ends in " + end + ": build without -Dnative");
        return one.orElseThrow();
    }

    private static void unpack(Path archive, Path folder) throws IOException {
        try (InputStream file = Files.newInputStream(archive);
                TarArchiveInputStream tar = new TarArchiveInputStream(new GzipCompressorInputStream(file))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = folder.resolve(entry.getName());
                Files.createDirectories(path.getParent());
                Files.copy(tar, path);
                boolean isProgram = (entry.getMode() & 0100) != 0;
                assertThat(path.toFile().setExecutable(isProgram)).isTrue();
            }
        }
    }
}
