package dev.flowguard.cluster;

import dev.flowguard.net.Address;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * In which namespaces an address is known, without asking each of them. Immutable, and always there: where pods come and go all the
 * time there is a new snapshot for nearly every question. What did not change is shared with the index before, so that a pod's event
 * costs the copy of a table of buckets and of one of these.
 */
final class AddressIndex {
    /** Of 150 000 addresses a bucket has about forty, and the table is 16 KB. */
    private static final int BUCKETS = 1 << 12;

    static final AddressIndex EMPTY = new AddressIndex(filled(), 0);

    private final Bucket[] buckets;
    private final long size;

    private AddressIndex(Bucket[] buckets, long size) {
        this.buckets = buckets;
        this.size = size;
    }

    /** How many addresses there are, one that several namespaces know counted in each of them. */
    long size() {
        return size;
    }

    /** The names of those in which the address is known, in no order. */
    Stream<String> namespaces(Address address) {
        return buckets[place(address)].namespaces(address);
    }

    Editor edit() {
        return new Editor(this);
    }

    /** Makes the next index. For one thread. */
    static final class Editor {
        private final AddressIndex edited;
        private final Bucket[] buckets;
        private long size;
        private boolean changed;

        private Editor(AddressIndex edited) {
            this.edited = edited;
            this.buckets = edited.buckets.clone();
            this.size = edited.size;
        }

        /** Both ascending, without the same address twice. */
        void replace(String namespace, List<Address> before, List<Address> after) {
            int old = 0;
            int present = 0;
            while (old < before.size() || present < after.size()) {
                int order = old == before.size()
                        ? 1
                        : present == after.size() ? -1 : before.get(old).compareTo(after.get(present));
                if (order < 0) {
                    remove(before.get(old), namespace);
                } else if (order > 0) {
                    add(after.get(present), namespace);
                }
                old += order <= 0 ? 1 : 0;
                present += order >= 0 ? 1 : 0;
            }
        }

        private void add(Address address, String namespace) {
            int place = place(address);
            buckets[place] = buckets[place].with(address, namespace);
            size++;
            changed = true;
        }

        private void remove(Address address, String namespace) {
            int place = place(address);
            buckets[place] = buckets[place].without(address, namespace);
            size--;
            changed = true;
        }

        /** The same where nothing has changed. After this nothing more is replaced. */
        AddressIndex index() {
            return changed ? new AddressIndex(buckets, size) : edited;
        }
    }

    /** Addresses, each with its namespace at the same place: two arrays take a third of the room of a map. */
    private record Bucket(Address[] addresses, String[] namespaces) {
        static final Bucket EMPTY = new Bucket(new Address[0], new String[0]);

        Stream<String> namespaces(Address address) {
            return places(address).mapToObj(place -> namespaces[place]);
        }

        private IntStream places(Address address) {
            return IntStream.range(0, addresses.length).filter(place -> addresses[place].equals(address));
        }

        Bucket with(Address address, String namespace) {
            int count = addresses.length;
            Address[] more = Arrays.copyOf(addresses, count + 1);
            String[] theirs = Arrays.copyOf(namespaces, count + 1);
            more[count] = address;
            theirs[count] = namespace;
            return new Bucket(more, theirs);
        }

        Bucket without(Address address, String namespace) {
            int gone = places(address)
                    .filter(place -> namespaces[place].equals(namespace))
                    .findFirst()
                    .orElseThrow();
            int last = addresses.length - 1;
            Address[] fewer = Arrays.copyOf(addresses, last);
            String[] theirs = Arrays.copyOf(namespaces, last);
            if (gone < last) {
                fewer[gone] = addresses[last];
                theirs[gone] = namespaces[last];
            }
            return new Bucket(fewer, theirs);
        }
    }

    /** Neighbouring addresses, such as those of a node's pods, are spread over the table. */
    private static int place(Address address) {
        return (address.hashCode() * 0x9E3779B9) >>> (Integer.SIZE - Integer.numberOfTrailingZeros(BUCKETS));
    }

    private static Bucket[] filled() {
        Bucket[] buckets = new Bucket[BUCKETS];
        Arrays.fill(buckets, Bucket.EMPTY);
        return buckets;
    }
}
