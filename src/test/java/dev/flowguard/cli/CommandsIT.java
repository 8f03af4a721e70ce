package dev.flowguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.feed.Manifests;
import dev.flowguard.feed.live.FakeApiServer;
import dev.flowguard.testing.CommandRun;
import dev.flowguard.testing.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a native executable lacks, such as a class that is only known by its name, shows when it runs: so each command does. */
@DisplayName("The packaged program says what the classes say that it is made of")
class CommandsIT {
    private static final String SHOP = "deploy/demo";

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "--help",
                "--version",
                "check --manifests deploy/demo",
                "check --manifests deploy/demo --change deploy/demo/changes/06-typo-in-peer.yaml",
                "check --manifests deploy/demo -o json --change deploy/demo/changes/08-wrong-namespace-label.yaml",
                "check --manifests deploy/demo -o sarif --change deploy/demo/changes/10-policy-in-wrong-namespace.yaml",
                "check --manifests deploy/demo -o markdown --delete NetworkPolicy/shop/allow-dns",
                "check --manifests deploy/demo -o repair --change deploy/demo/changes/04-egress-without-dns.yaml",
                "check --manifests deploy/demo --base deploy/demo",
                "explain --manifests deploy/demo --from shop/checkout --to shop/orders --port 80",
                "explain --manifests deploy/demo --from shop/checkout --to shop/orders -o json",
                "connections --manifests deploy/demo -n data -o json",
                "diff --manifests deploy/demo --base deploy/demo",
                "plan --manifests deploy/demo -o json",
                "suggest --manifests deploy/demo -n shop",
                "findings selects-nothing -o json",
                "completion bash",
                "check --manifests deploy/nowhere"
            })
    void onTheDemo(String line) throws Exception {
        String[] arguments = line.split(" ");

        assertThat(run(List.of(), arguments)).isEqualTo(CommandRun.of(arguments));
    }

    @Test
    @DisplayName("of a live cluster too")
    void live(@TempDir Path folder) throws Exception {
        try (FakeApiServer api = new FakeApiServer()) {
            Manifests.read(Path.of(SHOP), false)
                    .objects()
                    .forEach(object -> api.apply(object.source().object().toString()));
            Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), api.kubeconfig("demo"));

            assertThat(run(List.of("-Dkubeconfig=" + kubeconfig), "check", "-o", "json"))
                    .isEqualTo(CommandRun.of("check", "--manifests", SHOP, "-o", "json"));
        }
    }

    /** Starts the program and waits for its end. */
    private static CommandRun run(List<String> options, String... arguments) throws IOException, InterruptedException {
        Path err = Files.createTempFile("flowguard", ".err");
        try {
            Process process =
                    Program.run(options, arguments).redirectError(err.toFile()).start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new CommandRun(process.waitFor(), out, said(err));
        } finally {
            Files.delete(err);
        }
    }

    /** Without what newer JVMs say about libraries that use what will be removed. */
    private static String said(Path err) throws IOException {
        return Files.readString(err)
                .lines()
                .filter(line -> !line.startsWith("WARNING: "))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }
}
