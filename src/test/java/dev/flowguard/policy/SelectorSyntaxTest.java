package dev.flowguard.policy;

import static dev.flowguard.policy.Requirement.doesNotExist;
import static dev.flowguard.policy.Requirement.exists;
import static dev.flowguard.policy.Requirement.in;
import static dev.flowguard.policy.Requirement.notIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SelectorSyntaxTest {
    @DisplayName("kubectl's selector")
    @ParameterizedTest(name = "[{0}]")
    @MethodSource
    void read(String text, List<Requirement> requirements) {
        assertThat(LabelSelector.parse(text)).isEqualTo(new LabelSelector(requirements));
    }

    static Stream<Arguments> read() {
        return Stream.of(
                selector(""),
                selector(" \t\r\n"),
                selector("x", exists("x")),
                selector("\rx", exists("x")),
                selector("a ", exists("a")),
                selector("!x", doesNotExist("x")),
                selector("! x", doesNotExist("x")),
                selector("x=a", in("x", List.of("a"))),
                selector("x==a", in("x", List.of("a"))),
                selector("x == a", in("x", List.of("a"))),
                selector("x\t=\na", in("x", List.of("a"))),
                selector("x!=a", notIn("x", List.of("a"))),
                selector("x != a", notIn("x", List.of("a"))),
                selector("x=", in("x", List.of(""))),
                selector("x= ", in("x", List.of(""))),
                selector("x!=", notIn("x", List.of(""))),
                selector("x=,z= ", in("x", List.of("")), in("z", List.of(""))),
                selector("x= ,z= ", in("x", List.of("")), in("z", List.of(""))),
                selector("x=a,y=b,z=c", in("x", List.of("a")), in("y", List.of("b")), in("z", List.of("c"))),
                selector("z=c , a=b", in("z", List.of("c")), in("a", List.of("b"))),
                selector("x=a,x=b", in("x", List.of("a")), in("x", List.of("b"))),
                selector("x in (abc)", in("x", List.of("abc"))),
                selector("x in(abc)", in("x", List.of("abc"))),
                selector("foo in\t (abc)", in("foo", List.of("abc"))),
                selector("x notin\n (abc)", notIn("x", List.of("abc"))),
                selector("x  notin\t\t(abc,def)", notIn("x", List.of("abc", "def"))),
                selector("x in (abc,def)", in("x", List.of("abc", "def"))),
                selector("x in (b , a,b)", in("x", List.of("a", "b"))),
                selector("x in ()", in("x", List.of(""))),
                selector("x notin ( )", notIn("x", List.of(""))),
                selector("x in (abc,)", in("x", List.of("abc", ""))),
                selector("x notin (, a)", notIn("x", List.of("", "a"))),
                selector("x in (a,,b)", in("x", List.of("a", "", "b"))),
                selector("x in (a,,)", in("x", List.of("a", ""))),
                selector(
                        "x notin (abc,,def),bar,z in (),w",
                        notIn("x", List.of("abc", "", "def")),
                        exists("bar"),
                        in("z", List.of("")),
                        exists("w")),
                selector("x,y in (a)", exists("x"), in("y", List.of("a"))),
                selector(
                        "x=a,y!=b,z in (h,i,j)",
                        in("x", List.of("a")),
                        notIn("y", List.of("b")),
                        in("z", List.of("h", "i", "j"))),
                selector("this-is-a-dns.domain.com/key-with-dash", exists("this-is-a-dns.domain.com/key-with-dash")),
                selector(
                        "0.1.2.domain/99 notin (10.10.100.1, tick.tack.clock)",
                        notIn("0.1.2.domain/99", List.of("10.10.100.1", "tick.tack.clock"))));
    }

    @DisplayName("in and notin are words like others where an operator cannot stand")
    @ParameterizedTest(name = "[{0}]")
    @MethodSource
    void operatorsAsWords(String text, List<Requirement> requirements) {
        assertThat(LabelSelector.parse(text)).isEqualTo(new LabelSelector(requirements));
    }

    static Stream<Arguments> operatorsAsWords() {
        return Stream.of(
                selector("in", exists("in")),
                selector("!notin", doesNotExist("notin")),
                selector("in in (in)", in("in", List.of("in"))),
                selector("notin notin (notin, in)", notIn("notin", List.of("in", "notin"))),
                selector("a=in", in("a", List.of("in"))),
                selector("a in (x,y,notin, z,in)", in("a", List.of("in", "notin", "x", "y", "z"))));
    }

    @DisplayName("a mistake tells its column, what was found and what was expected")
    @ParameterizedTest(name = "[{0}] {1}")
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            ,x,y             ¦ column 1: found ",", expected a label key
            x,,y             ¦ column 3: found ",", expected a label key
            x,               ¦ column 3: found the end of the selector, expected a label key
            `a in (xyz), `   ¦ column 13: found the end of the selector, expected a label key
            !                ¦ column 2: found the end of the selector, expected a label key
            !!x              ¦ column 2: found "!", expected a label key
            =a               ¦ column 1: found "=", expected a label key
            (                ¦ column 1: found "(", expected a label key
            !x=a             ¦ column 3: found "=", expected "," or the end of the selector
            !x in (a)        ¦ column 4: found "in", expected "," or the end of the selector
            x=a y=b          ¦ column 5: found "y", expected "," or the end of the selector
            x==a==b          ¦ column 5: found "==", expected "," or the end of the selector
            a in (xyz)b in ()¦ column 11: found "b", expected "," or the end of the selector
            x in (a))        ¦ column 9: found ")", expected "," or the end of the selector
            x y              ¦ column 3: found "y", expected =, ==, !=, in or notin after the key "x"
            x>1              ¦ column 2: found ">", expected =, ==, !=, in or notin after the key "x"
            x<a              ¦ column 2: found "<", expected =, ==, !=, in or notin after the key "x"
            a (              ¦ column 3: found "(", expected =, ==, !=, in or notin after the key "a"
            x not in (y)     ¦ column 3: found "not", expected =, ==, !=, in or notin after the key "x"; did you mean "notin"?
            x nott in (y)    ¦ column 3: found "nott", expected =, ==, !=, in or notin after the key "x"; did you mean "notin"?
            x IN (y)         ¦ column 3: found "IN", expected =, ==, !=, in or notin after the key "x"; did you mean "in"?
            x in y           ¦ column 6: found "y", expected "(" and a list of values
            x in             ¦ column 5: found the end of the selector, expected "(" and a list of values
            a notin(         ¦ column 9: found the end of the selector, expected a label value
            a notin(b        ¦ column 10: found the end of the selector, expected "," or ")"
            a in (xyz abc)   ¦ column 11: found "abc", expected "," or ")"
            a in (x=y)       ¦ column 8: found "=", expected "," or ")"
            a in ((x))       ¦ column 7: found "(", expected a label value
            x===a            ¦ column 4: found "=", expected a label value
            x=!a             ¦ column 3: found "!", expected a label value
            x=a||y=b       ¦ column 3: "a||y" is not a label value: expected at most 63 letters, digits, "-", "_" and ".", the first and last a letter or digit
            -x               ¦ column 1: "-x" is not a label key: expected 1 to 63 letters, digits, "-", "_" and ".", the first and last a letter or digit
            `a, /x`          ¦ column 4: "/x" is not a label key: expected a DNS name in lower case, such as example.com, before the "/"
            app:db           ¦ column 1: "app:db" is not a label key: expected 1 to 63 letters, digits, "-", "_" and ".", the first and last a letter or digit; between key and value stands "="
            app="db"         ¦ column 5: ""db"" is not a label value: expected at most 63 letters, digits, "-", "_" and ".", the first and last a letter or digit
            a in (ok, no_)   ¦ column 11: "no_" is not a label value: expected at most 63 letters, digits, "-", "_" and ".", the first and last a letter or digit
            """)
    void refused(String text, String message) {
        assertThatExceptionOfType(SyntaxException.class)
                .isThrownBy(() -> LabelSelector.parse(text))
                .withMessage(message);
    }

    @Test
    @DisplayName("a mistake knows its offset, also within a longer text")
    void offset() {
        assertThatExceptionOfType(SyntaxException.class)
                .isThrownBy(() -> LabelSelector.parse("x=a y"))
                .satisfies(mistake -> {
                    assertThat(mistake.offset()).isEqualTo(4);
                    assertThat(mistake.explanation())
                            .isEqualTo("found \"y\", expected \",\" or the end of the selector");
                    assertThat(mistake.within(10)).hasMessageStartingWith("column 15: found \"y\"");
                    assertThat(mistake.within(10).offset()).isEqualTo(14);
                });
    }

    @Test
    @DisplayName("what is printed is read back as the same selector, whatever blanks stand between its words")
    void roundTrip() {
        Random random = new Random(1_729);
        for (int i = 0; i < 20_000; i++) {
            LabelSelector selector = new LabelSelector(some(random, 0, 4, () -> requirement(random)));
            String printed = selector.toString();
            assertThat(LabelSelector.parse(printed)).as(printed).isEqualTo(selector);
            String loose = loosened(random, printed);
            assertThat(LabelSelector.parse(loose)).as(loose).isEqualTo(selector);
        }
    }

    private static Requirement requirement(Random random) {
        String key = (random.nextInt(3) == 0 ? "example.com/" : "") + word(random);
        return switch (random.nextInt(4)) {
            case 0 -> in(key, some(random, 1, 3, () -> value(random)));
            case 1 -> notIn(key, some(random, 1, 3, () -> value(random)));
            case 2 -> exists(key);
            default -> doesNotExist(key);
        };
    }

    private static String value(Random random) {
        return random.nextInt(5) == 0 ? "" : word(random);
    }

    private static String word(Random random) {
        List<String> words = List.of("in", "notin", "port", "a", "App", "0", "x-y", "a.b_c", "9-9", "k8s-app");
        return words.get(random.nextInt(words.size()));
    }

    private static <T> List<T> some(Random random, int least, int most, Supplier<T> supplier) {
        return Stream.generate(supplier)
                .limit(least + random.nextInt(most - least + 1))
                .toList();
    }

    /** Puts blanks around every symbol that is no part of another, which never changes the meaning. */
    private static String loosened(Random random, String text) {
        return Stream.of(text.split("(?<=[=!(),])(?![=])|(?=[=(),])(?<![!=])|(?=!)"))
                .map(part -> blank(random) + part + blank(random))
                .collect(Collectors.joining());
    }

    private static String blank(Random random) {
        return List.of("", " ", "\t", "\n", " \r\n ").get(random.nextInt(5));
    }

    private static Arguments selector(String text, Requirement... requirements) {
        return arguments(text, List.of(requirements));
    }
}
