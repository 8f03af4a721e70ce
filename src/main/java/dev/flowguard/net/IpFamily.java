package dev.flowguard.net;

/** An address family. A flow is judged once for each family that both of its ends have. */
public enum IpFamily {
    IPV4(32, "IPv4"),
    IPV6(128, "IPv6");

    private final int bits;
    private final String spelling;

    IpFamily(int bits, String spelling) {
        this.bits = bits;
        this.spelling = spelling;
    }

    /** As it is written: {@code IPv4}. */
    public String spelling() {
        return spelling;
    }

    /** The length of an address of this family, in bits. */
    public int bits() {
        return bits;
    }
}
