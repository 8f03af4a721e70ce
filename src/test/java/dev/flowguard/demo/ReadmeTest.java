package dev.flowguard.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With {@code -Dgolden=write} the pages get what their commands print now; then read the diff. */
@DisplayName("The README and the pages in src/docs tell the truth")
class ReadmeTest {
    private static final Path README = Path.of("README.md");
    private static final int MOST_LINES = 150;
    private static final int MOST_COLUMNS = 100;
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");
    private static final Pattern COMMAND_ROW = Pattern.compile("(?m)^\\| `([a-z]+)` \\|");

    static List<Path> pages() throws IOException {
        return ShownCommands.pages();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    @DisplayName("what commands are shown to print is what they print")
    void shown(Path page) throws IOException {
        Golden.assertSame(page, ShownCommands.corrected(page));
    }

    @Test
    @DisplayName("there are examples to run")
    void examples() throws IOException {
        assertThat(pages().stream().flatMap(ShownCommands::in)).hasSizeGreaterThanOrEqualTo(8);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    @DisplayName("links lead to files that are there")
    void links(Path page) throws IOException {
        assertThat(LINK.matcher(Files.readString(page)).results().map(link -> link.group(1)))
                .allSatisfy(link -> assertThat(page.resolveSibling(link)).exists());
    }

    @Test
    @DisplayName("the README can be read to the end: it has 150 lines at most, of 100 characters at most")
    void fitsAReader() throws IOException {
        List<String> lines = Files.readAllLines(README);
        assertThat(lines).hasSizeLessThanOrEqualTo(MOST_LINES);
        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(MOST_COLUMNS));
    }

    @Test
    @DisplayName("the README's table has every command")
    void commands() throws IOException {
        Stream<String> commands = dev.flowguard.cli.Flowguard.commandLine().getSubcommands().entrySet().stream()
                .filter(command ->
                        !command.getValue().getCommandSpec().usageMessage().hidden())
                .map(java.util.Map.Entry::getKey)
                .filter(name -> !name.equals("help"));
        assertThat(COMMAND_ROW.matcher(Files.readString(README)).results().map(row -> row.group(1)))
                .containsExactlyInAnyOrderElementsOf(commands.toList());
    }
}
