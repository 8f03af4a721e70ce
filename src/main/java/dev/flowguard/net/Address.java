package dev.flowguard.net;

import java.util.ArrayList;
import java.util.List;

/**
 * One IPv4 or IPv6 address: an unsigned number of 32 or 128 bits, ordered numerically, IPv4 before IPv6.
 *
 * <p>Parsing never consults a resolver. It takes what the API server takes on stored objects: dotted quads (leading zeros are
 * read as decimal) and IPv6 text; an IPv4-mapped IPv6 address is the IPv4 address that it maps.
 *
 * @param high the upper 64 bits, zero for IPv4
 * @param low the lower 64 bits
 */
public record Address(IpFamily family, long high, long low) implements Comparable<Address> {
    private static final int IPV6_GROUPS = 8;
    private static final long MAPPED_PREFIX = 0xFFFFL;

    public Address {
        if (family == IpFamily.IPV4 && (high != 0 || (low >>> 32) != 0)) {
            throw new IllegalArgumentException("An IPv4 address has 32 bits.");
        }
    }

    /**
     * Reads an address of either family.
     *
     * @throws IllegalArgumentException with a sentence, if the text is not an IP address
     */
    public static Address parse(String text) {
        return text.indexOf(':') >= 0 ? parseIpv6(text) : new Address(IpFamily.IPV4, 0, parseIpv4(text, text));
    }

    /** The address above this one. Undefined for the last of its family. */
    Address next() {
        return new Address(family, low == -1 ? high + 1 : high, low + 1);
    }

    /** The address below this one. Undefined for the first of its family. */
    Address previous() {
        return new Address(family, low == 0 ? high - 1 : high, low - 1);
    }

    @Override
    public int compareTo(Address other) {
        if (family != other.family) {
            return family.compareTo(other.family);
        }
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        return family == IpFamily.IPV4 ? ipv4Text(low) : ipv6Text();
    }

    private static IllegalArgumentException notAnAddress(String text) {
        return new IllegalArgumentException(
                Quoted.of(text) + " is not an IP address: expected something like 192.0.2.7 or 2001:db8::7");
    }

    private static long parseIpv4(String quad, String whole) {
        String[] parts = quad.split("\\.", -1);
        if (parts.length != 4) {
            throw notAnAddress(whole);
        }
        long value = 0;
        for (String part : parts) {
            int octet = digits(part, 10, 3);
            if (octet < 0 || octet > 255) {
                throw notAnAddress(whole);
            }
            value = value << 8 | octet;
        }
        return value;
    }

    private static Address parseIpv6(String text) {
        int gap = text.indexOf("::");
        List<Integer> head = groups(gap < 0 ? text : text.substring(0, gap), text, gap < 0);
        List<Integer> tail = gap < 0 ? List.of() : groups(text.substring(gap + 2), text, true);
        int missing = IPV6_GROUPS - head.size() - tail.size();
        if (gap < 0 ? missing != 0 : missing < 1) {
            throw notAnAddress(text);
        }
        long[] halves = new long[2];
        for (int i = 0; i < IPV6_GROUPS; i++) {
            int fromTail = i - head.size() - missing;
            int group = i < head.size() ? head.get(i) : fromTail >= 0 ? tail.get(fromTail) : 0;
            halves[i / 4] = halves[i / 4] << 16 | group;
        }
        if (halves[0] == 0 && halves[1] >>> 32 == MAPPED_PREFIX) {
            return new Address(IpFamily.IPV4, 0, halves[1] & 0xFFFFFFFFL);
        }
        return new Address(IpFamily.IPV6, halves[0], halves[1]);
    }

    /** @param atEnd whether these groups end the address, where alone a dotted quad may stand for two of them */
    private static List<Integer> groups(String text, String whole, boolean atEnd) {
        List<Integer> groups = new ArrayList<>();
        if (text.isEmpty()) {
            return groups;
        }
        String[] parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            if (atEnd && i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
                long quad = parseIpv4(parts[i], whole);
                groups.add((int) (quad >>> 16));
                groups.add((int) (quad & 0xFFFF));
                continue;
            }
            int group = digits(parts[i], 16, 4);
            if (group < 0) {
                throw notAnAddress(whole);
            }
            groups.add(group);
        }
        return groups;
    }

    /** The number, or -1 if the text is not one to {@code most} ASCII digits of that radix. */
    private static int digits(String text, int radix, int most) {
        if (text.isEmpty() || text.length() > most) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = c < 128 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }

    private static String ipv4Text(long value) {
        return (value >>> 24 & 255) + "." + (value >>> 16 & 255) + "." + (value >>> 8 & 255) + "." + (value & 255);
    }

    /** RFC 5952: lower case, no leading zeros, the longest run of two or more zero groups shortened, the first of equals. */
    private String ipv6Text() {
        int[] groups = new int[IPV6_GROUPS];
        for (int i = 0; i < IPV6_GROUPS; i++) {
            groups[i] = (int) ((i < 4 ? high : low) >>> (48 - 16 * (i % 4)) & 0xFFFF);
        }
        int bestStart = -1;
        int bestLength = 1;
        for (int start = 0; start < IPV6_GROUPS; start++) {
            int end = start;
            while (end < IPV6_GROUPS && groups[end] == 0) {
                end++;
            }
            if (end - start > bestLength) {
                bestStart = start;
                bestLength = end - start;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < IPV6_GROUPS; i++) {
            if (i == bestStart) {
                text.append("::");
                i += bestLength - 1;
                continue;
            }
            if (i > 0 && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
