package dev.flowguard.feed;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What kustomizations of a folder make of its objects.
 *
 * @param any whether some give the objects other namespaces or labels than are read
 * @param places by namespace as it is written, for each of its files that kustomizations put elsewhere: where
 */
public record Rewriting(boolean any, Map<String, Set<Set<Place>>> places) {
    public static final Rewriting NONE = new Rewriting(false, Map.of());

    /**
     * Where a kustomization puts objects.
     *
     * @param namePrefix what it puts before their names; empty: nothing
     */
    public record Place(String namespace, String namePrefix) {}

    public Rewriting {
        places = Map.copyOf(places);
    }

    /**
     * The namespaces, as they are written, that only hold a place: some of the objects that are moved from there are put where others
     * never are. With each the namespaces into which they are put. Projects of one generator all write {@code system}.
     */
    public static SortedMap<String, SortedSet<String>> scattered(Collection<Rewriting> all) {
        Map<String, Set<Set<Place>>> moved = new HashMap<>();
        for (Rewriting each : all) {
            each.places()
                    .forEach((written, files) -> files.stream()
                            .filter(places -> places.stream()
                                    .noneMatch(place -> place.namespace().equals(written)))
                            .forEach(places -> moved.computeIfAbsent(written, key -> new HashSet<>())
                                    .add(places)));
        }
        SortedMap<String, SortedSet<String>> scattered = new TreeMap<>();
        moved.forEach((written, files) -> {
            Set<Place> anywhere = files.stream().flatMap(Set::stream).collect(Collectors.toSet());
            if (anywhere.stream().noneMatch(place -> files.stream().allMatch(places -> places.contains(place)))) {
                scattered.put(
                        written,
                        anywhere.stream().map(Place::namespace).collect(Collectors.toCollection(TreeSet::new)));
            }
        });
        return scattered;
    }
}
