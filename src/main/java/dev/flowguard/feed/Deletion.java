package dev.flowguard.feed;

import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.FactListener;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.cluster.object.Owner;
import dev.flowguard.contract.ObjectRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is gone once an object is deleted: the object, and what the API server and its garbage collector delete with it. With a Namespace
 * that is all that is in it, with a controller the pods and controllers that it owns.
 */
public final class Deletion {
    private static final String NAMESPACE = "Namespace";

    private Deletion() {}

    /**
     * @return a last observation of each, by which nothing is known of it; none where there is no such object. A Namespace that is not
     *     described is there where something in it is.
     */
    public static List<Observation> of(ObjectRef object, Snapshot cluster) {
        if (object.kind().equals(NAMESPACE)) {
            return gone(cluster.observedIn(object.name()).stream()
                    .map(Observation::object)
                    .toList());
        }
        return cluster.knows(object) ? gone(withOwned(object, cluster)) : List.of();
    }

    private static List<Observation> gone(Iterable<ObjectRef> objects) {
        List<Observation> gone = new ArrayList<>();
        objects.forEach(object -> gone.add(Observation.gone(object)));
        return gone;
    }

    private static Set<ObjectRef> withOwned(ObjectRef object, Snapshot cluster) {
        Set<ObjectRef> gone = new LinkedHashSet<>();
        gone.add(object);
        if (object.namespace().isEmpty()) {
            return gone;
        }
        Map<Owner, List<ObjectRef>> owned = owned(cluster.observedIn(object.namespace()));
        Deque<ObjectRef> open = new ArrayDeque<>(List.of(object));
        while (!open.isEmpty()) {
            for (ObjectRef each : owned.getOrDefault(owner(open.removeFirst()), List.of())) {
                if (gone.add(each)) {
                    open.add(each);
                }
            }
        }
        return gone;
    }

    /** References to owners name their kinds without the API group. */
    private static Owner owner(ObjectRef object) {
        return new Owner(object.kind().replaceFirst("\\..*", ""), object.name());
    }

    private static Map<Owner, List<ObjectRef>> owned(List<Observation> observations) {
        Map<Owner, List<ObjectRef>> owned = new HashMap<>();
        for (Observation observation : observations) {
            FactListener listener = new FactListener() {
                @Override
                public void pod(Fact.Pod pod) {
                    add(pod.owner());
                }

                @Override
                public void owned(Fact.Owned child) {
                    add(child.parent());
                }

                private void add(Owner owner) {
                    owned.computeIfAbsent(owner, key -> new ArrayList<>()).add(observation.object());
                }
            };
            observation.facts().forEach(fact -> fact.accept(listener));
        }
        return owned;
    }
}
