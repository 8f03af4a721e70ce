package dev.flowguard.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.testing.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API server cuts warnings and Flowguard keeps within its limits; a terminal has room. */
@DisplayName("On a terminal")
class WholeNamesTest {
    private static final String POLICY = "only-what-the-operations-handbook-of-the-platform-team-allows-to-everybody";
    private static final String LABEL = "operations.example.com/tenant-of-the-shared-platform";
    private static final int FLOWS = 40;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private String cluster = "";

    @BeforeEach
    void cluster() throws IOException {
        cluster = Files.writeString(
                        folder.resolve("cluster.yaml"),
                        Stream.of(
                                        Stream.of(deployment("client"), deployment("server")),
                                        IntStream.range(0, FLOWS).mapToObj(WholeNamesTest::contract))
                                .flatMap(each -> each)
                                .collect(Collectors.joining("---\n")))
                .toString();
    }

    @Test
    @DisplayName("a finding names its policy and the whole selector, however long both are")
    void finding() throws IOException {
        String selector = LABEL + "=somebody-with-quite-a-long-name-as-well";
        String found = "selects-nothing: NetworkPolicy shop/" + POLICY + ": no pod in shop has " + selector;
        CommandRun run = change("{podSelector: {matchLabels: {" + selector.replace("=", ": ") + "}}}");
        assertThat(run.out()).contains("warning: " + found).doesNotContain("…");
        Files.copy(folder.resolve("change.yaml"), folder.resolve("policy.yaml"));
        assertThat(CommandRun.of(
                                "check",
                                "-f",
                                cluster,
                                "-f",
                                folder.resolve("policy.yaml").toString(),
                                "--cni",
                                "calico")
                        .out())
                .contains(found)
                .doesNotContain("…");
    }

    @Test
    @DisplayName("a rejection tells of every flow, with its ends and the policy that blocks it in full")
    void rejection() throws IOException {
        CommandRun run = change("{podSelector: {matchLabels: {app: server}}, policyTypes: [Ingress]}");
        assertThat(run.exitCode()).isOne();
        assertThat(run.out()).doesNotContain("more flow");
        for (int i = 0; i < FLOWS; i++) {
            assertThat(run.out())
                    .contains("shop/client -> shop/server:" + (8000 + i) + "/TCP   (FlowContract shop/c" + i
                            + ", flow asks)");
        }
        assertThat(run.out()).contains("blocked on ingress: shop/server is isolated by NetworkPolicy shop/" + POLICY);
    }

    private CommandRun change(String spec) throws IOException {
        Path change = Files.writeString(folder.resolve("change.yaml"), """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: %s, namespace: shop}
            spec: %s
            """.formatted(POLICY, spec));
        return CommandRun.of("check", "-f", cluster, "--cni", "calico", "--change", change.toString());
    }

    private static String deployment(String name) {
        return """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: %1$s, namespace: shop}
            spec: {selector: {matchLabels: {app: %1$s}}, template: {metadata: {labels: {app: %1$s}}}}
            """.formatted(name);
    }

    private static String contract(int i) {
        return """
            apiVersion: flowguard.dev/v1alpha1
            kind: FlowContract
            metadata: {name: c%d, namespace: shop}
            spec:
              flows:
              - name: asks
                from: {podSelector: {matchLabels: {app: client}}}
                to: {podSelector: {matchLabels: {app: server}}}
                ports: [{port: %d}]
            """.formatted(i, 8000 + i);
    }
}
