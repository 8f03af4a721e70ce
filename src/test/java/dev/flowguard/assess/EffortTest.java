package dev.flowguard.assess;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The time for judging")
class EffortTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

    @DisplayName("is over when it is, within a few pairs, and from then on always")
    @Test
    void isOver() {
        Effort effort = Effort.ofNanos(100, now::get);
        for (int i = 0; i < 1_000; i++) {
            assertThat(effort.isOver()).isFalse();
        }
        now.addAndGet(100);
        int pairs = 0;
        while (!effort.isOver()) {
            pairs++;
        }
        assertThat(pairs).isLessThan(64);
        now.addAndGet(-100);
        assertThat(effort.isOver()).isTrue();
    }

    @DisplayName("leaves half of itself to a second judgement, with what has been read by then")
    @Test
    void parts() {
        Effort effort = Effort.ofNanos(100, now::get);
        Effort first = effort.part();
        now.addAndGet(50);
        assertThat(first.isOver()).isTrue();
        Effort second = effort.part();
        assertThat(second.isOver()).isFalse();
        now.addAndGet(50);
        assertThat(effort.part().isOver()).isTrue();
    }

    @DisplayName("of a part is looked up by the clock where asked so, and what is done beside judging has the whole")
    @Test
    void byTheClock() {
        Effort effort = Effort.ofNanos(100, now::get);
        Effort part = effort.part().part();
        assertThat(part.isOver()).isFalse();
        now.addAndGet(50);
        assertThat(part.isOverNow()).isTrue();
        assertThat(part.whole()).isSameAs(effort);
        assertThat(part.whole().isOverNow()).isFalse();
        now.addAndGet(50);
        assertThat(part.whole().isOverNow()).isTrue();
    }

    @DisplayName("may be without an end")
    @Test
    void unlimited() {
        assertThat(Effort.unlimited().part().isOver()).isFalse();
    }
}
