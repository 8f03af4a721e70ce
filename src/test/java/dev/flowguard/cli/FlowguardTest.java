package dev.flowguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class FlowguardTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void helpNamesTheCommandsTheExitCodesAndAFirstStep() {
        assertThat(run("--help")).isZero();

        assertThat(out.toString())
                .containsPattern("serve +Runs the webhook")
                .contains("2   bad input")
                .contains("flowguard serve --manifests deploy/demo")
                .contains("flowguard help COMMAND");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void versionIsThatOfTheBuild() {
        assertThat(run("--version")).isZero();

        assertThat(out.toString().strip()).matches("flowguard \\d+\\.\\d+\\.\\d+\\S*");
    }

    @Test
    void withoutACommandTheCommandsAreListedAsAnError() {
        assertThat(run()).isEqualTo(2);

        assertThat(err.toString()).startsWith("Usage: flowguard").contains("serve");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void anUnknownCommandIsAnsweredWithTheNearest() {
        assertThat(run("serv")).isEqualTo(2);

        assertThat(err.toString())
                .contains("'serv'")
                .contains("Did you mean: flowguard serve?")
                .contains("`flowguard --help` says what there is.");
    }

    @Test
    void anUnknownOptionIsAnsweredWithTheNearest() {
        assertThat(run("serve", "--manifest", "x")).isEqualTo(2);

        assertThat(err.toString())
                .contains("'--manifest'")
                .contains("--manifests")
                .contains("`flowguard serve --help`");
    }

    @Test
    void serveHelpNamesThePortsAndTheCertificate() {
        assertThat(run("serve", "--help")).isZero();

        assertThat(out.toString())
                .contains("https://localhost:8443/validate")
                .contains("-Dquarkus.http.ssl-port=")
                .contains("-Dquarkus.tls.webhook.key-store.pem.0.cert=");
    }

    @Test
    void helpFitsATerminalOfEightyColumns() {
        run("--help");
        for (String command : Flowguard.commandLine().getSubcommands().keySet()) {
            run(command, "--help");
        }

        assertThat(out.toString().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void aFileInWhichNothingConcernsTrafficIsNamedWithWhatItHolds(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("settings.yaml"), "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}");
        assertThat(run("check", "--manifests", "deploy/demo", "--change", file.toString()))
                .isZero();

        assertThat(out.toString().strip())
                .isEqualTo("NOTHING   to judge   (" + file + " holds nothing that concerns traffic, only 1 ConfigMap)");
    }

    @Test
    void everyCommandTeachesByExampleAndNamesItsExitCodes() {
        for (String command : List.of("check", "explain", "connections", "diff", "plan", "suggest")) {
            out.getBuffer().setLength(0);
            run(command, "--help");

            assertThat(out.toString())
                    .contains("Example")
                    .contains("  flowguard " + command + " ")
                    .contains("  2   bad input");
        }
    }

    @Test
    void aFormatThatThereIsNotIsAnsweredWithThoseThereAre() {
        assertThat(run("plan", "--manifests", "deploy/demo", "-o", "yaml")).isEqualTo(2);

        assertThat(err.toString()).contains("'yaml'").contains("text, json, argocd, flux");
    }

    @Test
    void aNetworkPluginThatIsNotKnownIsAnsweredWithTheNearest() {
        assertThat(run("connections", "--manifests", "deploy/demo", "--cni", "calicoo"))
                .isEqualTo(2);

        assertThat(err.toString()).startsWith("--cni: ").contains("calico");
    }

    @Test
    void subfoldersNeedAFolder() {
        assertThat(run("serve", "-R")).isEqualTo(2);

        assertThat(err.toString()).contains("--manifests=DIR");
    }

    @Test
    void aFolderThatIsMissingIsNamedWithTheOneItWasSoughtFrom() {
        assertThat(run("serve", "--manifests", "no/such/folder")).isEqualTo(2);

        assertThat(err.toString())
                .startsWith("--manifests no/such/folder: there is no such folder (from ")
                .doesNotContain("\tat ");
    }

    private int run(String... arguments) {
        CommandLine command = Flowguard.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }
}
