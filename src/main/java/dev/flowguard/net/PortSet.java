package dev.flowguard.net;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Ports of the protocols that policies can name. Immutable, and always in its one shortest form, so that equal sets are equal.
 */
@SuppressWarnings("ReferenceEquality") // Only to be quick: equal sets that are not the same go the long way.
public final class PortSet {
    /** The protocols that have ports, in the order in which they are listed. */
    public static final List<Protocol> PROTOCOLS =
            Stream.of(Protocol.values()).filter(Protocol::isInPolicies).toList();

    public static final PortSet NONE = new PortSet(new int[0]);
    public static final PortSet EVERY = union(PROTOCOLS.stream()
            .map(protocol -> PortSet.of(protocol, PortRange.ALL))
            .toList());

    /** More than any port, so that ports of two protocols never meet: the number of a port is {@code protocol * SPAN + port}. */
    private static final int SPAN = 1 << 16;

    /** Where the set begins and ends by turns, ascending; each end is the number after the last one inside. */
    private final int[] bounds;

    private PortSet(int[] bounds) {
        this.bounds = bounds;
    }

    public static PortSet of(Protocol protocol, PortRange ports) {
        int start = start(protocol);
        return new PortSet(new int[] {start + ports.first(), start + ports.last() + 1});
    }

    public static PortSet union(Collection<PortSet> sets) {
        return sets.stream().reduce(NONE, PortSet::or);
    }

    public boolean isEmpty() {
        return bounds.length == 0;
    }

    public boolean isEvery() {
        return equals(EVERY);
    }

    public PortSet or(PortSet other) {
        if (isEmpty() || other.isEmpty() || this == other) {
            return isEmpty() ? other : this;
        }
        return combine(other, (inThis, inOther) -> inThis || inOther);
    }

    public PortSet and(PortSet other) {
        if (isEmpty() || other.isEmpty() || this == other) {
            return other.isEmpty() ? other : this;
        }
        if (this == EVERY || other == EVERY) {
            return this == EVERY ? other : this;
        }
        return combine(other, (inThis, inOther) -> inThis && inOther);
    }

    public PortSet without(PortSet other) {
        if (isEmpty() || other.isEmpty()) {
            return this;
        }
        return this == other ? NONE : combine(other, (inThis, inOther) -> inThis && !inOther);
    }

    public boolean contains(Protocol protocol, int port) {
        int found = Arrays.binarySearch(bounds, start(protocol) + port);
        int boundsUpTo = found >= 0 ? found + 1 : -found - 1;
        return boundsUpTo % 2 == 1;
    }

    public boolean containsAll(PortSet other) {
        return other.without(this).isEmpty();
    }

    /** The ports of one protocol, ascending and as few ranges as possible. */
    public List<PortRange> ranges(Protocol protocol) {
        int start = start(protocol);
        List<PortRange> ranges = new ArrayList<>();
        for (int i = 0; i < bounds.length; i += 2) {
            if (bounds[i] > start && bounds[i] < start + SPAN) {
                ranges.add(new PortRange(bounds[i] - start, bounds[i + 1] - start - 1));
            }
        }
        return ranges;
    }

    @SuppressWarnings("EnumOrdinal") // It never leaves the process, and any numbers would do.
    private static int start(Protocol protocol) {
        return protocol.ordinal() * SPAN;
    }

    private interface Membership {
        boolean isIn(boolean inThis, boolean inOther);
    }

    private PortSet combine(PortSet other, Membership wanted) {
        int[] merged = new int[bounds.length + other.bounds.length];
        int size = 0;
        int here = 0;
        int there = 0;
        boolean inside = false;
        while (here < bounds.length || there < other.bounds.length) {
            int next = Math.min(at(bounds, here), at(other.bounds, there));
            here += at(bounds, here) == next ? 1 : 0;
            there += at(other.bounds, there) == next ? 1 : 0;
            if (wanted.isIn(here % 2 == 1, there % 2 == 1) != inside) {
                inside = !inside;
                merged[size++] = next;
            }
        }
        return size == 0 ? NONE : new PortSet(Arrays.copyOf(merged, size));
    }

    private static int at(int[] bounds, int i) {
        return i < bounds.length ? bounds[i] : Integer.MAX_VALUE;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof PortSet set && Arrays.equals(bounds, set.bounds));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    /** {@code TCP 80,8000-9000; UDP 53}. */
    @Override
    public String toString() {
        return PROTOCOLS.stream()
                .filter(protocol -> !ranges(protocol).isEmpty())
                .map(protocol -> protocol + " "
                        + ranges(protocol).stream().map(PortRange::toString).collect(Collectors.joining(",")))
                .collect(Collectors.joining("; "));
    }
}
