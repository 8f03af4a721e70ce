package dev.flowguard.feed;

import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.ObjectRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What manifests hold.
 *
 * @param objects in the order in which kubectl would apply them; an object that stands there twice is here twice
 * @param problems for which kubectl or the API server would refuse them; with any, nothing should be made of the objects
 * @param notReadByKind how many objects there are of each kind that is not read
 * @param files how many files there are, those apart that are passed over
 * @param passedOver the files of a folder that are no manifests
 * @param rewriting what kustomizations among those make of the objects
 */
public record LoadedManifests(
        List<ManifestObject> objects,
        List<ManifestProblem> problems,
        SortedMap<String, Integer> notReadByKind,
        int files,
        List<PassedOver> passedOver,
        Rewriting rewriting) {
    public LoadedManifests {
        objects = List.copyOf(objects);
        problems = List.copyOf(problems);
        passedOver = List.copyOf(passedOver);
        notReadByKind = Collections.unmodifiableSortedMap(new TreeMap<>(notReadByKind));
    }

    /** These objects, from wherever. */
    public static LoadedManifests of(List<ManifestObject> objects) {
        return new LoadedManifests(objects, List.of(), Collections.emptySortedMap(), 0, List.of(), Rewriting.NONE);
    }

    /** What each object tells. Of several with one name the last counts, as with {@code kubectl apply}. */
    public List<Observation> observations() {
        Map<ObjectRef, Observation> last = new LinkedHashMap<>();
        for (ManifestObject object : objects) {
            last.merge(object.ref(), object.observation(), LoadedManifests::later);
        }
        return List.copyOf(last.values());
    }

    /** The object that counts under that name; empty if there is none. */
    public Optional<ManifestObject> find(ObjectRef ref) {
        return objects.stream().filter(object -> object.ref().equals(ref)).reduce((earlier, later) -> later);
    }

    /** Where the object stands that counts under that name; empty if there is none. */
    public Optional<Position> position(ObjectRef ref) {
        return find(ref).map(ManifestObject::position);
    }

    /**
     * Objects that are replaced by a later one which says something else. kubectl applies both without a word, so this is no
     * problem; but whoever wrote two policies of one name believes that both are in force.
     */
    public List<ManifestProblem> notes() {
        Map<ObjectRef, ManifestObject> seen = new LinkedHashMap<>();
        List<ManifestProblem> notes = new ArrayList<>();
        for (ManifestObject object : objects) {
            @Nullable ManifestObject earlier = seen.put(object.ref(), object);
            boolean replaced = earlier != null && !earlier.observation().equals(object.observation());
            if (earlier != null && replaced && !isYetToBeNamed(object.ref())) {
                notes.add(ManifestProblem.of(
                        object.position(),
                        object.ref() + " replaces the one at " + earlier.position()
                                + ": as with kubectl apply, the later counts; give one of them another name if both are"
                                + " meant"));
            }
        }
        return notes;
    }

    /** Objects with a {@code generateName} only look as if they had one name. */
    private static Observation later(Observation earlier, Observation later) {
        if (!isYetToBeNamed(later.object())) {
            return later;
        }
        List<Fact> both = new ArrayList<>(earlier.facts());
        both.addAll(later.facts());
        return new Observation(later.object(), both);
    }

    private static boolean isYetToBeNamed(ObjectRef ref) {
        return ref.name().endsWith("*");
    }
}
