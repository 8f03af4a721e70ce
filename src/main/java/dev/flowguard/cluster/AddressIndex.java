package dev.flowguard.cluster;

import dev.flowguard.net.Address;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * In which namespaces an address is known, without asking each of them. An index is made of some snapshot's shards and serves those
 * that follow as well: what it says is asked again of the shard that is there now, and the few that have changed since are asked in
 * any case.
 */
final class AddressIndex {
    private static final int[] NOWHERE = {};

    /** Of the shards, the part that may have changed before a new index is made: a quarter. */
    private static final int CHANGED_PART = 4;

    private final List<NamespaceShard> indexed;

    /** An Integer, or where there are several an array of numbers, which would be the larger part of the index. */
    private final Map<Address, Object> places = new HashMap<>();

    /** @param shards by place */
    AddressIndex(List<NamespaceShard> shards) {
        indexed = shards;
        for (int place = 0; place < shards.size(); place++) {
            Integer here = place;
            shards.get(place).addresses().forEach(address -> places.merge(address, here, AddressIndex::joined));
        }
    }

    private static Object joined(Object places, Object more) {
        return IntStream.concat(IntStream.of(array(places)), IntStream.of(array(more)))
                .toArray();
    }

    private static int[] array(Object places) {
        return places instanceof int[] several ? several : new int[] {(Integer) places};
    }

    /** The places of shards that differ from those of which this was made. */
    int[] changed(List<NamespaceShard> shards) {
        return Shards.differing(shards, indexed);
    }

    /** Whether so many changes make it worth while to make a new index. */
    boolean isOutdated(int changed) {
        return changed * CHANGED_PART > indexed.size();
    }

    /** The places in which that address was known. */
    int[] places(Address address) {
        return array(places.getOrDefault(address, NOWHERE));
    }
}
