package dev.flowguard.cli.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.feed.Manifests;
import dev.flowguard.feed.live.FakeApiServer;
import dev.flowguard.testing.CommandRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Who is used to kubectl")
class KubectlHabitsTest {
    private static final String SHOP = "deploy/demo";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        check -f deploy/demo                                       | check --manifests deploy/demo
        check -f deploy/demo -A                                    | check --manifests deploy/demo
        check -f=deploy/demo --all-namespaces                      | check --manifests deploy/demo
        help explain                                               | explain --help
        connections -n data -f deploy/demo -o csv                  | connections --namespace data --manifests deploy/demo --output csv
        explain -f deploy/demo --from deploy/checkout --to svc/orders -n shop     | explain -f deploy/demo --from deployment/shop/checkout --to service/shop/orders
        explain -f deploy/demo --from deployments.apps/shop/checkout --to services/shop/orders | explain -f deploy/demo --from shop/checkout --to service/shop/orders
        check -f deploy/demo --delete netpol/shop/allow-dns        | check -f deploy/demo --delete NetworkPolicy/shop/allow-dns
        check -f deploy/demo --delete networkpolicies.networking.k8s.io/shop/allow-dns | check -f deploy/demo --delete NetworkPolicy/shop/allow-dns
        """)
    @DisplayName("may type the one as well as the other")
    void spelling(String typed, String meant) {
        CommandRun run = run(typed);
        assertThat(run.out()).isNotEmpty();
        assertThat(run).isEqualTo(run(meant));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        chekc                                                      | flowguard check
        help chek                                                  | did you mean check?
        check --manifest deploy/demo                               | did you mean --manifests?
        check --al-namespaces                                      | did you mean --all-namespaces?
        check -f deploy/demo --cni clico                           | did you mean "calico"?
        check -f deploy/demo --delete NetworkPolicy/shop/allow-dsn | did you mean NetworkPolicy shop/allow-dns?
        check -f deploy/demo --delete netpol/monitoring/allow-dns  | did you mean NetworkPolicy
        check -f deploy/demo --delete NetworkPolcy/shop/allow-dns  | did you mean "NetworkPolicy"?
        connections -f deploy/demo -n shp                          | did you mean "shop"?
        explain -f deploy/demo --from shop/checkuot --to shop/orders | did you mean
        connections -f deploy/demo -A -n shop                      | --namespace and --all-namespaces exclude each other
        """)
    @DisplayName("and mistypes it is told what was probably meant")
    void mistyped(String typed, String told) {
        CommandRun run = run(typed);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).containsIgnoringCase(told);
        assertThat(run.out()).isEmpty();
    }

    @Test
    @DisplayName("chooses a cluster by --kubeconfig and --context")
    void cluster() throws IOException {
        try (FakeApiServer api = new FakeApiServer()) {
            Manifests.read(Path.of(SHOP), false)
                    .objects()
                    .forEach(object -> api.apply(object.source().object().toString()));
            Path file = Files.writeString(folder.resolve("config"), api.kubeconfig("demo", "other"));
            String described = run("explain -f deploy/demo --from deploy/checkout --to svc/orders -n shop")
                    .out();
            for (String chosen : List.of("--kubeconfig " + file, "--context other --kubeconfig " + file)) {
                assertThat(run("explain " + chosen + " --from deploy/checkout --to svc/orders -n shop")
                                .out())
                        .isEqualTo(described);
            }
            assertThat(run("check --kubeconfig " + file + " --context othr").err())
                    .contains("--context othr: the kubeconfig has no such context", "did you mean");
        }
    }

    @Test
    @DisplayName("has a kustomization rendered by the kubectl on the PATH, and is told what that refuses")
    void kustomization() throws Exception {
        Path overlay = Files.createDirectory(folder.resolve("overlay"));
        kubectl("cat \"$2\"/../all.yaml");
        Files.writeString(folder.resolve("all.yaml"), "{apiVersion: v1, kind: Pod, metadata: {name: web}}\n");
        assertThat(withKubectl("check", "-k", overlay.toString()))
                .contains("Read 1 namespace, 1 workload and 0 policies from -k " + overlay);
        kubectl("echo \"no kustomization in $2\" >&2; exit 1");
        assertThat(withKubectl("check", "-k", overlay.toString()))
                .contains("-k " + overlay + ": `kubectl kustomize` refuses it: no kustomization in " + overlay);
    }

    private void kubectl(String does) throws IOException {
        Path kubectl = Files.writeString(folder.resolve("kubectl"), "#!/bin/sh\n" + does + "\n");
        assertThat(kubectl.toFile().setExecutable(true)).isTrue();
    }

    /** The PATH is that of a process. */
    private String withKubectl(String... arguments) throws Exception {
        ProcessBuilder program = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.flowguard.cli.Main");
        program.command().addAll(List.of(arguments));
        program.environment().put("PATH", folder + ":/usr/bin:/bin");
        Process process = program.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    private static CommandRun run(String line) {
        return CommandRun.of(line.split(" "));
    }
}
