package dev.flowguard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortNameTest {
    @DisplayName("a name")
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"http", "a", "h2c", "8080-tcp", "dns-tcp", "a-1-b", "123456789012abc"})
    void names(String name) {
        assertThat(PortName.mistakeIn(name)).isEmpty();
        assertThat(PortName.isName(name)).isTrue();
    }

    @DisplayName("not a name")
    @ParameterizedTest(name = "[{0}]")
    @ValueSource(strings = {"", "HTTP", "a_b", "-a", "a-", "a--b", "1-2", "a.b", "a b", "http\n", "1234567890123abc"})
    void notNames(String name) {
        assertThat(PortName.mistakeIn(name))
                .get()
                .asString()
                .endsWith(
                        " is not a port name: expected 1 to 15 lower-case letters, digits and single \"-\" between them,"
                                + " at least one a letter");
        assertThat(PortName.isName(name)).isFalse();
    }

    @DisplayName("Q19: a number in quotes is no name either, and the remedy is another")
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"80", "8080", "12345678901234567890"})
    void digits(String name) {
        assertThat(PortName.mistakeIn(name))
                .contains("\"" + name
                        + "\" is not a port name: expected at least one letter; a number is written without quotes");
    }
}
