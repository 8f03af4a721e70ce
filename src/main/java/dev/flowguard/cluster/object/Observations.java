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
        int place = place(ordered, observation.object());
        boolean isKnown = place >= 0;
        if (observation.facts().isEmpty()) {
            if (isKnown) {
                ordered.remove(place);
            }
            return isKnown;
        }
        if (isKnown) {
            boolean isNews = !observation.equals(ordered.get(place));
            if (isNews) {
                // What tells nothing new leaves the object that is there, so that nobody who compares takes it for
                // another.
                ordered.set(place, observation);
            }
            return isNews;
        }
        ordered.add(-place - 1, observation);
        return true;
    }

    /**
     * What is known of that object.
     *
     * @param ordered ascending by object, each object once
     */
    public static Observation of(List<Observation> ordered, ObjectRef object) {
        int place = place(ordered, object);
        return place >= 0 ? ordered.get(place) : Observation.gone(object);
    }

    /** Where the object is, or less than nothing, by one, where it belongs. */
    private static int place(List<Observation> ordered, ObjectRef object) {
        return Collections.binarySearch(ordered, Observation.gone(object), BY_OBJECT);
    }
}
