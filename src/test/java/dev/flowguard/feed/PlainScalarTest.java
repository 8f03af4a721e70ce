package dev.flowguard.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An unquoted scalar is for kubectl")
class PlainScalarTest {
    @ParameterizedTest(name = "{0}: true")
    @ValueSource(strings = {"y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"})
    void yes(String text) {
        assertThat(json(text)).isEqualTo("true");
    }

    @ParameterizedTest(name = "{0}: false")
    @ValueSource(strings = {"n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"})
    void no(String text) {
        assertThat(json(text)).isEqualTo("false");
    }

    @ParameterizedTest(name = "\"{0}\": null")
    @ValueSource(strings = {"", "~", "null", "Null", "NULL"})
    void nothing(String text) {
        assertThat(json(text)).isEqualTo("null");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "0, 0",
        "80, 80",
        "-1, -1",
        "+5, 5",
        "1_000, 1000",
        "0644, 420",
        "00, 0",
        "-010, -8",
        "0o644, 420",
        "0O17, 15",
        "0x1F, 31",
        "-0x1f, -31",
        "0X_ff, 255",
        "0b101, 5",
        "-0b11, -3",
        "2147483648, 2147483648",
        "9223372036854775808, 9223372036854775808",
        "18446744073709551615, 18446744073709551615",
        "99999999999999999999, 100000000000000000000",
        "0xffffffffffffffffff, 4722366482869645213695",
    })
    @DisplayName("a whole number")
    void integers(String text, String expected) {
        assertThat(json(text)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "1.5, 1.5",
        ".5, 0.5",
        "+.5, 0.5",
        "-1.5e-3, -0.0015",
        "80.0, 80",
        "80., 80",
        "1e3, 1000",
        "1E+2, 100",
        "08, 8",
        "1_0.5, 10.5",
        "1e22, 1.0E22",
    })
    @DisplayName("a fraction, and a whole number if nothing is behind its point")
    void fractions(String text, String expected) {
        assertThat(json(text)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "yEs",
                "yep",
                "nope",
                "tRUE",
                "oN",
                "nULL",
                "none",
                "1:30",
                "190:20:30",
                "2001-12-14",
                "2001-12-14t21:59:43.10-05:00",
                "10.0.0.1",
                "::1",
                "0x",
                "0xFG",
                "0o8",
                "0b2",
                "089x",
                "1.2.3",
                "_1",
                "-",
                "+",
                ".",
                "..",
                "1e",
                "e3",
                "--1",
                "1a",
                "1e999",
                "v1",
                "<<",
                "inf",
                "NaN",
                "-y"
            })
    @DisplayName("otherwise a string")
    void strings(String text) {
        assertThat(json(text)).isEqualTo("\"" + text + "\"");
    }

    private static String json(String text) {
        return PlainScalar.read(text).toString();
    }
}
