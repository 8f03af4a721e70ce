package dev.flowguard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.flowguard.testing.CommandRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The launcher beside the packaged program")
class LauncherIT {
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path LAUNCHER = TARGET.resolve("flowguard");
    private static final String[] REJECTED = {
        "check", "-f", "deploy/demo", "--change", "deploy/demo/changes/06-typo-in-peer.yaml"
    };

    @BeforeEach
    void onlyWithTheJar() {
        assumeTrue(Files.exists(TARGET.resolve("quarkus-app/quarkus-run.jar")), "this build makes no jar");
    }

    @Test
    @DisplayName("says what the program says, and ends as it does")
    void same() throws Exception {
        assertThat(run(Stream.concat(Stream.of(LAUNCHER.toString()), Stream.of(REJECTED))
                        .toList()))
                .isEqualTo(CommandRun.of(REJECTED));
    }

    @Test
    @DisplayName("hands options of Java on, and is found through a link")
    void optionsAndLinks(@TempDir Path folder) throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("fg"), LAUNCHER);
        List<String> command = Stream.concat(Stream.of(link.toString(), "-Dflowguard.mode=Warn"), Stream.of(REJECTED))
                .toList();
        CommandRun run = run(command);
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("WARNED ");
    }

    @Test
    @DisplayName("is a plugin of kubectl")
    void plugin() throws Exception {
        assumeTrue(isThere("kubectl"), "there is no kubectl");
        CommandRun run = run(List.of("kubectl", "flowguard", "check", "-f", "deploy/demo"));
        assertThat(run).isEqualTo(CommandRun.of("check", "-f", "deploy/demo"));
    }

    @Test
    @DisplayName("without the program beside it says how to get it")
    void alone(@TempDir Path folder) throws Exception {
        Path copy = Files.copy(LAUNCHER, folder.resolve("flowguard"));
        assertThat(copy.toFile().setExecutable(true)).isTrue();
        CommandRun run = run(List.of(copy.toString(), "--version"));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("build it with mvn package");
    }

    private static boolean isThere(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static CommandRun run(List<String> command) throws IOException, InterruptedException {
        Path err = Files.createTempFile("launcher", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().merge("PATH", TARGET.toString(), (path, target) -> target + ":" + path);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        CommandRun run = new CommandRun(process.waitFor(), out, Files.readString(err));
        Files.delete(err);
        return run;
    }
}
