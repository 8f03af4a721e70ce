package dev.flowguard.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CidrTest {
    @DisplayName("B8: host bits are masked away, legacy forms are the blocks they stand for")
    @ParameterizedTest(name = "{0} is {1}, from {2} to {3}")
    @CsvSource({
        "10.0.0.0/8,             10.0.0.0/8,       10.0.0.0,      10.255.255.255",
        "8.8.8.1/24,             8.8.8.0/24,       8.8.8.0,       8.8.8.255",
        "010.001.002.003/16,     10.1.0.0/16,      10.1.0.0,      10.1.255.255",
        "192.0.2.7/32,           192.0.2.7/32,     192.0.2.7,     192.0.2.7",
        "192.0.2.7/31,           192.0.2.6/31,     192.0.2.6,     192.0.2.7",
        "255.255.255.255/1,      128.0.0.0/1,      128.0.0.0,     255.255.255.255",
        "0.0.0.0/0,              0.0.0.0/0,        0.0.0.0,       255.255.255.255",
        "9.9.9.9/0,              0.0.0.0/0,        0.0.0.0,       255.255.255.255",
        "10.0.0.0/08,            10.0.0.0/8,       10.0.0.0,      10.255.255.255",
        "::/0,                   ::/0,             ::,            ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "2001:db8::7/32,         2001:db8::/32,    2001:db8::,    2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
        "2001:db8:0:1::9/64,     2001:db8:0:1::/64, 2001:db8:0:1::, 2001:db8:0:1:ffff:ffff:ffff:ffff",
        "2001:db8::f0/124,       2001:db8::f0/124, 2001:db8::f0,  2001:db8::ff",
        "2001:db8:0:3::1/63,     2001:db8:0:2::/63, 2001:db8:0:2::, 2001:db8:0:3:ffff:ffff:ffff:ffff",
        "2001:db8::1/128,        2001:db8::1/128,  2001:db8::1,   2001:db8::1",
        "::ffff:10.1.2.3/104,    10.0.0.0/8,       10.0.0.0,      10.255.255.255",
        "::ffff:10.1.2.3/96,     0.0.0.0/0,        0.0.0.0,       255.255.255.255",
        "::ffff:10.1.2.3/128,    10.1.2.3/32,      10.1.2.3,      10.1.2.3",
        "::ffff:10.1.2.3/95,     ::fffe:0:0/95,    ::fffe:0:0,    ::ffff:ffff:ffff",
        "::ffff:10.1.2.3/0,      ::/0,             ::,            ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    })
    void parsed(String text, String printed, String first, String last) {
        Cidr cidr = Cidr.parse(text);
        assertThat(cidr).hasToString(printed);
        assertThat(cidr.range().first()).hasToString(first);
        assertThat(cidr.range().last()).hasToString(last);
        assertThat(Cidr.exactly(cidr.range())).contains(cidr);
    }

    @DisplayName("B12: what is not a block says what is missing")
    @ParameterizedTest(name = "[{0}] {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            ''                 | expected something like 192.0.2.0/24 or 2001:db8::/32
            /8                 | expected something like 192.0.2.0/24 or 2001:db8::/32
            10/8               | expected something like 192.0.2.0/24 or 2001:db8::/32
            10.1/16            | expected something like 192.0.2.0/24 or 2001:db8::/32
            10.0.0.0.0/8       | expected something like 192.0.2.0/24 or 2001:db8::/32
            example.com/24     | expected something like 192.0.2.0/24 or 2001:db8::/32
            ' 10.0.0.0/8'      | expected something like 192.0.2.0/24 or 2001:db8::/32
            10.0.0.1           | for that one address write 10.0.0.1/32
            2001:db8::7        | for that one address write 2001:db8::7/128
            10.0.0.0/          | expected a number from 0 to 32 after the "/"
            10.0.0.0/33        | expected a number from 0 to 32 after the "/"
            10.0.0.0/-1        | expected a number from 0 to 32 after the "/"
            10.0.0.0/+8        | expected a number from 0 to 32 after the "/"
            '10.0.0.0/8 '      | expected a number from 0 to 32 after the "/"
            10.0.0.0/8/8       | expected a number from 0 to 32 after the "/"
            10.0.0.0/0008      | expected a number from 0 to 32 after the "/"
            10.0.0.0/255.0.0.0 | expected a number from 0 to 32 after the "/"
            10.0.0.0/99999999999 | expected a number from 0 to 32 after the "/"
            2001:db8::/129     | expected a number from 0 to 128 after the "/"
            ::ffff:10.0.0.0/129 | expected a number from 0 to 128 after the "/"
            """)
    void refused(String text, String remedy) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cidr.parse(text))
                .withMessage("\"" + text + "\" is not an address block: " + remedy);
    }

    @DisplayName("B1, B7: a block contains the addresses of its own family between its ends")
    @ParameterizedTest(name = "{0} contains {1}: {2}")
    @CsvSource({
        "0.0.0.0/0,     10.0.0.1,         true",
        "0.0.0.0/0,     255.255.255.255,  true",
        "0.0.0.0/0,     ::,               false",
        "::/0,          2001:db8::1,      true",
        "::/0,          10.0.0.1,         false",
        "10.0.0.0/8,    10.255.255.255,   true",
        "10.0.0.0/8,    11.0.0.0,         false",
        "10.0.0.0/8,    9.255.255.255,    false",
        "10.0.0.0/8,    ::ffff:10.0.0.1,  true",
        "2001:db8::/64, 2001:db8::8000:0:0:0, true",
        "2001:db8::/64, 2001:db8:0:1::,   false",
    })
    void contains(String block, String address, boolean expected) {
        assertThat(Cidr.parse(block).contains(Address.parse(address))).isEqualTo(expected);
        assertThat(Cidr.parse(block).range().contains(Address.parse(address))).isEqualTo(expected);
    }

    @DisplayName("B3: strictly inside means inside and not the same")
    @ParameterizedTest(name = "{1} strictly inside {0}: {2}")
    @CsvSource({
        "10.0.0.0/8,   10.1.0.0/16,  true",
        "10.0.0.0/8,   10.0.0.0/9,   true",
        "10.0.0.0/8,   10.0.0.0/8,   false",
        "10.0.0.0/8,   10.9.9.9/8,   false",
        "10.0.0.0/8,   0.0.0.0/0,    false",
        "10.0.0.0/8,   11.0.0.0/16,  false",
        "0.0.0.0/0,    ::/1,         false",
        "::/0,         10.0.0.0/8,   false",
        "::/0,         2001:db8::/32, true",
    })
    void strictlyContains(String block, String other, boolean expected) {
        assertThat(Cidr.parse(block).strictlyContains(Cidr.parse(other))).isEqualTo(expected);
    }

    @Test
    void ofAnAddressHoldsOnlyIt() {
        assertThat(Cidr.of(Address.parse("10.0.0.1"))).hasToString("10.0.0.1/32");
        assertThat(Cidr.of(Address.parse("::1"))).hasToString("::1/128");
    }

    @Test
    void aPrefixFitsItsFamily() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Cidr(Address.parse("10.0.0.0"), 33));
        assertThatIllegalArgumentException().isThrownBy(() -> new Cidr(Address.parse("::"), 129));
        assertThatIllegalArgumentException().isThrownBy(() -> new Cidr(Address.parse("::"), -1));
    }

    @Test
    @DisplayName("a range that is no block is no block")
    void exactly() {
        assertThat(Cidr.exactly(range("10.0.0.1", "10.0.0.2"))).isEmpty();
        assertThat(Cidr.exactly(range("10.0.0.1", "10.0.0.4"))).isEmpty();
        assertThat(Cidr.exactly(range("10.0.0.0", "10.0.0.3"))).contains(Cidr.parse("10.0.0.0/30"));
    }

    private static AddressRange range(String first, String last) {
        return new AddressRange(Address.parse(first), Address.parse(last));
    }
}
