package dev.flowguard.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSyntaxTest {
    private static final String X63 = "x".repeat(63);
    private static final String PREFIX253 = (X63 + ".").repeat(3) + "x".repeat(61);
    private static final String NAME = "letters, digits, \"-\", \"_\" and \".\", the first and last a letter or digit";

    @DisplayName("a key")
    @ParameterizedTest(name = "{0}")
    @MethodSource
    void keys(String key) {
        assertThat(LabelSyntax.mistakeInKey(key)).isEmpty();
        assertThat(LabelSyntax.isKey(key)).isTrue();
    }

    static Stream<String> keys() {
        return Stream.of(
                "app",
                "App",
                "a",
                "9",
                "a.b",
                "a_b",
                "a--b",
                "k8s-app",
                "app.kubernetes.io/name",
                "kubernetes.io/metadata.name",
                "a/b",
                "1.2/3",
                "xn--bcher-kva.example/ok",
                X63,
                "example.com/" + X63,
                PREFIX253 + "/a");
    }

    @DisplayName("not a key, and why")
    @ParameterizedTest(name = "{0}")
    @MethodSource
    void notKeys(String key, String expected) {
        assertThat(LabelSyntax.mistakeInKey(key)).get().asString().endsWith("is not a label key: expected " + expected);
        assertThat(LabelSyntax.isKey(key)).isFalse();
    }

    static Stream<Arguments> notKeys() {
        String name = "1 to 63 " + NAME;
        String nameAfter = "1 to 63 " + NAME + ", after the \"/\"";
        String prefix = "a DNS name in lower case, such as example.com, before the \"/\"";
        return Stream.of(
                arguments("", name),
                arguments("-a", name),
                arguments("a-", name),
                arguments(".a", name),
                arguments("_", name),
                arguments("a b", name),
                arguments("a\n", name),
                arguments("ä", name),
                arguments("a:b", name),
                arguments("x".repeat(64), name),
                arguments("example.com/", nameAfter),
                arguments("example.com/a-", nameAfter),
                arguments("example.com/" + "x".repeat(64), nameAfter),
                arguments("/a", prefix),
                arguments("Example.com/a", prefix),
                arguments("example..com/a", prefix),
                arguments("-example.com/a", prefix),
                arguments("exa_mple.com/a", prefix),
                arguments(PREFIX253 + "x/a", prefix),
                arguments("a/b/c", "at most one \"/\""),
                arguments("a//c", "at most one \"/\""));
    }

    @DisplayName("a value")
    @ParameterizedTest(name = "[{0}]")
    @ValueSource(strings = {"", "a", "A", "0", "true", "1.2.3", "a_b-c.d", "a--b"})
    void values(String value) {
        assertThat(LabelSyntax.mistakeInValue(value)).isEmpty();
        assertThat(LabelSyntax.isValue(value)).isTrue();
        assertThat(LabelSyntax.isValue(X63)).isTrue();
    }

    @DisplayName("not a value")
    @ParameterizedTest(name = "[{0}]")
    @ValueSource(strings = {" ", "-", "a-", ".a", "a/b", "a b", "a\n", "ü", "a=b", "*"})
    void notValues(String value) {
        assertThat(LabelSyntax.mistakeInValue(value))
                .get()
                .asString()
                .endsWith("is not a label value: expected at most 63 " + NAME);
        assertThat(LabelSyntax.isValue(value)).isFalse();
        assertThat(LabelSyntax.isValue("x".repeat(64))).isFalse();
    }
}
