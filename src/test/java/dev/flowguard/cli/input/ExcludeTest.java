package dev.flowguard.cli.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.testing.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A folder in which some files are wrong, by intent or not")
class ExcludeTest {
    private static final String POD = "{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop}}\n";
    private static final String WRONG = "{apiVersion: v1, kind: Pod, metadata: {name: Web}}\n";

    private final Path folder;

    ExcludeTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void web() throws IOException {
        given("web.yaml", POD);
    }

    @Test
    @DisplayName("is looked at without these, which stays an error, with the options that make it none")
    void inPart() throws IOException {
        given("test/testdata/wrong.yaml", WRONG);
        CommandRun inPart = check();

        assertThat(inPart.exitCode()).isEqualTo(2);
        assertThat(inPart.out()).startsWith("Read 1 namespace, 1 workload");
        assertThat(inPart.err())
                .startsWith(
                        "error: " + folder + " cannot be read as a whole. What follows is without the files in which"
                                + " this is wrong:\n  test/testdata/wrong.yaml, document 1, line 1: metadata.name: ")
                .endsWith("\n  With these options it is no error: --exclude test/testdata/wrong.yaml\n");
        assertRead(check("--exclude", "test/testdata/wrong.yaml"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"connections", "exposure", "suggest", "explain --from shop/web --to shop/web --port 80"})
    @DisplayName("is looked at by every command that looks at a state")
    void everyLook(String command) throws IOException {
        given("wrong.yaml", WRONG);
        CommandRun inPart = CommandRun.of((command + " -f " + folder).split(" "));

        assertThat(inPart.exitCode()).isEqualTo(2);
        assertThat(inPart.err()).startsWith("error: ").contains("wrong.yaml, document 1, line 1: metadata.name: ");
        assertThat(inPart.out()).isEqualTo(withoutWrong(command).out());
    }

    @Test
    @DisplayName("is looked at without a link that leads nowhere")
    void linkToNowhere() throws IOException {
        Files.createSymbolicLink(folder.resolve("nowhere.yaml"), folder.resolve("gone.yaml"));
        CommandRun inPart = check();

        assertThat(inPart.exitCode()).isEqualTo(2);
        assertThat(inPart.out()).startsWith("Read 1 namespace, 1 workload");
        assertThat(inPart.err()).contains("  nowhere.yaml: does not exist\n");
    }

    private CommandRun withoutWrong(String command) {
        CommandRun run = CommandRun.of((command + " --exclude wrong.yaml -f " + folder).split(" "));
        assertThat(run.exitCode()).isLessThan(2);
        return run;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check --strict -R -f FOLDER",
                "check -f FOLDER --change FOLDER/web.yaml",
                "check -f FOLDER/web.yaml --base FOLDER",
                "check --base FOLDER/web.yaml -f FOLDER",
                "check -f FOLDER/web.yaml --change FOLDER",
                "check -f FOLDER/wrong.yaml",
                "diff --base FOLDER/web.yaml -f FOLDER",
                "diff --base FOLDER -f FOLDER/web.yaml",
                "plan -f FOLDER"
            })
    @DisplayName("is refused where every file is meant, or what is left out would look like a change")
    void refused(String command) throws IOException {
        given("wrong.yaml", WRONG);
        CommandRun refused =
                CommandRun.of(command.replace("FOLDER", folder.toString()).split(" "));

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).contains("cannot be used:\n", "wrong.yaml, document 1", "metadata.name: ");
    }

    @Test
    @DisplayName("is refused where nothing is left of it")
    void nothingLeft() throws IOException {
        given("web.yaml", WRONG);
        CommandRun refused = check();

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).startsWith(folder + " cannot be used:\n");
    }

    @Test
    @DisplayName("names folders where the files are many, and no more than fit a command line")
    void folders() throws IOException {
        for (int i = 0; i < 9; i++) {
            given("a/" + i + "/wrong.yaml", WRONG);
            given("b/c/" + i + ".yaml", WRONG);
        }
        given("top.yaml", WRONG);
        CommandRun refused = check();

        String options = refused.err()
                .lines()
                .filter(line -> line.contains("With these options it is no error"))
                .findFirst()
                .orElseThrow()
                .replaceFirst(".*: ", "");
        assertThat(options.split(" --exclude ")).hasSizeLessThanOrEqualTo(5);
        assertRead(check(options.split(" ")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"testdata", "testdata/", "./test/testdata", "test/*/wrong.yaml", "**/wrong.yaml", "wrong.*"})
    @DisplayName("is read without what a pattern leaves out, by its name or by its path")
    void patterns(String pattern) throws IOException {
        given("test/testdata/wrong.yaml", WRONG);

        assertRead(check("--exclude", pattern));
    }

    @Test
    @DisplayName("a file whose name means something in a pattern is named so that it means itself")
    void quoted() throws IOException {
        given("[wrong] one.yaml", WRONG);

        assertThat(check().err()).contains("--exclude '\\[wrong\\] one.yaml'");
        assertRead(check("--exclude", "\\[wrong\\] one.yaml"));
    }

    @Test
    @DisplayName("a pattern that leaves nothing out is told, and one that is none is refused")
    void mistakes() {
        assertThat(check("--exclude", "tests").err()).contains("note: --exclude tests is the name of nothing here");
        CommandRun refused = check("--exclude", "[a");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).startsWith("--exclude: not a pattern: ");
    }

    private static void assertRead(CommandRun run) {
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("Read 1 namespace, 1 workload");
    }

    private CommandRun check(String... more) {
        String[] arguments = new String[more.length + 4];
        System.arraycopy(new String[] {"check", "-R", "-f", folder.toString()}, 0, arguments, 0, 4);
        System.arraycopy(more, 0, arguments, 4, more.length);
        return CommandRun.of(arguments);
    }

    private void given(String file, String content) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }
}
