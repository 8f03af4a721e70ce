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

    /**
     * Reads a block of either family.
     *
     * @throws IllegalArgumentException with a sentence that says what to write, if the text is not an address block
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        Address base = addressOf(text, slash < 0 ? text.length() : slash);
        if (slash < 0) {
            throw notABlock(text, "for that one address write " + of(base));
        }
        String bits = text.substring(slash + 1);
        IpFamily written = text.indexOf(':') >= 0 ? IpFamily.IPV6 : IpFamily.IPV4;
        if (!bits.matches("[0-9]{1,3}") || Integer.parseInt(bits) > written.bits()) {
            throw notABlock(text, "expected a number from 0 to " + written.bits() + " after the \"/\"");
        }
        int prefix = Integer.parseInt(bits);
        if (written == base.family()) {
            return new Cidr(base, prefix);
        }
        return prefix >= MAPPED_BITS ? new Cidr(base, prefix - MAPPED_BITS) : aroundMapped(base, prefix);
    }

    private static Address addressOf(String text, int end) {
        try {
            return Address.parse(text.substring(0, end));
        } catch (IllegalArgumentException notAnAddress) {
            throw notABlock(text, "expected something like 192.0.2.0/24 or 2001:db8::/32");
        }
    }

    /** An IPv6 block that is wider than the IPv4-mapped addresses: masking leaves nothing of the IPv4 address in its base. */
    private static Cidr aroundMapped(Address ipv4, int prefix) {
        return new Cidr(new Address(IpFamily.IPV6, 0, 0xFFFFL << 32 | ipv4.low()), prefix);
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

    private static IllegalArgumentException notABlock(String text, String remedy) {
        return new IllegalArgumentException(Quoted.of(text) + " is not an address block: " + remedy);
    }

    @Override
    public String toString() {
        return base + "/" + prefix;
    }
}
