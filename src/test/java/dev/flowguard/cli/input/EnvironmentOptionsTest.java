package dev.flowguard.cli.input;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flowguard.config.BadInput;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A variable of the environment")
class EnvironmentOptionsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "PATH",
                "FLOWGUARD_MODE",
                "FLOWGUARD_TLS_MODE",
                "FLOWGUARD_DNS_ADDRESSES",
                "FLOWGUARD_DNS_ADDRESSES_0_",
                "FLOWGUARD_AUDIT_WRITES_PER_SECOND",
            })
    @DisplayName("that sets an option, or has another program's name, is right")
    void right(String name) {
        assertThatCode(() -> EnvironmentOptions.check(List.of(name))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FLOWGUARD_VERSION",
                "FLOWGUARD_HOME",
                "FLOWGUARD_PORT",
                "FLOWGUARD_PORT_443_TCP_ADDR",
                "FLOWGUARD_SERVICE_HOST",
                "FLOWGUARD_METRICS_SERVICE_PORT_HTTP",
            })
    @DisplayName("that somebody else puts there is passed over")
    void others(String name) {
        assertThatCode(() -> EnvironmentOptions.check(List.of(name))).doesNotThrowAnyException();
    }

    @Test
    @DisplayName("that is nearly spelt like an option is a mistake, and all mistakes are told")
    void misspelt() {
        assertThatThrownBy(() -> EnvironmentOptions.check(List.of("FLOWGUARD_MOED", "FLOWGUARD_CNY", "FLOWGUARD_MODE")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("FLOWGUARD_CNY: there is no such option; did you mean FLOWGUARD_CNI?")
                .hasMessageContaining("FLOWGUARD_MOED: there is no such option; did you mean FLOWGUARD_MODE?");
    }
}
