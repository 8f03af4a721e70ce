package dev.flowguard.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.testing.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pull request shows manifests and has them judged. It must not judge itself, nor write on the terminal of whoever looks. */
@DisplayName("A hostile checkout")
class HostileManifestsTest {
    private static final String ESCAPE = "\u001b[2J\u001b]0;pwned\u0007";

    /** Cursor and colours, overwriting, C1 controls, and what turns the direction of writing. */
    private static final String DANGEROUS =
            "(?s).*[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\u200e\u202a-\u202e\u2066-\u2069\u2028].*";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @DisplayName("prints nothing but text, as:")
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"text", "json", "sarif", "markdown"})
    void check(String format) throws IOException {
        write();
        CommandRun run = CommandRun.of("check", "--manifests", folder.toString(), "-o", format);
        assertPlain(run);
        assertThat(run.out() + run.err()).doesNotContain("\\u001b]0;pwned\u0007");
    }

    @DisplayName("prints nothing but text as a list or a drawing of connections:")
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"text", "json", "csv", "dot", "mermaid"})
    void connections(String format) throws IOException {
        write();
        CommandRun run = CommandRun.of("connections", "--manifests", folder.toString(), "-o", format);
        assertPlain(run);
        if (format.equals("csv")) {
            assertThat(run.out().lines()).noneMatch(line -> line.matches("(.*,)?[=+@-].*"));
        }
    }

    @DisplayName("prints nothing but text of files and objects that cannot be used")
    @Test
    void problems() throws IOException {
        Files.writeString(folder.resolve("a" + ESCAPE.replace('/', '_') + "\nforged.yaml"), "{");
        Files.writeString(
                folder.resolve("b.yaml"), "{apiVersion: v1, kind: Namespace, metadata: {name: \"x\\e[2Jy\"}}");
        CommandRun run = CommandRun.of("check", "--manifests", folder.toString());
        assertPlain(run);
        assertThat(run.out() + run.err()).doesNotContain("\nforged.yaml");
        assertPlain(CommandRun.of(
                "check", "--manifests", folder.resolve("no" + ESCAPE).toString()));
        assertPlain(CommandRun.of("check", "--" + ESCAPE));
    }

    @DisplayName("does not say how it is judged: only a file that --config names is read")
    @Test
    void configuration() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.properties"), "flowguard.mode=Warn\n");
        String typo = "deploy/demo/changes/06-typo-in-peer.yaml";
        assertThat(CommandRun.of("check", "--manifests", "deploy/demo", "--change", typo)
                        .exitCode())
                .isEqualTo(1);
        assertThat(CommandRun.of("check", "--config", file.toString(), "--manifests", "deploy/demo", "--change", typo)
                        .exitCode())
                .isZero();
        assertThat(CommandRun.of("check", "--manifests", "deploy/demo", "--change", typo)
                        .exitCode())
                .as("forgotten afterwards")
                .isEqualTo(1);
        CommandRun missing = CommandRun.of("--config", "nowhere.properties", "check", "--manifests", "deploy/demo");
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.err()).startsWith("--config nowhere.properties: there is no such file");
    }

    @DisplayName("does not say with whose credentials or from where the cluster is read when its tests are run:")
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "--kubeconfig mine",
                "--kubeconfig=mine",
                "--context live",
                "-k .",
                "-f /etc",
                "-Rk.",
                "--config mine.properties",
                "@options",
                "--cni=calico --contex live"
            })
    void trials(String options) throws IOException {
        Files.writeString(folder.resolve("flowguard-test.yaml"), """
                manifests: .
                options: "%s"
                tests:
                - {name: t, change: a.yaml, expect: Allowed}
                """.formatted(options));
        CommandRun run = CommandRun.of("test", folder.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(" is not one that a file may give: expected --as, ");
    }

    @DisplayName("does not end the program by tests that are a device or a pipe")
    @Test
    @EnabledOnOs(OS.LINUX)
    void endless() throws IOException {
        Files.createSymbolicLink(folder.resolve("flowguard-test.yaml"), Path.of("/dev/zero"));
        CommandRun run = CommandRun.of("test", folder.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("it is no regular file but a device, a pipe or a socket (or a link to one)");
    }

    private static void assertPlain(CommandRun run) {
        assertThat(run.out()).doesNotMatch(DANGEROUS);
        assertThat(run.err()).doesNotMatch(DANGEROUS);
    }

    /** Free text in every place that is shown somewhere: annotations, kinds of owners, names of flows and fields. */
    private void write() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: one
                  namespace: shop
                  labels: {app: one}
                  ownerReferences: [{apiVersion: v1, kind: "=cmd|' /C calc'!A0,\\e[2J\\"", name: "=HYPERLINK(1)\\u202e", uid: u, controller: true}]
                  annotations:
                    flowguard.dev/egress-to: "pods app=nowhere port 80; nonsense \\e[2J\\u009b2J\\u202e"
                    flowguard.dev/override: "because\\r\\e[2J"
                spec: {containers: [{name: c, image: i}]}
                ---
                apiVersion: flowguard.dev/v1alpha1
                kind: FlowContract
                metadata: {name: c, namespace: shop}
                spec:
                  flows:
                  - name: "a\\e[2J\\r\\u202e"
                    from: {podSelector: {matchLabels: {app: one}}}
                    to: {podSelector: {matchLabels: {app: two}}}
                    ports: [{port: 80, "x\\e[2J": 1}]
                ---
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: p, namespace: shop}
                spec: {podSelector: {}, "y\\e]0;x\\a": 1, ingress: [{from: [{"z\\u009b": {}}]}]}
                """);
    }
}
