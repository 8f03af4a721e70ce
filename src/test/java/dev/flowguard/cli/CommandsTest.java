package dev.flowguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Which commands are made, and that one alone says what it says among all. */
class CommandsTest {
    @TestFactory
    Stream<DynamicTest> commandMadeAloneHasTheHelpThatItHasAmongAll() {
        return Commands.all().keySet().stream()
                .map(name -> DynamicTest.dynamicTest(
                        name,
                        () -> assertThat(said(Flowguard.commandLineFor(name, "--help"), name, "--help"))
                                .isEqualTo(said(Flowguard.commandLine(), name, "--help"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "check --help", "--config a.properties check -f .", "--config=check check serve"})
    void onlyTheCommandThatIsAskedForIsMade(String arguments) {
        assertThat(Commands.neededFor(arguments.split(" "))).containsOnlyKeys("check");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--help",
                "--version",
                "help check",
                "completion bash",
                "chek",
                "--config",
                "--config check",
                "@arguments"
            })
    void allAreMadeWhereTheArgumentsMayBeAboutAny(String arguments) {
        assertThat(Commands.neededFor(arguments.split(" "))).hasSameSizeAs(Commands.all());
    }

    @Test
    void namesAreThoseOfTheCommandsThemselves() {
        Commands.all()
                .forEach((name, command) ->
                        assertThat(new CommandLine(command).getCommandName()).isEqualTo(name));
    }

    private static List<String> said(CommandLine line, String... arguments) {
        StringWriter out = new StringWriter();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(out, true));
        line.execute(arguments);
        return out.toString().lines().toList();
    }
}
