package dev.flowguard.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Each rule of the other kinds of policies has a test that begins with its id")
class EveryRuleIsTestedTest {
    /** A name, or that of a row: {@code "C8, X4: on Cilium …"}, {@code "K26 by the labels …"}. What is for a range of ids names none. */
    private static final Pattern NAMED = Pattern.compile("\"((?:[CKLX]\\d+(?:, |: | ))+)(?!to )");

    private static final Pattern ID = Pattern.compile("[CKLX]\\d+");

    @Test
    @DisplayName("C1 to C21, K1 to K30, L1 to L29, X1 to X4")
    void each() throws IOException {
        Set<String> tested = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            files.filter(file -> file.toString().endsWith("Test.java")).forEach(file -> ids(file, tested));
        }

        assertThat(tested)
                .containsAll(Stream.of(ids("C", 21), ids("K", 30), ids("L", 29), ids("X", 4))
                        .flatMap(List::stream)
                        .toList());
    }

    private static List<String> ids(String letter, int last) {
        return IntStream.rangeClosed(1, last)
                .mapToObj(number -> letter + number)
                .toList();
    }

    private static void ids(Path file, Set<String> tested) {
        try {
            Matcher named = NAMED.matcher(Files.readString(file));
            while (named.find()) {
                ID.matcher(named.group(1)).results().forEach(id -> tested.add(id.group()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
