package dev.flowguard.assess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.contract.Expectation;
import dev.flowguard.policy.Answer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EffectTest {
    @DisplayName("DESIGN 8.10: what a change does to a pair that must be possible")
    @ParameterizedTest(name = "{0} before, {1} after: {2}")
    @CsvSource({
        "YES,     YES,     NONE",
        "YES,     UNKNOWN, UNDETERMINED",
        "YES,     NO,      NEWLY_BROKEN",
        "UNKNOWN, YES,     NONE",
        "UNKNOWN, UNKNOWN, NONE",
        "UNKNOWN, NO,      UNDETERMINED",
        "NO,      YES,     REPAIRED",
        "NO,      UNKNOWN, UNDETERMINED",
        "NO,      NO,      STILL_BROKEN",
    })
    void mustBePossible(Answer before, Answer after, Effect effect) {
        assertThat(Effect.of(Expectation.ALLOWED, before, after)).isEqualTo(effect);
    }

    @DisplayName("DESIGN 8.10: what a change does to a pair that must be impossible")
    @ParameterizedTest(name = "{0} before, {1} after: {2}")
    @CsvSource({
        "NO,      NO,      NONE",
        "NO,      UNKNOWN, UNDETERMINED",
        "NO,      YES,     NEWLY_BROKEN",
        "UNKNOWN, NO,      NONE",
        "UNKNOWN, UNKNOWN, NONE",
        "UNKNOWN, YES,     UNDETERMINED",
        "YES,     NO,      REPAIRED",
        "YES,     UNKNOWN, UNDETERMINED",
        "YES,     YES,     STILL_BROKEN",
    })
    void mustBeImpossible(Answer before, Answer after, Effect effect) {
        assertThat(Effect.of(Expectation.BLOCKED, before, after)).isEqualTo(effect);
    }
}
