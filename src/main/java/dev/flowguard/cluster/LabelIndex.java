package dev.flowguard.cluster;

import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.Requirement;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of a list of labelled things carry a label: for each key and value the bitmap of their places in the list. A selector
 * is answered by combining bitmaps, without looking at the things themselves. Immutable once built.
 */
final class LabelIndex {
    /** Some of the places. A label that says who something is, such as a namespace's name, is in one only. */
    private sealed interface Places {
        void addTo(BitSet set);

        void removeFrom(BitSet set);

        void retainIn(BitSet set);

        int count();
    }

    private record One(int place) implements Places {
        @Override
        public void addTo(BitSet set) {
            set.set(place);
        }

        @Override
        public void removeFrom(BitSet set) {
            set.clear(place);
        }

        @Override
        public void retainIn(BitSet set) {
            boolean present = set.get(place);
            set.clear();
            set.set(place, present);
        }

        @Override
        public int count() {
            return 1;
        }
    }

    /** @param places not to be changed */
    private record Several(BitSet places) implements Places {
        static final Several NONE = new Several(new BitSet());

        @Override
        public void addTo(BitSet set) {
            set.or(places);
        }

        @Override
        public void removeFrom(BitSet set) {
            set.andNot(places);
        }

        @Override
        public void retainIn(BitSet set) {
            set.and(places);
        }

        @Override
        public int count() {
            return places.cardinality();
        }
    }

    private final int size;

    /** By key and value; in maps of the JDK's that take little room. */
    private final Map<String, Map<String, Places>> places;

    LabelIndex(List<Labels> things) {
        size = things.size();
        Map<String, Map<String, BitSet>> found = new HashMap<>();
        for (int place = 0; place < size; place++) {
            for (Map.Entry<String, String> label : things.get(place).asMap().entrySet()) {
                found.computeIfAbsent(label.getKey(), key -> new HashMap<>())
                        .computeIfAbsent(label.getValue(), value -> new BitSet())
                        .set(place);
            }
        }
        Map<String, Map<String, Places>> compact = new HashMap<>();
        found.forEach((key, values) -> {
            Map<String, Places> byValue = new HashMap<>();
            values.forEach((value, set) -> byValue.put(value, places(set)));
            compact.put(key, Map.copyOf(byValue));
        });
        places = Map.copyOf(compact);
    }

    /** A copy of a set has no room to spare. */
    private static Places places(BitSet set) {
        return set.cardinality() == 1 ? new One(set.nextSetBit(0)) : new Several((BitSet) set.clone());
    }

    /** The places that the selector matches, in a set of the caller's own. */
    BitSet select(LabelSelector selector) {
        BitSet matching = new BitSet(size);
        matching.set(0, size);
        for (Requirement requirement : selector.requirements()) {
            if (matching.isEmpty()) {
                break;
            }
            narrow(matching, requirement);
        }
        return matching;
    }

    /** Whether anything carries that label. */
    boolean has(String key, String value) {
        return places.getOrDefault(key, Map.of()).containsKey(value);
    }

    /** How many carry that label. */
    int count(String key, String value) {
        return withValue(key, value).count();
    }

    /** Adds the places that carry that label. */
    void addTo(BitSet set, String key, String value) {
        withValue(key, value).addTo(set);
    }

    /** The places that carry all of these labels, in a set of the caller's own. */
    BitSet carrying(Map<String, String> labels) {
        BitSet carrying = new BitSet(size);
        carrying.set(0, size);
        labels.forEach((key, value) -> withValue(key, value).retainIn(carrying));
        return carrying;
    }

    private void narrow(BitSet matching, Requirement requirement) {
        String key = requirement.key();
        switch (requirement.operator()) {
            case IN -> {
                if (requirement.values().size() == 1) {
                    withValue(key, requirement.values().get(0)).retainIn(matching);
                } else {
                    BitSet any = new BitSet(size);
                    requirement.values().forEach(value -> withValue(key, value).addTo(any));
                    matching.and(any);
                }
            }
            case NOT_IN ->
                requirement.values().forEach(value -> withValue(key, value).removeFrom(matching));
            case EXISTS -> {
                BitSet any = new BitSet(size);
                withKey(key).forEach(with -> with.addTo(any));
                matching.and(any);
            }
            case DOES_NOT_EXIST -> withKey(key).forEach(with -> with.removeFrom(matching));
        }
    }

    private Places withValue(String key, String value) {
        return places.getOrDefault(key, Map.of()).getOrDefault(value, Several.NONE);
    }

    private Collection<Places> withKey(String key) {
        return places.getOrDefault(key, Map.of()).values();
    }
}
