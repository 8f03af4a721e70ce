package dev.flowguard.policy.calico;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.SyntaxException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("K28 Calico's selectors")
class CalicoSelectorTest {
    private static final Labels WEB = labels("app", "web", "env", "prod", "in", "x", "has", "y", "A", "B");

    @DisplayName("as Calico's own engine reads them")
    @ParameterizedTest(name = "[{0}]")
    @MethodSource
    void rows(String selector, boolean valid, List<Boolean> matches, List<Labels> labels) {
        if (!valid) {
            assertThatExceptionOfType(SyntaxException.class).isThrownBy(() -> CalicoSelector.parse(selector));
            return;
        }
        CalicoSelector parsed = CalicoSelector.parse(selector);
        assertThat(labels.stream().map(parsed::matches).toList()).isEqualTo(matches);
    }

    static Stream<Arguments> rows() throws IOException {
        JsonNode file;
        try (InputStream stream =
                CalicoSelectorTest.class.getResourceAsStream("/other-policies/calico/selectors.json")) {
            file = new ObjectMapper().readTree(stream);
        }
        List<Labels> labels = new ArrayList<>();
        for (JsonNode set : file.path("labels")) {
            labels.add(Labels.of(new ObjectMapper().convertValue(set, new StringMap())));
        }
        return StreamSupport.stream(file.path("rows").spliterator(), false)
                .map(row -> arguments(
                        row.path("selector").asText(),
                        row.path("valid").asBoolean(),
                        StreamSupport.stream(row.path("matches").spliterator(), false)
                                .map(JsonNode::asBoolean)
                                .toList(),
                        labels));
    }

    @DisplayName("match labels")
    @ParameterizedTest(name = "[{0}]")
    @ValueSource(
            strings = {
                "",
                " \t ",
                "all()",
                "all( \t)",
                "global()",
                "app == 'web'",
                "app=='web'",
                "app == \"web\"",
                "app != 'db'",
                "gone != 'x'",
                "app in {'db','web'}",
                "app in{'web'}",
                "app in { 'web' , }",
                "app not in {'db'}",
                "app notin {'db'}",
                "app not   in{'db'}",
                "app not in {}",
                "gone not in {'x'}",
                "has(app)",
                "has( app\t)",
                "!has(gone)",
                "! has(gone)",
                "!!has(app)",
                "app contains 'e'",
                "app contains''",
                "app starts with 'we'",
                "app startswith'we'",
                "app starts  with\t'we'",
                "app ends with 'eb'",
                "app endswith 'eb'",
                "in in {'x'}",
                "in == 'x'",
                "has == 'y'",
                "A == 'B'",
                "app == 'db' || env == 'prod' && app == 'web'",
                "(app == 'db' || env == 'prod') && app == 'web'",
                "!(app == 'db')",
                "!app == 'db'",
                "((((app == 'web'))))",
                "app == 'web'&&env == 'prod'"
            })
    void match(String selector) {
        assertThat(CalicoSelector.parse(selector).matches(WEB)).isTrue();
    }

    @DisplayName("do not match labels")
    @ParameterizedTest(name = "[{0}]")
    @ValueSource(
            strings = {
                "!all()",
                "app == 'Web'",
                "a == 'B'",
                "app != 'web'",
                "app in {}",
                "gone in {'x'}",
                "app not in {'web'}",
                "has(gone)",
                "gone contains ''",
                "gone starts with ''",
                "gone ends with ''",
                "gone == ''",
                "app == 'web' && env == 'test' || app == 'db'",
                "app == ' web'",
                "app == '\"web\"'"
            })
    void doNotMatch(String selector) {
        assertThat(CalicoSelector.parse(selector).matches(WEB)).isFalse();
    }

