package dev.flowguard.cli.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.testing.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What commands share: the configuration, several folders, a namespace")
class SharedOptionsTest {
    private static final String SHOP = "deploy/demo";
    private static final String TYPO = "deploy/demo/changes/06-typo-in-peer.yaml";

    private final List<String> set = new ArrayList<>();
    private String out = "";
    private String err = "";

    @AfterEach
    void forget() {
        set.forEach(System::clearProperty);
    }

    @Test
    @DisplayName("flowguard.cni holds for commands, and --cni is stronger")
    void cni() {
        set("flowguard.cni", "flannel");

        run("connections", "--manifests", SHOP, "-n", "data");
        assertThat(err).contains("the network plugin (flannel) does not enforce NetworkPolicies");

        run("connections", "--manifests", SHOP, "-n", "data", "--cni", "calico");
        assertThat(err).isEmpty();
    }

    @Test
    @DisplayName("flowguard.findings holds for check, and --findings is put over it")
    void findings() {
        set("flowguard.findings", "all=Off");
        assertThat(run("check", "--manifests", SHOP, "--manifests", TYPO)).isEqualTo(1);
        assertThat(out).doesNotContain("peer-matches-nothing:");

        run("check", "--manifests", SHOP, "--manifests", TYPO, "--findings", "peer-matches-nothing=Warn");
        assertThat(out).contains("peer-matches-nothing:");

        run("findings");
        assertThat(out).containsPattern("selects-nothing +\\S+ +Off");
    }

    @Test
    @DisplayName("flowguard.mode and flowguard.warn-only-requesters hold for changes")
    void leniency() {
        assertThat(run("check", "--manifests", SHOP, "--change", TYPO)).isEqualTo(1);

        set("flowguard.warn-only-requesters", "jane");
        assertThat(run("check", "--manifests", SHOP, "--change", TYPO, "--as", "jane"))
                .isZero();

        set("flowguard.mode", "Warn");
        assertThat(run("check", "--manifests", SHOP, "--change", TYPO)).isZero();
    }

    @Test
    @DisplayName("flowguard.manifests is the cluster where none is named")
    void manifests() {
        set("flowguard.manifests", SHOP);

        assertThat(run("check")).isZero();
        assertThat(out).startsWith("Read 7 namespaces, ").contains("\n21 declared flows");
    }

    @Test
    @DisplayName("every option that cannot be used is told in a sentence")
    void badOption() {
        set("flowguard.cni", "calcio");
        set("flowguard.mode", "deny");

        assertThat(run("connections", "--manifests", SHOP)).isEqualTo(2);
        assertThat(err)
                .startsWith("Flowguard cannot run with these options:\n")
                .contains("\n  flowguard.cni: \"calcio\" is not one of auto, ", "\n  flowguard.mode: ")
                .doesNotContain("\tat ", "SRCFG");
    }

    @Test
    @DisplayName("check takes several folders, and names the file of each thing")
    void severalFolders(@TempDir Path folder) throws Exception {
        Path typo = Files.copy(Path.of(TYPO), folder.resolve("typo.yaml"));

        assertThat(run("check", "--manifests", SHOP, "--manifests", folder.toString(), "-o", "sarif"))
                .isEqualTo(1);
        assertThat(out).contains(typo.toUri().toString(), "\"deploy/demo/");
    }

    @Test
    @DisplayName(
            "check --namespace tells and counts what is declared and found there, and what the whole cluster declares")
    void namespace() {
        run("check", "--manifests", SHOP, "--manifests", TYPO, "-n", "data");
        String data = out;
        assertThat(run("check", "--manifests", SHOP, "--manifests", TYPO, "-n", "data"))
                .isZero();
        assertThat(data).doesNotContain("shop/orders-ingress", "21 declared flows");

        assertThat(run("check", "--manifests", SHOP, "--manifests", TYPO, "-n", "shop"))
                .isEqualTo(1);
        assertThat(out).contains("shop/orders-ingress");

        assertThat(run("check", "--base", SHOP, "--manifests", SHOP, "--manifests", TYPO, "-n", "data"))
                .isZero();
        assertThat(run("check", "--base", SHOP, "--manifests", SHOP, "--manifests", TYPO, "-n", "shop"))
                .isEqualTo(1);
    }

    @Test
    @DisplayName("a namespace that there is not, or one beside changes, is refused")
    void namespaceRefused() {
        assertThat(run("check", "--manifests", SHOP, "-n", "shpo")).isEqualTo(2);
        assertThat(err)
                .startsWith("--namespace shpo: there is no such namespace")
                .contains("shop");

        assertThat(run("check", "--manifests", SHOP, "-n", "shop", "--change", TYPO))
                .isEqualTo(2);
        assertThat(err).startsWith("--namespace and --change");
    }

    private void set(String option, String value) {
        System.setProperty(option, value);
        set.add(option);
    }

    private int run(String... arguments) {
        CommandRun run = CommandRun.of(arguments);
        out = run.out();
        err = run.err();
        return run.exitCode();
    }
}
