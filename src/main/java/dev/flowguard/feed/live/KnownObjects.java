package dev.flowguard.feed.live;

import dev.flowguard.contract.ObjectRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which objects of one kind have been seen, and in which version: all that a feed must remember to tell what is new in a list.
 * What the objects say is in the model alone.
 */
final class KnownObjects {
    private record Known(ObjectRef ref, String version) {}

    private final Map<ObjectRef, Known> known = new HashMap<>();

    /** The reference kept for that object, so that there is only one of each. */
    ObjectRef canonical(ObjectRef ref) {
        @Nullable Known before = known.get(ref);
        return before == null ? ref : before.ref();
    }

    /** Takes note of a version and says whether it is news. */
    boolean isNews(ObjectRef ref, String version) {
        @Nullable Known before = known.get(ref);
        if (before != null && before.version().equals(version)) {
            return false;
        }
        ObjectRef kept = before == null ? ref : before.ref();
        known.put(kept, new Known(kept, version));
        return true;
    }

    /** Whether the object was known. */
    boolean forget(ObjectRef ref) {
        return known.remove(ref) != null;
    }

    /** Forgets all but those, and says which. */
    Collection<ObjectRef> forgetAllBut(Set<ObjectRef> present) {
        List<ObjectRef> missing = new ArrayList<>(known.keySet());
        missing.removeIf(present::contains);
        missing.forEach(known::remove);
        return missing;
    }
}
