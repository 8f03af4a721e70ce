package dev.flowguard.cli.completion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.flowguard.feed.Manifests;
import dev.flowguard.feed.live.FakeApiServer;
import dev.flowguard.testing.CommandRun;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys are pressed in a bash that has a terminal, as {@code script} of util-linux gives it one. */
@DisplayName("In bash, on a terminal, the tabulator key completes")
class CompletionInBashTest {
    private static final String TAB = "\t";
    private static final String TYPED = "typed: ";

    /** To the start of the line, which is then printed and not run. */
    private static final String PRINT = "\001echo '" + TYPED.strip() + "' \n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @BeforeEach
    void program() throws IOException {
        Files.writeString(
                folder.resolve("completion"),
                CommandRun.of("completion", "bash").out());
        Path program = Files.writeString(folder.resolve("flowguard"), """
            #!/bin/sh
            exec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' dev.flowguard.cli.Main "$@"
            """.formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"), System.getProperty("java.class.path")));
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }

    @Test
    @DisplayName("commands, paths, values, ids, and names from the manifests and the cluster that the line chooses")
    void lines() throws Exception {
        assumeTrue(hasScript(), "there is no `script` of util-linux and no bash: apt-get install bsdutils bash");
        try (FakeApiServer api = new FakeApiServer()) {
            Manifests.read(Path.of("deploy/demo"), false)
                    .objects()
                    .forEach(object -> api.apply(object.source().object().toString()));
            Path kubeconfig = Files.writeString(folder.resolve("config"), api.kubeconfig("demo", "other"));
            String live = "--kubeconfig " + kubeconfig + " --context oth";
            assertThat(typed(
                            "flowguard chec" + TAB + "-f deploy/dem" + TAB,
                            "flowguard check --findings selects-no" + TAB + "De" + TAB,
                            "flowguard explain " + live + TAB + "-n sho" + TAB + "--to svc/ord" + TAB))
                    .containsExactly(
                            "flowguard check -f deploy/demo/",
                            "flowguard check --findings selects-nothing=Deny",
                            "flowguard explain " + live + "er -n shop --to svc/orders");
        }
    }

    private List<String> typed(String... lines) throws Exception {
        ProcessBuilder bash = new ProcessBuilder("script", "-qec", "bash --noprofile --norc -i", "/dev/null");
        bash.environment().put("TERM", "dumb");
        bash.environment().put("INPUTRC", "/dev/null");
        bash.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        Process process = bash.redirectErrorStream(true).start();
        try (OutputStream keys = process.getOutputStream()) {
            List<String> all =
                    new ArrayList<>(List.of("stty cols 1000; source " + folder.resolve("completion") + "\n"));
            for (String line : lines) {
                all.add(line + PRINT);
            }
            all.add("exit\n");
            keys.write(String.join("", all).getBytes(StandardCharsets.UTF_8));
            keys.flush();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            List<String> printed = output.lines()
                    .filter(line -> line.startsWith(TYPED))
                    .map(line -> line.substring(TYPED.length()).strip())
                    .toList();
            assertThat(printed).as("lines printed in%n%s", output).hasSameSizeAs(lines);
            return printed;
        }
    }

    private static boolean hasScript() throws InterruptedException {
        try {
            Process version = new ProcessBuilder("sh", "-c", "script --version | grep -q util-linux && command -v bash")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return version.waitFor() == 0;
        } catch (IOException noShell) {
            return false;
        }
    }
}
