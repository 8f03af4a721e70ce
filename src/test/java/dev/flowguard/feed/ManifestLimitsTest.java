package dev.flowguard.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.flowguard.testing.Patience;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A folder of manifests may be a stranger's: reading it ends, in a time and a memory that can be told beforehand, with a sentence. */
@DisplayName("Reading manifests")
class ManifestLimitsTest {
    private static final Path ENDLESS = Path.of("/dev/zero");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @DisplayName("refuses numbers without an end, in any base and place:")
    @ParameterizedTest(name = "{0}…")
    @ValueSource(strings = {"9", "-9", "0x", "0b", "0", "1_", "1.", "1e", ".", "+1"})
    void numbers(String start) throws IOException {
        String number = start + "1".repeat(600_000);
        assertThat(problem("{apiVersion: v1, kind: Node, metadata: {name: n1, x: " + number + "}}"))
                .startsWith("a.yaml, document 1, line 1: metadata.x: is a number of ")
                .endsWith(" characters: put it in quotes if it is a text")
                .hasSizeLessThan(200);
    }

    @DisplayName("takes a number that is a key for what it is: a text")
    @Test
    void numberAsKey() throws IOException {
        write("{apiVersion: v1, kind: Node, metadata: {name: n1, annotations: {? " + "1".repeat(600_000) + " : x}}}");
        Assertions.assertTimeoutPreemptively(Patience.CEILING, () -> Manifests.read(folder, false));
    }

    @DisplayName("leaves long texts alone")
    @Test
    void texts() throws IOException {
        String hash = "0123456789abcdef".repeat(16);
        write("{apiVersion: v1, kind: Node, metadata: {name: n1, annotations: {a: " + hash + ", b: '" + "1".repeat(600)
                + "'}}}");
        assertThat(Manifests.read(folder, false).problems()).isEmpty();
    }

    @DisplayName("follows no link to a device that never ends")
    @Test
    void device() throws IOException {
        assumeTrue(Files.exists(ENDLESS));
        Files.createSymbolicLink(folder.resolve("a.yaml"), ENDLESS);
        assertThat(problem())
                .isEqualTo("a.yaml: cannot be read: it is no regular file but a device, a pipe or a socket"
                        + " (or a link to one)");
    }

    @DisplayName("ends where the memory of the program would")
    @Test
    void stream() {
        ManifestBytes bytes = new ManifestBytes(10);
        assertThatThrownBy(() -> bytes.stream(new Endless()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("too many for this program's memory")
                .hasMessageContaining("-Xmx");
    }

    @DisplayName("counts all files of a folder together")
    @Test
    void together() throws IOException {
        ManifestBytes bytes = new ManifestBytes(10);
        Path file = Files.writeString(folder.resolve("a.yaml"), "12345");
        assertThat(bytes.file(file, true)).hasSize(5);
        assertThat(bytes.file(file, true)).hasSize(5);
        assertThatThrownBy(() -> bytes.file(file, true)).isInstanceOf(IOException.class);
    }

    @DisplayName("refuses nesting without an end:")
    @ParameterizedTest(name = "{0}…")
    @ValueSource(strings = {"[", "{a: ", "- ", "? "})
    void nesting(String step) {
        String text = step.repeat(100_000);
        LoadedManifests loaded = Assertions.assertTimeoutPreemptively(
                Patience.CEILING, () -> Manifests.read(new ByteArrayInputStream(text.getBytes(UTF_8))));
        assertThat(loaded.problems()).hasSize(1);
        assertThat(loaded.problems().get(0).toString()).contains("nested more than 200 levels deep");
    }

    private String problem(String text) throws IOException {
        write(text);
        return problem();
    }

    private void write(String text) throws IOException {
        Files.writeString(folder.resolve("a.yaml"), text);
    }

    /** The only one. */
    private String problem() {
        LoadedManifests loaded =
                Assertions.assertTimeoutPreemptively(Patience.CEILING, () -> Manifests.read(folder, false));
        assertThat(loaded.problems()).hasSize(1);
        return loaded.problems().get(0).toString();
    }

    private static final class Endless extends InputStream {
        @Override
        public int read() {
            return 0;
        }
    }
}
