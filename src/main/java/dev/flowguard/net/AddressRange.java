package dev.flowguard.net;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** The addresses from {@code first} to {@code last}, both included, of one family. Never empty. */
public record AddressRange(Address first, Address last) {
    public AddressRange {
        if (first.family() != last.family() || first.compareTo(last) > 0) {
            throw new IllegalArgumentException(
                    "An address range runs upwards within one family: " + first + "-" + last);
        }
    }

    public static AddressRange of(Address address) {
        return new AddressRange(address, address);
    }

    /** Every address of the family. */
    public static AddressRange all(IpFamily family) {
        return new Cidr(new Address(family, 0, 0), 0).range();
    }

    /**
     * The ranges that hold these addresses and no others, as few as there can be.
     *
     * @param ascending each once
     */
    public static List<AddressRange> covering(List<Address> ascending) {
        List<AddressRange> ranges = new ArrayList<>();
        for (Address address : ascending) {
            AddressRange last = ranges.isEmpty() ? of(address) : ranges.get(ranges.size() - 1);
            boolean follows = !ranges.isEmpty()
                    && last.family() == address.family()
                    && last.last.next().equals(address);
            if (follows) {
                ranges.set(ranges.size() - 1, new AddressRange(last.first, address));
            } else {
                ranges.add(of(address));
            }
        }
        return ranges;
    }

    public IpFamily family() {
        return first.family();
    }

    public boolean isSingle() {
        return first.equals(last);
    }

    public boolean contains(Address address) {
        return first.compareTo(address) <= 0 && address.compareTo(last) <= 0;
    }

    public boolean contains(AddressRange other) {
        return first.compareTo(other.first) <= 0 && other.last.compareTo(last) <= 0;
    }

    public boolean overlaps(AddressRange other) {
        return family() == other.family() && first.compareTo(other.last) <= 0 && other.first.compareTo(last) <= 0;
    }

    /** Whether it holds more than {@code count} addresses. */
    public boolean hasMoreThan(long count) {
        long highDistance = last.high() - first.high();
        long distance = last.low() - first.low();
        if (Long.compareUnsigned(last.low(), first.low()) < 0) {
            highDistance--;
        }
        return highDistance != 0 || distance < 0 || distance >= count;
    }

    /**
     * Cuts this range wherever one of the others begins or ends, so that each part lies wholly inside or wholly outside each of
     * them. The parts are in ascending order and make up this range.
     */
    public List<AddressRange> cutBy(Collection<AddressRange> others) {
        TreeSet<Address> starts = new TreeSet<>();
        starts.add(first);
        for (AddressRange other : others) {
            if (overlaps(other)) {
                if (contains(other.first)) {
                    starts.add(other.first);
                }
                if (other.last.compareTo(last) < 0) {
                    starts.add(other.last.next());
                }
            }
        }
        List<AddressRange> parts = new ArrayList<>(starts.size());
        Address start = first;
        for (Address next : starts.tailSet(first, false)) {
            parts.add(new AddressRange(start, next.previous()));
            start = next;
        }
        parts.add(new AddressRange(start, last));
        return parts;
    }

    /** The addresses, ascending. Meant for ranges known to be short. */
    public Iterable<Address> addresses() {
        return () -> new java.util.Iterator<>() {
            private Address next = first;
            private boolean done;

            @Override
            public boolean hasNext() {
                return !done;
            }

            @Override
            public Address next() {
                if (done) {
                    throw new java.util.NoSuchElementException();
                }
                Address current = next;
                done = current.equals(last);
                next = done ? current : current.next();
                return current;
            }
        };
    }

    @Override
    public String toString() {
        return isSingle()
                ? first.toString()
                : Cidr.exactly(this).map(Cidr::toString).orElseGet(() -> first + "-" + last);
    }
}
