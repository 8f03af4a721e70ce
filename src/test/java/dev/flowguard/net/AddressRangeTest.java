package dev.flowguard.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AddressRangeTest {
    @Test
    void runsUpwardsWithinOneFamily() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> range("10.0.0.2", "10.0.0.1"))
                .withMessage("An address range runs upwards within one family: 10.0.0.2-10.0.0.1");
        assertThatIllegalArgumentException().isThrownBy(() -> range("10.0.0.1", "::1"));
    }

    @DisplayName("is printed as the block it is, or as its ends")
    @ParameterizedTest(name = "{0} to {1}: {2}")
    @CsvSource({
        "10.0.0.1,    10.0.0.1,        10.0.0.1",
        "10.0.0.0,    10.0.0.255,      10.0.0.0/24",
        "10.0.0.1,    10.0.0.255,      10.0.0.1-10.0.0.255",
        "0.0.0.0,     255.255.255.255, 0.0.0.0/0",
        "2001:db8::,  2001:db8::f,     2001:db8::/124",
    })
    void printed(String first, String last, String text) {
        assertThat(range(first, last)).hasToString(text);
    }

    @DisplayName("knows whether it has more than some number of addresses, also beyond 64 bits")
    @ParameterizedTest(name = "{0} has more than {1}: {2}")
    @CsvSource({
        "10.0.0.1/32,  0,                   true",
        "10.0.0.1/32,  1,                   false",
        "10.0.0.0/24,  255,                 true",
        "10.0.0.0/24,  256,                 false",
        "0.0.0.0/0,    4294967295,          true",
        "0.0.0.0/0,    4294967296,          false",
        "2001:db8::/65, 9223372036854775807, true",
        "2001:db8::/66, 4611686018427387903, true",
        "2001:db8::/66, 4611686018427387904, false",
        "2001:db8::/64, 9223372036854775807, true",
        "::/0,         9223372036854775807, true",
    })
    void size(String block, long count, boolean more) {
        assertThat(Cidr.parse(block).range().hasMoreThan(count)).isEqualTo(more);
    }

    @Test
    @DisplayName("counts across the border between the halves of an address")
    void sizeAcrossHalves() {
        AddressRange three = range("::ffff:ffff:ffff:ffff", "0:0:0:1::1");
        assertThat(three.hasMoreThan(2)).isTrue();
        assertThat(three.hasMoreThan(3)).isFalse();
        assertThat(three.addresses())
                .extracting(Address::toString)
                .containsExactly("::ffff:ffff:ffff:ffff", "0:0:0:1::", "::1:0:0:0:1");
    }

    @Test
    @DisplayName("lists its addresses up to the last of the family")
    void listsToTheEnd() {
        assertThat(range("255.255.255.254", "255.255.255.255").addresses())
                .extracting(Address::toString)
                .containsExactly("255.255.255.254", "255.255.255.255");
    }

    @DisplayName("containing and overlapping, for every pair of small ranges, as counting says")
    @ParameterizedTest
    @EnumSource(IpFamily.class)
    void relations(IpFamily family) {
        List<AddressRange> all = Stream.iterate(0, i -> i + 1)
                .limit(36)
                .filter(i -> i / 6 <= i % 6)
                .map(i -> new AddressRange(at(family, i / 6), at(family, i % 6)))
                .toList();
        for (AddressRange one : all) {
            for (AddressRange other : all) {
                long shared = count(other.addresses(), one);
                assertThat(one.overlaps(other)).isEqualTo(shared > 0);
                assertThat(one.contains(other)).isEqualTo(!other.hasMoreThan(shared));
            }
        }
        assertThat(Cidr.parse("::/0").range().overlaps(Cidr.parse("0.0.0.0/0").range()))
                .isFalse();
        assertThat(Cidr.parse("0.0.0.0/0").range().contains(Cidr.parse("::/128").range()))
                .isFalse();
    }

    @DisplayName("cutBy: the parts make up the range, in order, and no part straddles an edge of another range")
    @ParameterizedTest
    @EnumSource(IpFamily.class)
    void cutBy(IpFamily family) {
        Random random = new Random(4291);
        for (int i = 0; i < 3_000; i++) {
            AddressRange range = random(random, family);
            List<AddressRange> others = Stream.generate(
                            () -> random(random, random.nextInt(8) == 0 ? other(family) : family))
                    .limit(random.nextInt(6))
                    .toList();
            List<AddressRange> parts = range.cutBy(others);

            assertThat(parts.get(0).first()).isEqualTo(range.first());
            assertThat(parts.get(parts.size() - 1).last()).isEqualTo(range.last());
            for (int part = 1; part < parts.size(); part++) {
                Address start = parts.get(part).first();
                assertThat(parts.get(part - 1).last().next()).isEqualTo(start);
                assertThat(others)
                        .as("no cut without a reason")
                        .anyMatch(edge ->
                                edge.first().equals(start) || edge.last().equals(start.previous()));
            }
            assertThat(parts)
                    .allSatisfy(part ->
                            assertThat(others).allMatch(other -> other.contains(part) || !other.overlaps(part)));
        }
    }

    @Test
    @DisplayName("cutBy survives ranges that end where the family ends")
    void cutAtTheEdges() {
        AddressRange everything = Cidr.parse("0.0.0.0/0").range();
        assertThat(everything.cutBy(List.of(everything))).containsExactly(everything);
        assertThat(everything.cutBy(List.of(Cidr.parse("128.0.0.0/1").range())))
                .extracting(AddressRange::toString)
                .containsExactly("0.0.0.0/1", "128.0.0.0/1");
        assertThat(Cidr.parse("10.0.0.0/30").range().cutBy(List.of(range("10.0.0.1", "10.0.0.1"), everything)))
                .extracting(AddressRange::toString)
                .containsExactly("10.0.0.0", "10.0.0.1", "10.0.0.2/31");
    }

    /** Small ranges near each other, around the place where the lower half of an IPv6 address overflows. */
    private static AddressRange random(Random random, IpFamily family) {
        int first = random.nextInt(24);
        return new AddressRange(at(family, first), at(family, first + random.nextInt(24 - first)));
    }

    private static Address at(IpFamily family, int index) {
        if (family == IpFamily.IPV4) {
            return new Address(family, 0, 0x7FFFFFF8L + index);
        }
        long low = -8L + index;
        return new Address(family, low < 0 ? 7 : 8, low);
    }

    private static IpFamily other(IpFamily family) {
        return family == IpFamily.IPV4 ? IpFamily.IPV6 : IpFamily.IPV4;
    }

    private static long count(Iterable<Address> addresses, AddressRange range) {
        long count = 0;
        for (Address address : addresses) {
            count += range.contains(address) ? 1 : 0;
        }
        return count;
    }

    private static AddressRange range(String first, String last) {
        return new AddressRange(Address.parse(first), Address.parse(last));
    }
}
