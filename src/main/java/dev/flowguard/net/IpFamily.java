package dev.flowguard.net;

/** An address family. A flow is judged once for each family that both of its ends have. */
public enum IpFamily {
    IPV4(32),
    IPV6(128);

    private final int bits;

    IpFamily(int bits) {
        this.bits = bits;
    }

    /** The length of an address of this family, in bits. */
    public int bits() {
        return bits;
    }
}