    @DisplayName("are refused at the place that does not fit")
    @ParameterizedTest(name = "[{0}]")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "()~column 2: found \")\", expected a label key, has(…), all(), \"!\" or \"(\"",
                "app~column 4: found the end of the selector, expected an operator (==, !=, in, not in, contains,"
                        + " starts with, ends with) after a label key",
                "app = 'web'~column 5: found \"=\", expected \"==\"",
                "app == web~column 8: found \"web\", expected a value in quotes",
                "app == 'web~column 8: the quote is never closed: expected a second '",
                "app == 'web' & env == 'x'~column 14: found \"&\", expected \"&&\"",
                "app IN {'a'}~column 5: found \"IN\", expected one of ==, !=, in, not in, contains, starts with, ends"
                        + " with after the key \"app\"; did you mean \"in\"?",
                "app in ('a')~column 8: found \"(\", expected \"{\" and a list of values in quotes",
                "app in {'a' 'b'}~column 13: found a value in quotes, expected a value in quotes, \",\" or \"}\"",
                "app in {,}~column 9: found \",\", expected a value in quotes, \",\" or \"}\"",
                "app == 'a' env == 'b'~column 12: found \"env\", expected \"&&\", \"||\" or the end of the selector",
                "has (app)~column 5: found \"(\", expected an operator (==, !=, in, not in, contains, starts with,"
                        + " ends with) after a label key",
                "has()~column 5: found \")\", expected a label key",
                "has(app~column 8: found the end of the selector, expected \")\" after has(app",
                "all(x)~column 5: found \"x\", expected \")\" after all(",
                "(app == 'a'~column 12: found the end of the selector, expected \"&&\", \"||\" or \")\"",
                "app == 'a' &&~column 14: found the end of the selector, expected a label key, has(…), all(), \"!\" or"
                        + " \"(\"",
                "'app' == 'a'~column 1: found a value in quotes, expected a label key, has(…), all(), \"!\" or \"(\"",
                "app@x == 'a'~column 4: found \"@\", expected an operator (==, !=, in, not in, contains, starts with,"
                        + " ends with)",
                "app: web~column 4: found \":\", expected an operator (==, !=, in, not in, contains, starts with, ends"
                        + " with)"
            })
    void refused(String selector, String message) {
        assertThatExceptionOfType(SyntaxException.class)
                .isThrownBy(() -> CalicoSelector.parse(selector))
                .withMessage(message);
    }

    @Test
    @DisplayName("may have no line break, which YAML's > leaves at the end")
    void lineBreak() {
        assertThatExceptionOfType(SyntaxException.class)
                .isThrownBy(() -> CalicoSelector.parse("app == 'a'\n"))
                .withMessageStartingWith("column 11: a line break is no blank in a selector");
    }

    @Test
    @DisplayName("may have a line break, or anything else, inside a value")
    void anythingInAValue() {
        assertThat(CalicoSelector.parse("app == 'a\n&& (b)'").matches(labels("app", "a\n&& (b)")))
                .isTrue();
    }

    @Test
    @DisplayName("have keys of at most 512 characters")
    void longKeys() {
        assertThat(CalicoSelector.parse("has(" + "k".repeat(512) + ")").matches(WEB))
                .isFalse();
        assertThatExceptionOfType(SyntaxException.class)
                .isThrownBy(() -> CalicoSelector.parse("has(" + "k".repeat(513) + ")"))
                .withMessageContaining("513 characters");
    }

    @Test
    @DisplayName("of any length and depth are read, or refused, in no more than their length")
    void hostile() {
        assertThat(CalicoSelector.parse("!".repeat(100_000) + "has(app)").matches(WEB))
                .isTrue();
        assertThatExceptionOfType(SyntaxException.class)
                .isThrownBy(() -> CalicoSelector.parse("(".repeat(100_000) + "has(app)" + ")".repeat(100_000)))
                .withMessageContaining("parentheses");
    }

    private static Labels labels(String... pairs) {
        TreeMap<String, String> labels = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            labels.put(pairs[i], pairs[i + 1]);
        }
        return Labels.of(labels);
    }

    private static final class StringMap extends TypeReference<Map<String, String>> {}
}
