package dev.flowguard.net;

import java.util.Optional;

/**
 * An address block such as {@code 10.0.0.0/8}. Bits beyond the prefix are masked away, as every network plugin does; an
 * IPv4-mapped IPv6 block is the IPv4 block that it maps.
 *
 * @param base the first address of the block
 * @param prefix the number of leading bits that are fixed
 */
public record Cidr(Address base, int prefix) {
    private static final int MAPPED_BITS = 96;

    public Cidr {
        if (prefix < 0 || prefix > base.family().bits()) {
            throw new IllegalArgumentException("A prefix of " + base.family() + " has 0 to "
                    + base.family().bits() + " bits, not " + prefix);
        }
        base = masked(base, prefix);
    }

    /** @throws IllegalArgumentException with a sentence, if the text is not an address block */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        String bits = text.substring(slash + 1);
        if (slash < 0 || !bits.matches("[0-9]{1,3}")) {
            throw notABlock(text);
        }
        Address base = Address.parse(text.substring(0, slash));
        int prefix = Integer.parseInt(bits);
        if (base.family() == IpFamily.IPV4 && text.indexOf(':') >= 0) {
            prefix -= MAPPED_BITS;
        }
        if (prefix < 0 || prefix > base.family().bits()) {
            throw notABlock(text);
        }
        return new Cidr(base, prefix);
    }

    /** The block that holds exactly the addresses of the range, if there is one. */
    static Optional<Cidr> exactly(AddressRange range) {
        for (int prefix = range.family().bits(); prefix >= 0; prefix--) {
            Cidr candidate = new Cidr(range.first(), prefix);
            if (candidate.range().equals(range)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    public static Cidr of(Address address) {
        return new Cidr(address, address.family().bits());
    }

    public IpFamily family() {
        return base.family();
    }

    public boolean contains(Address address) {
        return address.family() == base.family() && masked(address, prefix).equals(base);
    }

    /** Whether every address of the other block is in this one and the two differ. */
    public boolean strictlyContains(Cidr other) {
        return prefix < other.prefix && contains(other.base);
    }

    public AddressRange range() {
        int free = base.family().bits() - prefix;
        long lowOnes = free >= 64 ? -1L : (1L << free) - 1;
        long highOnes = free <= 64 ? 0 : free == 128 ? -1L : (1L << (free - 64)) - 1;
        return new AddressRange(base, new Address(base.family(), base.high() | highOnes, base.low() | lowOnes));
    }

    private static Address masked(Address address, int prefix) {
        int free = address.family().bits() - prefix;
        long low = free >= 64 ? 0 : address.low() & (-1L << free);
        long high = free <= 64 ? address.high() : free == 128 ? 0 : address.high() & (-1L << (free - 64));
        return new Address(address.family(), high, low);
    }

    private static IllegalArgumentException notABlock(String text) {
        return new IllegalArgumentException(
                "\"" + text + "\" is not an address block: expected something like 192.0.2.0/24 or 2001:db8::/32");
    }

    @Override
    public String toString() {
        return base + "/" + prefix;
    }
}
