package dev.flowguard.cli.completion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.feed.Manifests;
import dev.flowguard.feed.live.FakeApiServer;
import dev.flowguard.testing.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("While somebody types, the shell is offered")
class CandidatesTest {
    @ParameterizedTest(name = "flowguard {0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        ch                                              | check
        explain --f                                     | --from
        check -o                                        | -o
        check -o j                                      | json
        check --output=s                                | --output=sarif
        completion z                                    | zsh
        help expl                                       | explain
        help explain '                                  | -
        findings selects                                | selects-nothing
        check --findings selects-n                      | selects-nothing=
        check --findings selects-nothing=D              | selects-nothing=Deny
        check --findings all=Off,selects-nothing=D      | all=Off,selects-nothing=Deny
        check --implied ingr                            | ingress=
        check --cni cal                                 | calico
        check --change                                  | --change
        check --change src/                             | :files
        check --manifests=src/                          | :files
        test sr                                         | :files
        connections -f deploy/demo -n mon               | monitoring
        explain -f deploy/demo --from shop/ch           | shop/checkout
        explain -f deploy/demo --to svc/shop/ord        | svc/shop/orders
        explain -f deploy/demo -n shop --to svc/ord     | svc/orders
        explain -f deploy/demo -n shop --to ord         | orders
        explain -f deploy/demo --dns kube-system/       | kube-system/kube-dns
        check -f deploy/demo --delete NetworkPolicy/shop/allow-p | NetworkPolicy/shop/allow-prometheus
        check -f no/such/folder -n sho                  | -
        frobnicate --o                                  | -
        """)
    void offered(String line, @org.jspecify.annotations.Nullable String candidate) {
        assertThat(offeredFor(line.replace("'", "").split(" ", -1)))
                .containsExactlyElementsOf(Stream.ofNullable(candidate).toList());
    }

    @Test
    @DisplayName("only names that do nothing on a command line, whatever manifests hold")
    void harmless(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("all.yaml"),
                Stream.of("fine", "$(reboot)", "a b", "`id`", "-rf;ls")
                        .map("""
                            apiVersion: v1
                            kind: Service
                            metadata: {name: "%s", namespace: shop}
                            spec: {ports: [{port: 80}]}
                            """::formatted)
                        .reduce("", (all, one) -> all + "---\n" + one));
        assertThat(offeredFor("explain", "-f", file.toString(), "--to", "shop/"))
                .allMatch(name -> name.matches("[A-Za-z0-9/.-]+"))
                .isSubsetOf("shop/fine");
    }

    @Test
    @DisplayName("contexts of the kubeconfig, and namespaces and names from the cluster of the chosen one")
    void live(@TempDir Path folder) throws IOException {
        try (FakeApiServer api = new FakeApiServer()) {
            Manifests.read(Path.of("deploy/demo"), false)
                    .objects()
                    .forEach(object -> api.apply(object.source().object().toString()));
            String kubeconfig = Files.writeString(folder.resolve("config"), api.kubeconfig("demo", "other"))
                    .toString();
            assertThat(offeredFor("check", "--kubeconfig", kubeconfig, "--context", ""))
                    .containsExactly("demo", "other");
            assertThat(offeredFor("connections", "--kubeconfig", kubeconfig, "--context", "other", "-n", "p"))
                    .containsExactly("payments");
            assertThat(offeredFor("explain", "--kubeconfig", kubeconfig, "-n", "shop", "--to", "svc/o"))
                    .containsExactly("svc/orders");
            assertThat(offeredFor("explain", "--kubeconfig", kubeconfig, "--from", "payments/"))
                    .containsExactly("payments/gateway", "payments/ledger");
            api.refuse("services", 403);
            assertThat(offeredFor("explain", "--kubeconfig", kubeconfig, "--from", "payments/g"))
                    .containsExactly("payments/gateway");
        }
    }

    private static List<String> offeredFor(String... words) {
        CommandRun run = CommandRun.of(
                Stream.concat(Stream.of("__complete", "--"), Stream.of(words)).toArray(String[]::new));
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        return run.out().lines().toList();
    }
}
