package dev.flowguard.cluster;

import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.Requirement;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of a list of labelled things carry a label: for each key and value the bitmap of their places in the list. A selector
 * is answered by combining bitmaps, without looking at the things themselves. Immutable once built.
 */
final class LabelIndex {
    private static final BitSet NOWHERE = new BitSet();

    private final int size;
    private final Map<String, Map<String, BitSet>> places = new HashMap<>();

    LabelIndex(List<Labels> things) {
        size = things.size();
        for (int place = 0; place < size; place++) {
            for (Map.Entry<String, String> label : things.get(place).asMap().entrySet()) {
                places.computeIfAbsent(label.getKey(), key -> new HashMap<>())
                        .computeIfAbsent(label.getValue(), value -> new BitSet())
                        .set(place);
            }
        }
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

    /** The places that carry all of these labels, in a set of the caller's own. */
    BitSet carrying(Map<String, String> labels) {
        BitSet carrying = new BitSet(size);
        carrying.set(0, size);
        labels.forEach((key, value) -> carrying.and(withValue(key, value)));
        return carrying;
    }

    private void narrow(BitSet matching, Requirement requirement) {
        switch (requirement.operator()) {
            case IN -> matching.and(withAnyOf(requirement.key(), requirement.values()));
            case NOT_IN -> matching.andNot(withAnyOf(requirement.key(), requirement.values()));
            case EXISTS -> matching.and(withKey(requirement.key()));
            case DOES_NOT_EXIST -> matching.andNot(withKey(requirement.key()));
        }
    }

    private BitSet withAnyOf(String key, List<String> values) {
        if (values.size() == 1) {
            return withValue(key, values.get(0));
        }
        BitSet any = new BitSet();
        for (String value : values) {
            any.or(withValue(key, value));
        }
        return any;
    }

    /** Not to be changed. */
    private BitSet withValue(String key, String value) {
        return places.getOrDefault(key, Map.of()).getOrDefault(value, NOWHERE);
    }

    private BitSet withKey(String key) {
        BitSet any = new BitSet();
        places.getOrDefault(key, Map.of()).values().forEach(any::or);
        return any;
    }
}
