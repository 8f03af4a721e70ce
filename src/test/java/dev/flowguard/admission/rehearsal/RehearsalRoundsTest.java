package dev.flowguard.admission.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The rounds of a rehearsal")
class RehearsalRoundsTest {
    private static final RehearsedReview ONE = new RehearsedReview("/validate", "1");
    private static final RehearsedReview TWO = new RehearsedReview("/validate-contracts", "2");

    private final List<RehearsedReview> asked = new ArrayList<>();
    private final List<Duration> patience = new ArrayList<>();
    private long now;

    @Test
    @DisplayName("end with the first in which every answer comes quickly")
    void quick() throws Exception {
        assertThat(play(700, 300, 5, 60, 50, 50)).isEqualTo(6);
        assertThat(asked).containsExactly(ONE, TWO, ONE, TWO, ONE, TWO);
    }

    @Test
    @DisplayName("end when time is up, in the midst of one too; nobody is waited for longer than that")
    void limit() throws Exception {
        assertThat(play(900, 900, 300)).isEqualTo(3);
        assertThat(patience).containsExactly(Duration.ofMillis(2000), Duration.ofMillis(1100), Duration.ofMillis(200));
    }

    @Test
    @DisplayName("are not without number where no answer comes quickly")
    void most() throws Exception {
        int[] always = new int[2 * RehearsalRounds.MOST_ROUNDS];
        Arrays.fill(always, 51);
        assertThat(play(always)).isEqualTo(always.length);
    }

    @Test
    @DisplayName("end with the first failure")
    void failure() {
        assertThatThrownBy(() -> new RehearsalRounds(() -> now).play(List.of(ONE), (review, left) -> {
                    throw new IOException("nobody there");
                }))
                .hasMessage("nobody there");
    }

    /** Asks for two reviews again and again; the answers take that many milliseconds. */
    private int play(int... millis) throws Exception {
        Iterator<Integer> each = Arrays.stream(millis).iterator();
        return new RehearsalRounds(() -> now).play(List.of(ONE, TWO), (review, left) -> {
            asked.add(review);
            patience.add(left);
            now += Duration.ofMillis(each.next()).toNanos();
        });
    }
}
