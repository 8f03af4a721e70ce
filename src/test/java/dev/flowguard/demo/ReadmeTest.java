package dev.flowguard.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.assess.finding.Findings;
import dev.flowguard.cli.Flowguard;
import dev.flowguard.config.FlowguardConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The README tells the truth")
class ReadmeTest {
    private static final Pattern EXAMPLE = Pattern.compile("```\\n\\$ flowguard ((?:.*\\\\\\n)*.*)\\n([\\s\\S]*?)```");
    private static final Pattern OPTION = Pattern.compile("(?m)^\\| `(flowguard\\.[a-z.-]+)`");

    private static final Pattern FINDING = Pattern.compile("(?m)^\\| (`[a-z-]+` \\| .*) \\|$");

    private static String readme() throws IOException {
        return Files.readString(Path.of("README.md"));
    }

    /** A command line that is shown, and what is shown to come of it. */
    record Example(List<String> arguments, String output) {
        @Override
        public String toString() {
            return String.join(" ", arguments);
        }
    }

    static Stream<Example> examples() throws IOException {
        Matcher matcher = EXAMPLE.matcher(readme());
        List<Example> examples = matcher.results().map(ReadmeTest::example).toList();
        assertThat(examples).hasSizeGreaterThanOrEqualTo(5);
        return examples.stream();
    }

    private static Example example(MatchResult match) {
        String command = match.group(1).replace("\\\n", " ").strip();
        return new Example(List.of(command.split("\\s+")), match.group(2));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void example(Example example) {
        StringWriter out = new StringWriter();
        Flowguard.commandLine()
                .setOut(new PrintWriter(out, true))
                .execute(example.arguments().toArray(String[]::new));
        assertThat(out.toString().replace("\r\n", "\n")).isEqualTo(example.output());
    }

    @Test
    @DisplayName("its table has every finding, and says of each what its page says")
    void findings() throws IOException {
        List<String> documented =
                FINDING.matcher(readme()).results().map(match -> match.group(1)).toList();
        assertThat(documented)
                .containsExactlyElementsOf(Findings.kinds().stream()
                        .map(kind -> "`" + kind.id() + "` | " + kind.title())
                        .toList());
    }

    @Test
    @DisplayName("its table has every option, and no other")
    void options() throws IOException {
        List<String> documented =
                OPTION.matcher(readme()).results().map(match -> match.group(1)).toList();
        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(
                        options("flowguard", FlowguardConfig.class).toList());
    }

    private static Stream<String> options(String prefix, Class<?> type) {
        return Stream.of(type.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .flatMap(method -> {
                    String name = prefix + "." + kebab(method);
                    return method.getReturnType().getEnclosingClass() == FlowguardConfig.class
                            ? options(name, method.getReturnType())
                            : Stream.of(name);
                });
    }

    private static String kebab(Method method) {
        return method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
    }
}
