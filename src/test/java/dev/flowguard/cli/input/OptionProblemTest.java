package dev.flowguard.cli.input;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OptionProblemTest {
    private static final String REFUSED =
            "java.lang.IllegalArgumentException: SRCFG00039: The config property %s with the config value \"%s\" threw"
                    + " an Exception whilst being converted %s";

    @Test
    void aReasonThatQuotesTheValueStandsBehindTheOption() {
        assertThat(OptionProblem.sentence(
                        REFUSED.formatted("flowguard.mode", "Foo", "\"Foo\" is not one of Deny, Warn, Audit")))
                .isEqualTo("flowguard.mode: \"Foo\" is not one of Deny, Warn, Audit");
    }

    @Test
    void aChoiceNamesWhatIsAllowed() {
        String reason =
                "SRCFG00049: Cannot convert maybe to enum class dev.flowguard.config.OtherPolicies, allowed values:"
                        + " ignore,consider";

        assertThat(OptionProblem.sentence(REFUSED.formatted("flowguard.other-policies", "maybe", reason)))
                .isEqualTo("flowguard.other-policies: \"maybe\" is not one of ignore, consider");
    }

    @Test
    void aReasonWithoutTheValueGetsIt() {
        assertThat(OptionProblem.sentence(REFUSED.formatted("quarkus.http.limits.max-body-size", "lots", "not a size")))
                .isEqualTo("quarkus.http.limits.max-body-size: \"lots\": not a size");
    }

    @Test
    void anOptionThatDoesNotExistIsSaidNotToExist() {
        assertThat(OptionProblem.sentence("SRCFG00050: flowguard.mdoe in SysPropConfigSource does not map to any root"))
                .isEqualTo("flowguard.mdoe: there is no such option");
    }

    @Test
    void whatIsMissingIsNamedWithoutTheMessageNumber() {
        assertThat(OptionProblem.sentence(
                        "java.util.NoSuchElementException: SRCFG00014: The config property a.b is required but"
                                + " it could not be found in any config source"))
                .isEqualTo("The config property a.b is required but it could not be found in any config source");
    }
}
