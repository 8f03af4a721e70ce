package dev.flowguard.cluster;

import dev.flowguard.cluster.object.Workload;
import dev.flowguard.net.Address;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The namespaces of a cluster. Immutable; where some of them are replaced and none comes or goes, their names and places are shared
 * with what was there before, so that a change in one namespace of ten thousand costs the copy of an array.
 */
final class Shards {
    private static final int MOST_LOOKED_AT = 2_000;

    static final Shards NONE = new Shards(Map.of(), new NamespaceShard[0], AddressIndex.EMPTY);

    private final Map<String, Integer> places;
    private final NamespaceShard[] byPlace;
    private final List<NamespaceShard> ordered;
    private final AddressIndex addresses;

    /** Of the first pods. Made when it is first asked for; whoever makes it makes the same. */
    private volatile @Nullable Vocabulary vocabulary;

    private Shards(Map<String, Integer> places, NamespaceShard[] byPlace, AddressIndex addresses) {
        this.places = places;
        this.byPlace = byPlace;
        this.ordered = Collections.unmodifiableList(Arrays.asList(byPlace));
        this.addresses = addresses;
    }

    /** Ascending by name. */
    List<NamespaceShard> ordered() {
        return ordered;
    }

    @Nullable
    NamespaceShard get(String name) {
        @Nullable Integer place = places.get(name);
        return place == null ? null : byPlace[place];
    }

    /** How many addresses pods and Services have. */
    long addresses() {
        return addresses.size();
    }

    /** Whether a live pod or a Service has that address. */
    boolean know(Address address) {
        return addresses.namespaces(address).findAny().isPresent();
    }

    /** Those in which a live pod or a Service has that address, ascending by name. */
    List<NamespaceShard> knowing(Address address) {
        return addresses
                .namespaces(address)
                .sorted()
                .map(name -> byPlace[places.getOrDefault(name, -1)])
                .toList();
    }

    /** The labels of pods, of so many workloads as any cluster needs to show a slip in a selector. */
    Vocabulary vocabulary() {
        @Nullable Vocabulary known = vocabulary;
        if (known == null) {
            known = new Vocabulary(ordered.stream()
                    .flatMap(shard -> shard.workloads().stream())
                    .limit(MOST_LOOKED_AT)
                    .map(Workload::labels));
            vocabulary = known;
        }
        return known;
    }

    /** These with some made anew, or added, and others left out. */
    Shards with(Collection<NamespaceShard> renewed, Collection<String> gone) {
        if (renewed.isEmpty() && gone.isEmpty()) {
            return this;
        }
        return gone.stream().noneMatch(places::containsKey)
                        && renewed.stream().allMatch(shard -> places.containsKey(shard.name()))
                ? replacing(renewed)
                : rebuilt(renewed, gone);
    }

    private Shards replacing(Collection<NamespaceShard> renewed) {
        NamespaceShard[] copy = byPlace.clone();
        for (NamespaceShard shard : renewed) {
            copy[places.getOrDefault(shard.name(), -1)] = shard;
        }
        return new Shards(places, copy, indexed(renewed, Set.of()));
    }

    private Shards rebuilt(Collection<NamespaceShard> renewed, Collection<String> gone) {
        SortedMap<String, NamespaceShard> all = new TreeMap<>();
        ordered.forEach(shard -> all.put(shard.name(), shard));
        renewed.forEach(shard -> all.put(shard.name(), shard));
        gone.forEach(all::remove);
        NamespaceShard[] anew = all.values().toArray(NamespaceShard[]::new);
        Map<String, Integer> placesAnew = new HashMap<>();
        for (int place = 0; place < anew.length; place++) {
            placesAnew.put(anew[place].name(), place);
        }
        return new Shards(placesAnew, anew, indexed(renewed, gone));
    }

    private AddressIndex indexed(Collection<NamespaceShard> renewed, Collection<String> gone) {
        AddressIndex.Editor editor = addresses.edit();
        renewed.forEach(shard -> editor.replace(shard.name(), addressesOf(shard.name()), shard.addresses()));
        gone.forEach(name -> editor.replace(name, addressesOf(name), List.of()));
        return editor.index();
    }

    private List<Address> addressesOf(String name) {
        @Nullable NamespaceShard shard = get(name);
        return shard == null ? List.of() : shard.addresses();
    }

    /** Whether the same namespaces have the same addresses. */
    boolean haveSameAddresses(Shards other) {
        return addresses == other.addresses;
    }

    /** Those that others, with the same namespaces, have otherwise. */
    List<NamespaceShard> notIn(Shards other) {
        return IntStream.of(differing(other)).mapToObj(place -> byPlace[place]).toList();
    }

    /** What these have in common with others. */
    Comparison comparedWith(Shards other) {
        return places == other.places || places.equals(other.places)
                ? new Comparison(other, true, differing(other))
                : new Comparison(other, false, new int[0]);
    }

    /** The places of shards that are not the same; both have the same namespaces. */
    private int[] differing(Shards other) {
        if (this == other) {
            return new int[0];
        }
        int[] differing = new int[byPlace.length];
        int count = 0;
        for (int place = 0; place < byPlace.length; place++) {
            if (byPlace[place] != other.byPlace[place]) {
                differing[count++] = place;
            }
        }
        return Arrays.copyOf(differing, count);
    }

    /** Looks for differences once, however many parts are asked about. */
    final class Comparison {
        private final Shards other;
        private final boolean sameNamespaces;
        private final int[] differing;

        private Comparison(Shards other, boolean sameNamespaces, int[] differing) {
            this.other = other;
            this.sameNamespaces = sameNamespaces;
            this.differing = differing;
        }

        /** Whether both have the same namespaces, and in each of them this part of it is the same. */
        boolean agreesOn(Function<NamespaceShard, ?> part) {
            return sameNamespaces
                    && IntStream.of(differing)
                            .allMatch(place -> part.apply(byPlace[place]).equals(part.apply(other.byPlace[place])));
        }
    }
}
