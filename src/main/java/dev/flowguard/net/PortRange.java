package dev.flowguard.net;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The ports from {@code first} to {@code last}, both included; within 1 to 65535 and never empty. */
public record PortRange(int first, int last) implements Comparable<PortRange> {
    public static final int LOWEST = 1;
    public static final int HIGHEST = 65535;
    public static final PortRange ALL = new PortRange(LOWEST, HIGHEST);

    public PortRange {
        if (first < LOWEST || last > HIGHEST || first > last) {
            throw new IllegalArgumentException("A port range runs upwards within 1 to 65535: " + first + "-" + last);
        }
    }

    public static PortRange of(int port) {
        return new PortRange(port, port);
    }

    public boolean isSingle() {
        return first == last;
    }

    public boolean contains(int port) {
        return first <= port && port <= last;
    }

    public boolean contains(PortRange other) {
        return first <= other.first && other.last <= last;
    }

    public boolean overlaps(PortRange other) {
        return first <= other.last && other.first <= last;
    }

    /**
     * Cuts this range wherever one of the others begins or ends, so that each part lies wholly inside or wholly outside each of
     * them. The parts are in ascending order and make up this range.
     */
    public List<PortRange> cutBy(Collection<PortRange> others) {
        TreeSet<Integer> starts = new TreeSet<>();
        starts.add(first);
        for (PortRange other : others) {
            if (contains(other.first)) {
                starts.add(other.first);
            }
            if (contains(other.last) && other.last < last) {
                starts.add(other.last + 1);
            }
        }
        List<PortRange> parts = new ArrayList<>(starts.size());
        int start = first;
        for (int next : starts.tailSet(first, false)) {
            parts.add(new PortRange(start, next - 1));
            start = next;
        }
        parts.add(new PortRange(start, last));
        return parts;
    }

    /** The same ports in as few ranges as possible: neighbours become one. */
    public static List<PortRange> joined(SortedSet<PortRange> ranges) {
        List<PortRange> joined = new ArrayList<>();
        for (PortRange range : ranges) {
            PortRange last = joined.isEmpty() ? range : joined.get(joined.size() - 1);
            if (!joined.isEmpty() && range.first() <= last.last() + 1) {
                joined.set(joined.size() - 1, new PortRange(last.first(), Math.max(last.last(), range.last())));
            } else {
                joined.add(range);
            }
        }
        return joined;
    }

    @Override
    public int compareTo(PortRange other) {
        return first != other.first ? Integer.compare(first, other.first) : Integer.compare(last, other.last);
    }

    @Override
    public String toString() {
        return isSingle() ? Integer.toString(first) : first + "-" + last;
    }
}
