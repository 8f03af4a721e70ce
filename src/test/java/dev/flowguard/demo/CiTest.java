package dev.flowguard.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The shell lines of {@code deploy/ci} are run in a repository with the demo shop; a script stands for {@code gh}. */
@DisplayName("deploy/ci does what it says")
@DisabledOnOs(OS.WINDOWS)
class CiTest {
    private static final JsonMapper YAML = new JsonMapper(new YAMLFactory());
    private static final Path CI = Path.of("deploy/ci").toAbsolutePath();

    private Path root = Path.of("");
    private Path repository = Path.of("");

    @BeforeEach
    void commitTheShop(@TempDir Path folder) throws Exception {
        root = folder;
        repository = Files.createDirectories(folder.resolve("repository"));
        Path commands = Files.createDirectories(folder.resolve("bin"));
        script(
                commands.resolve("flowguard"),
                "exec '" + Path.of(System.getProperty("java.home"), "bin", "java") + "' -cp '"
                        + System.getProperty("java.class.path") + "' dev.flowguard.cli.Main \"$@\"");
        script(commands.resolve("gh"), "echo \"$@\" > '" + folder.resolve("gh.arguments") + "'");
        Files.createDirectories(folder.resolve("temp"));
        DemoCopy.in(repository.resolve("deploy"), List.of());
        assertThat(
                        bash(
                                "git init -q . && git add . && git -c user.name=a -c user.email=a@example.org commit -q -m shop"))
                .isZero();
    }

    @Test
    @DisplayName("the action comments a pull request that breaks a flow, and fails")
    void breaking() throws Exception {
        DemoCopy.in(repository.resolve("deploy"), List.of("06"));
        assertThat(action()).isOne();
        assertThat(root.resolve("temp/flowguard.md"))
                .content()
                .startsWith("### Flowguard: this breaks 1 declared flow")
                .contains("checkout-calls-orders", "kind: NetworkPolicy");
        assertThat(root.resolve("summary")).hasSameTextualContentAs(root.resolve("temp/flowguard.md"));
        assertThat(root.resolve("gh.arguments")).content().startsWith("pr comment 7 ");
        assertThat(new JsonMapper()
                        .readTree(repository.resolve("flowguard.sarif").toFile())
                        .at("/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri")
                        .asText())
                .isEqualTo("deploy/zz-06.yaml");
    }

    @Test
    @DisplayName("the action comments a harmless pull request, and passes")
    void harmless() throws Exception {
        DemoCopy.in(repository.resolve("deploy"), List.of("01"));
        assertThat(action()).isZero();
        assertThat(root.resolve("temp/flowguard.md"))
                .content()
                .startsWith("### Flowguard: nothing to say against this");
    }

    @Test
    @DisplayName("the hooks pass on the shop as it is, and fail on a change that breaks a flow")
    void hooks() throws Exception {
        JsonNode hooks = YAML.readTree(CI.resolve(".pre-commit-hooks.yaml").toFile());
        assertThat(hooks).hasSize(2);
        for (JsonNode hook : hooks) {
            assertThat(bash(hook.path("entry").asText()))
                    .as(hook.path("id").asText())
                    .isZero();
        }
        DemoCopy.in(repository.resolve("deploy"), List.of("06"));
        for (JsonNode hook : hooks) {
            assertThat(bash(hook.path("entry").asText()))
                    .as(hook.path("id").asText())
                    .isOne();
        }
    }

    /** Runs the steps one after the other, until one fails. */
    private int action() throws Exception {
        int exitCode = 0;
        for (JsonNode step : YAML.readTree(CI.resolve("action.yml").toFile()).at("/runs/steps")) {
            exitCode = bash(step.path("run").asText());
            if (exitCode != 0) {
                break;
            }
        }
        return exitCode;
    }

    /** As the runner runs it. */
    private int bash(String line) throws IOException, InterruptedException {
        ProcessBuilder bash = new ProcessBuilder("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", line);
        Map<String, String> given = new HashMap<>();
        given.put("PATH", root.resolve("bin") + ":" + System.getenv("PATH"));
        given.put("RUNNER_TEMP", root.resolve("temp").toString());
        given.put("GITHUB_STEP_SUMMARY", root.resolve("summary").toString());
        given.put("BASE", "HEAD");
        given.put("MANIFESTS", "deploy");
        given.put("OPTIONS", "--cni calico");
        given.put("FLOWGUARD", "flowguard");
        given.put("PULL_REQUEST", "7");
        bash.environment().putAll(given);
        return bash.directory(repository.toFile())
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("log").toFile())
                .start()
                .waitFor();
    }

    private static void script(Path file, String line) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
