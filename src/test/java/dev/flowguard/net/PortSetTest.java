package dev.flowguard.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PortSetTest {
    @Test
    @DisplayName("neighbouring ranges of one protocol become one; those of two protocols never")
    void isInItsShortestForm() {
        PortSet web = PortSet.of(Protocol.TCP, new PortRange(80, 89)).or(PortSet.of(Protocol.TCP, PortRange.of(90)));
        assertThat(web.ranges(Protocol.TCP)).containsExactly(new PortRange(80, 90));
        assertThat(web).isEqualTo(PortSet.of(Protocol.TCP, new PortRange(80, 90)));
        assertThat(PortSet.of(Protocol.TCP, PortRange.ALL)
                        .or(PortSet.of(Protocol.UDP, PortRange.ALL))
                        .isEvery())
                .isFalse();
    }

    @Test
    @DisplayName("every port is those of TCP, UDP and SCTP")
    void everyPort() {
        assertThat(PortSet.EVERY).hasToString("TCP 1-65535; UDP 1-65535; SCTP 1-65535");
        assertThat(PortSet.EVERY.without(PortSet.EVERY)).isEqualTo(PortSet.NONE);
    }

    @Test
    @DisplayName("reads as people write ports")
    void text() {
        PortSet set = PortSet.union(List.of(
                PortSet.of(Protocol.UDP, PortRange.of(53)),
                PortSet.of(Protocol.TCP, new PortRange(8000, 9000)),
                PortSet.of(Protocol.TCP, PortRange.of(80))));
        assertThat(set).hasToString("TCP 80,8000-9000; UDP 53");
        assertThat(PortSet.NONE).hasToString("");
    }

    @Test
    @DisplayName("union, intersection and difference are those of the ports one by one")
    void agreesWithSinglePorts() {
        Random random = new Random(7);
        for (int i = 0; i < 3_000; i++) {
            PortSet one = any(random);
            PortSet other = any(random);
            for (Protocol protocol : PortSet.PROTOCOLS) {
                for (int port : List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 65534, 65535)) {
                    boolean inOne = one.contains(protocol, port);
                    boolean inOther = other.contains(protocol, port);
                    assertThat(one.or(other).contains(protocol, port)).isEqualTo(inOne || inOther);
                    assertThat(one.and(other).contains(protocol, port)).isEqualTo(inOne && inOther);
                    assertThat(one.without(other).contains(protocol, port)).isEqualTo(inOne && !inOther);
                }
            }
            assertThat(one.or(other)).isEqualTo(other.or(one)).satisfies(PortSetTest::isShortest);
            assertThat(one.and(other)).isEqualTo(other.and(one)).satisfies(PortSetTest::isShortest);
            assertThat(one.containsAll(other)).isEqualTo(one.or(other).equals(one));
        }
    }

    private static void isShortest(PortSet set) {
        for (Protocol protocol : PortSet.PROTOCOLS) {
            List<PortRange> ranges = set.ranges(protocol);
            for (int i = 1; i < ranges.size(); i++) {
                assertThat(ranges.get(i).first())
                        .isGreaterThan(ranges.get(i - 1).last() + 1);
            }
        }
    }

    private static PortSet any(Random random) {
        List<PortSet> parts = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            Protocol protocol = PortSet.PROTOCOLS.get(random.nextInt(3));
            int first = random.nextInt(1, 10);
            parts.add(PortSet.of(
                    protocol,
                    random.nextInt(8) == 0
                            ? new PortRange(first, 65535)
                            : new PortRange(first, random.nextInt(first, 11))));
        }
        return PortSet.union(parts);
    }
}
