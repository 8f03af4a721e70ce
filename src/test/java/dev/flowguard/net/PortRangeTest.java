package dev.flowguard.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortRangeTest {
    @DisplayName("Q5, Q7: runs upwards within 1 to 65535")
    @ParameterizedTest(name = "{0}-{1}")
    @CsvSource({"0, 80", "-1, 80", "90, 80", "80, 65536", "65536, 65536", "0, 0"})
    void refused(int first, int last) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PortRange(first, last))
                .withMessage("A port range runs upwards within 1 to 65535: " + first + "-" + last);
    }

    @Test
    @DisplayName("Q6: an endPort may equal its port")
    void single() {
        assertThat(new PortRange(80, 80)).isEqualTo(PortRange.of(80)).hasToString("80");
        assertThat(new PortRange(80, 90)).hasToString("80-90");
        assertThat(PortRange.ALL).hasToString("1-65535");
    }

    @Test
    @DisplayName("containing and overlapping, for every pair of small ranges, as counting says")
    void relations() {
        List<PortRange> all = IntStream.range(0, 36)
                .filter(i -> i / 6 <= i % 6)
                .mapToObj(i -> new PortRange(1 + i / 6, 1 + i % 6))
                .toList();
        for (PortRange one : all) {
            for (PortRange other : all) {
                List<Integer> shared =
                        ports(other).filter(one::contains).boxed().toList();
                assertThat(one.overlaps(other)).isEqualTo(!shared.isEmpty());
                assertThat(one.contains(other))
                        .isEqualTo(shared.size() == ports(other).count());
            }
        }
    }

    @Test
    @DisplayName("cutBy: the parts make up the range, in order, and no part straddles an edge of another range")
    void cutBy() {
        Random random = new Random(65535);
        for (int i = 0; i < 5_000; i++) {
            int base = random.nextBoolean() ? PortRange.LOWEST : PortRange.HIGHEST - 20;
            PortRange range = random(random, base);
            List<PortRange> others = Stream.generate(() -> random(random, base))
                    .limit(random.nextInt(6))
                    .toList();
            List<PortRange> parts = range.cutBy(others);

            assertThat(parts.get(0).first()).isEqualTo(range.first());
            assertThat(parts.get(parts.size() - 1).last()).isEqualTo(range.last());
            for (int part = 1; part < parts.size(); part++) {
                int start = parts.get(part).first();
                assertThat(parts.get(part - 1).last()).isEqualTo(start - 1);
                assertThat(others)
                        .as("no cut without a reason")
                        .anyMatch(other -> other.first() == start || other.last() == start - 1);
            }
            assertThat(parts)
                    .allSatisfy(part ->
                            assertThat(others).allMatch(other -> other.contains(part) || !other.overlaps(part)));
        }
    }

    @Test
    void isOrderedByFirstThenLast() {
        assertThat(Stream.of(new PortRange(2, 3), new PortRange(1, 9), new PortRange(2, 2), new PortRange(1, 1))
                        .sorted())
                .containsExactly(new PortRange(1, 1), new PortRange(1, 9), new PortRange(2, 2), new PortRange(2, 3));
    }

    private static PortRange random(Random random, int base) {
        int first = random.nextInt(20);
        return new PortRange(base + first, base + first + random.nextInt(20 - first));
    }

    private static IntStream ports(PortRange range) {
        return IntStream.rangeClosed(range.first(), range.last());
    }
}
