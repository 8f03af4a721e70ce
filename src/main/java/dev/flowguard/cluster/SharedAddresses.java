package dev.flowguard.cluster;

import dev.flowguard.net.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * In which namespaces an address is known, for all snapshots that have the same namespaces, older and newer ones. Whichever of them is
 * asked first makes an index, and the others add to it only what differs in them: where pods come and go all the time, there is a
 * new snapshot for nearly every question.
 */
final class SharedAddresses {
    /** Of the shards, the part that may differ before a new index is made: a twentieth. */
    private static final int DIFFERING_PART = 20;

    private volatile @Nullable AddressIndex index;

    /** What one snapshot knows: an index of some snapshot's shards, and one of those of its own that differ from these. */
    static final class View {
        private final List<NamespaceShard> shards;
        private final AddressIndex index;
        private final int[] differing;
        private final AddressIndex indexOfDiffering;

        private View(List<NamespaceShard> shards, AddressIndex index, int[] differing) {
            this.shards = shards;
            this.index = index;
            this.differing = differing;
            List<NamespaceShard> own = new ArrayList<>(differing.length);
            for (int place : differing) {
                own.add(shards.get(place));
            }
            this.indexOfDiffering = new AddressIndex(own);
        }

        /** Those in which a live pod or a Service has that address, ascending by name. */
        List<NamespaceShard> knowing(Address address) {
            int[] places = index.places(address);
            int[] own = indexOfDiffering.places(address);
            return places.length + own.length == 0
                    ? List.of()
                    : IntStream.concat(IntStream.of(places), IntStream.of(own).map(place -> differing[place]))
                            .sorted()
                            .distinct()
                            .mapToObj(shards::get)
                            .filter(shard -> shard.knows(address))
                            .toList();
        }
    }

    /** @param shards by place */
    View of(List<NamespaceShard> shards) {
        return known(shards).orElseGet(() -> fresh(shards));
    }

    /** By the index that there is; empty where there is none, or too much differs from it. */
    private Optional<View> known(List<NamespaceShard> shards) {
        @Nullable AddressIndex there = index;
        if (there == null) {
            return Optional.empty();
        }
        int[] differing = Shards.differing(shards, there.shards());
        return differing.length * DIFFERING_PART > shards.size()
                ? Optional.empty()
                : Optional.of(new View(shards, there, differing));
    }

    /** Whoever waits for another to make an index, takes that. */
    private synchronized View fresh(List<NamespaceShard> shards) {
        return known(shards).orElseGet(() -> {
            AddressIndex made = new AddressIndex(shards);
            index = made;
            return new View(shards, made, new int[0]);
        });
    }
}
