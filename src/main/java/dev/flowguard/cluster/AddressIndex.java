package dev.flowguard.cluster;

import dev.flowguard.net.Address;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Which of some shards know an address, without asking each of them. Immutable. */
final class AddressIndex {
    private static final int[] NOWHERE = {};

    /** An address in one place; one that is known in several is there several times. */
    private record Known(Address address, int place) {}

    private final List<NamespaceShard> indexed;

    /** Ascending, each with its place at the same index: arrays take a quarter of the room of a map. */
    private final Address[] addresses;

    private final int[] places;

    /** @param shards by place */
    AddressIndex(List<NamespaceShard> shards) {
        indexed = shards;
        List<Known> known = new ArrayList<>();
        for (int place = 0; place < shards.size(); place++) {
            for (Address address : shards.get(place).addresses()) {
                known.add(new Known(address, place));
            }
        }
        known.sort(Comparator.comparing(Known::address));
        addresses = known.stream().map(Known::address).toArray(Address[]::new);
        places = known.stream().mapToInt(Known::place).toArray();
    }

    /** Those that it is of, by place. */
    List<NamespaceShard> shards() {
        return indexed;
    }

    /** The places in which that address was known. */
    int[] places(Address address) {
        int found = Arrays.binarySearch(addresses, address);
        if (found < 0) {
            return NOWHERE;
        }
        int first = found;
        while (first > 0 && addresses[first - 1].equals(address)) {
            first--;
        }
        int end = found + 1;
        while (end < addresses.length && addresses[end].equals(address)) {
            end++;
        }
        return Arrays.copyOfRange(places, first, end);
    }
}
