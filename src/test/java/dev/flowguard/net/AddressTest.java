package dev.flowguard.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    @DisplayName("IPv4 is a dotted quad")
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "0.0.0.0,         0.0.0.0",
        "192.0.2.7,       192.0.2.7",
        "255.255.255.255, 255.255.255.255",
    })
    void ipv4(String text, String printed) {
        assertThat(Address.parse(text).family()).isEqualTo(IpFamily.IPV4);
        assertThat(Address.parse(text)).hasToString(printed);
    }

    @DisplayName("B8: legacy forms of stored objects are read as the API server reads them")
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "010.001.000.007,         10.1.0.7",
        "08.09.00.1,              8.9.0.1",
        "::ffff:192.0.2.7,        192.0.2.7",
        "::FFFF:c000:0207,        192.0.2.7",
        "0:0:0:0:0:ffff:10.0.0.1, 10.0.0.1",
    })
    void legacy(String text, String printed) {
        assertThat(Address.parse(text)).hasToString(printed).isEqualTo(Address.parse(printed));
    }

    @DisplayName("IPv6 is printed as RFC 5952 says")
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "::,                                      ::",
        "::1,                                     ::1",
        "1::,                                     1::",
        "2001:DB8:0:0:0:0:0:1,                    2001:db8::1",
        "2001:0db8:0000:0000:0001:0000:0000:0001, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1,                    2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1,                      2001:0:0:1::1",
        "0:0:1:0:0:0:0:0,                         0:0:1::",
        "1:2:3:4:5:6:7::,                         1:2:3:4:5:6:7:0",
        "::2:3:4:5:6:7:8,                         0:2:3:4:5:6:7:8",
        "::1.2.3.4,                               ::102:304",
        "64:ff9b::192.0.2.33,                     64:ff9b::c000:221",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    })
    void ipv6(String text, String printed) {
        assertThat(Address.parse(text).family()).isEqualTo(IpFamily.IPV6);
        assertThat(Address.parse(text)).hasToString(printed).isEqualTo(Address.parse(printed));
    }

    @DisplayName("B12: names, shorthand and everything else is refused, never looked up")
    @ParameterizedTest(name = "[{0}]")
    @ValueSource(
            strings = {
                "",
                " ",
                "10",
                "10.1",
                "10.0.1",
                "10.0.0.0.1",
                "10.0.0.256",
                "10.0.0.-1",
                "10.0.0.+1",
                "10.0.0.",
                ".10.0.0.1",
                "10.0.0.1 ",
                " 10.0.0.1",
                "10.0.0.0x1",
                "0x0a000001",
                "10.0.0.0001",
                "localhost",
                "example.com",
                "10.0.0.١",
                ":",
                ":::",
                "1:",
                ":1",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                "::1::",
                "1:2:3:4:5:6:7:8::",
                "1:2:3:4::5:6:7:8",
                "g::",
                "00001::",
                "12345::",
                "::-1",
                "fe80::1%eth0",
                "[::1]",
                "::1/128",
                "1.2.3.4::",
                "1:2.3.4.5::6",
                "::1.2.3.4:5",
                "::1.2.3",
                "::ffff:10.0.0.256",
                "1:2:3:4:5:6:7:1.2.3.4",
            })
    void refused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Address.parse(text))
                .withMessage("\"" + text + "\" is not an IP address: expected something like 192.0.2.7 or 2001:db8::7");
    }

    @Test
    @DisplayName("IPv4 comes before IPv6, and each family is ordered as unsigned numbers")
    void order() {
        assertThat(Stream.of(
                                "::",
                                "255.255.255.255",
                                "8000::",
                                "127.0.0.1",
                                "7fff::",
                                "128.0.0.0",
                                "::8000:0:0:0",
                                "::1")
                        .map(Address::parse)
                        .sorted())
                .extracting(Address::toString)
                .containsExactly(
                        "127.0.0.1", "128.0.0.0", "255.255.255.255", "::", "::1", "::8000:0:0:0", "7fff::", "8000::");
    }

    @DisplayName("the next address carries into the upper half, and back")
    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({
        "10.0.0.255,                          10.0.1.0",
        "127.255.255.255,                     128.0.0.0",
        "::ffff:ffff:ffff:ffff,               0:0:0:1::",
        "2001:db8::7fff:ffff:ffff:ffff,       2001:db8::8000:0:0:0",
        "2001:db8:0:0:ffff:ffff:ffff:ffff,    2001:db8:0:1::",
    })
    void neighbours(String lower, String upper) {
        assertThat(Address.parse(lower).next()).isEqualTo(Address.parse(upper));
        assertThat(Address.parse(upper).previous()).isEqualTo(Address.parse(lower));
    }

    @Test
    @DisplayName("what is printed is read back as the same address")
    void roundTrip() {
        Random random = new Random(5952);
        for (int i = 0; i < 20_000; i++) {
            Address ipv4 = new Address(IpFamily.IPV4, 0, random.nextLong() & 0xFFFFFFFFL);
            Address ipv6 = new Address(IpFamily.IPV6, 1L << 62 | gappy(random), gappy(random));
            assertThat(Address.parse(ipv4.toString())).isEqualTo(ipv4);
            assertThat(Address.parse(ipv6.toString())).isEqualTo(ipv6);
            assertThat(ipv6.toString())
                    .doesNotContain(":::")
                    .doesNotContain("::0:")
                    .matches("[0-9a-f:]+");
        }
    }

    @Test
    void anIpv4AddressHas32Bits() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Address(IpFamily.IPV4, 0, 1L << 32));
        assertThatIllegalArgumentException().isThrownBy(() -> new Address(IpFamily.IPV4, 1, 0));
    }

    /** 64 bits of which each group of 16 is zero half of the time. */
    private static long gappy(Random random) {
        long bits = 0;
        for (int group = 0; group < 4; group++) {
            bits = bits << 16 | (random.nextBoolean() ? 0 : random.nextInt(1 << random.nextInt(17)));
        }
        return bits;
    }
}
