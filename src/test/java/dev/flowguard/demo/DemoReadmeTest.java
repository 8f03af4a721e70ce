package dev.flowguard.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.testing.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The demo shop's README tells the truth")
class DemoReadmeTest {
    private static final Pattern CHANGE = Pattern.compile("\\| `(\\d\\w*-[\\w-]+)` \\| (.*?) \\| (.*?) \\|.*");
    private static final Pattern DELETION = Pattern.compile("\\| `--delete (\\S+)` \\| delete \\| (.*?) \\|.*");
    private static final Pattern SEQUENCE = Pattern.compile("\\| ((?:\\d\\w*)(?:, \\d\\w*)+) \\| (.*) \\|");
    private static final Pattern ANSWER = Pattern.compile("^(REJECTED|WARNED|ADMITTED) ", Pattern.MULTILINE);

    private static List<String> readme() throws IOException {
        return Files.readAllLines(Demo.FOLDER.resolve("README.md"));
    }

    /** A row of the table: a change or deletion, and what it is answered. */
    record Row(String what, List<String> arguments, String answer) {
        @Override
        public String toString() {
            return what + ": " + answer;
        }
    }

    static Stream<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : readme()) {
            Matcher change = CHANGE.matcher(line);
            if (change.matches()) {
                rows.add(new Row(change.group(1), List.of("--change", Demo.change(change.group(1))), change.group(3)));
            }
            Matcher deletion = DELETION.matcher(line);
            if (deletion.matches()) {
                rows.add(new Row(deletion.group(1), List.of("--delete", deletion.group(1)), deletion.group(2)));
            }
        }
        return rows.stream();
    }

    @Test
    @DisplayName("every change has a row, and every row a change")
    void complete() throws IOException {
        assertThat(rows().map(Row::what).filter(what -> !what.contains("/"))).containsExactlyElementsOf(Demo.changes());
    }

    @Test
    @DisplayName("in the beginning every flow is satisfied")
    void satisfied() {
        CommandRun run = Demo.check();
        assertThat(run.out()).endsWith("\n21 declared flows: 21 satisfied\n");
        assertThat(run.exitCode()).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void answer(Row row) {
        CommandRun run = Demo.check(row.arguments().toArray(String[]::new));
        assertThat(run.err()).isEmpty();
        assertThat(answers(run)).containsExactly(wanted(row.answer()));
        assertThat(run.exitCode()).isEqualTo(wanted(row.answer()).equals("REJECTED") ? 1 : 0);
    }

    /** A sequence of changes and the answers to each. */
    record Sequence(List<String> numbers, List<String> answers) {
        @Override
        public String toString() {
            return String.join(", ", numbers);
        }
    }

    static Stream<Sequence> sequences() throws IOException {
        List<Sequence> sequences = new ArrayList<>();
        for (String line : readme()) {
            Matcher row = SEQUENCE.matcher(line);
            if (row.matches()) {
                sequences.add(new Sequence(
                        List.of(row.group(1).split(", ")),
                        Stream.of(row.group(2).split("; "))
                                .map(DemoReadmeTest::wanted)
                                .toList()));
            }
        }
        assertThat(sequences).as("sequences in the README").isNotEmpty();
        return sequences.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sequences")
    void sequence(Sequence sequence) {
        String[] arguments = sequence.numbers().stream()
                .flatMap(number -> Stream.of("--change", Demo.numbered(number)))
                .toArray(String[]::new);
        assertThat(answers(Demo.check(arguments))).isEqualTo(sequence.answers());
    }

    @Test
    @DisplayName("where nothing is enforced, nothing is rejected")
    void flannel() {
        for (String change : Demo.changes()) {
            CommandRun run = Demo.check("--cni", "flannel", "--change", Demo.change(change));
            assertThat(run.exitCode()).as(change).isZero();
        }
    }

    private static List<String> answers(CommandRun run) {
        return ANSWER.matcher(run.out())
                .results()
                .map(answer -> answer.group(1))
                .toList();
    }

    /** A note on what was broken before is a warning too, so "admitted, … noted" is answered with warnings. */
    private static String wanted(String text) {
        if (text.startsWith("**rejected**") || text.startsWith("rejected")) {
            return "REJECTED";
        }
        return text.startsWith("warned") || text.contains("noted") ? "WARNED" : "ADMITTED";
    }
}
