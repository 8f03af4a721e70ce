package dev.flowguard.cluster.object;

import dev.flowguard.contract.ObjectRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** The last observation of each object of one scope, ascending by object: a list, since a large cluster has hundreds of thousands. */
public final class Observations {
    private static final Comparator<Observation> BY_OBJECT = Comparator.comparing(Observation::object);

    private final List<Observation> ordered;

    public Observations() {
        this(List.of());
    }

    /** @param observations ascending by object, each object once */
    public Observations(List<Observation> observations) {
        ordered = new ArrayList<>(observations);
    }

    public List<Observation> ordered() {
        return ordered;
    }

    /** These with those in place of what was known of their objects. */
    public Observations with(Iterable<Observation> others) {
        others.forEach(this::put);
        return this;
    }

    /** Puts this observation in the place of what was known of its object, and says whether it tells something new. */
    public boolean put(Observation observation) {
        int place = place(observation.object());
        boolean isKnown = place >= 0;
        if (observation.facts().isEmpty()) {
            if (isKnown) {
                ordered.remove(place);
            }
            return isKnown;
        }
        if (isKnown) {
            return !observation.equals(ordered.set(place, observation));
        }
        ordered.add(-place - 1, observation);
        return true;
    }

    /** What is known of that object. */
    public Observation of(ObjectRef object) {
        int place = place(object);
        return place >= 0 ? ordered.get(place) : Observation.gone(object);
    }

    /** Where the object is, or less than nothing, by one, where it belongs. */
    private int place(ObjectRef object) {
        return Collections.binarySearch(ordered, Observation.gone(object), BY_OBJECT);
    }
}
