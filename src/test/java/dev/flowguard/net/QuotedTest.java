package dev.flowguard.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotedTest {
    @DisplayName("what cannot be seen is written out")
    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "plain,                    plain",
        "two words,                two words",
        "Grüße 🚀,                 Grüße 🚀",
        "'line\nbreak\r',          line\\u000abreak\\u000d",
        "'tab\t',                  tab\\u0009",
        "'no-break\u00a0space',    no-break\\u00a0space",
        "'zero\u200bwidth',        zero\\u200bwidth",
        "'right\u202eleft',        right\\u202eleft",
        "'lone \ud800 surrogate',  lone \\ud800 surrogate",
        "'para\u2029graph',        para\\u2029graph",
    })
    void visible(String text, String quoted) {
        assertThat(Quoted.of(text)).isEqualTo("\"" + quoted + "\"");
    }

    @Test
    @DisplayName("long text is cut")
    void cut() {
        assertThat(Quoted.of("x".repeat(80))).isEqualTo("\"" + "x".repeat(80) + "\"");
        assertThat(Quoted.of("🚀".repeat(81))).isEqualTo("\"" + "🚀".repeat(80) + "…\"");
    }
}
