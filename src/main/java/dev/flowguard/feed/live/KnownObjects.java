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
    /**
     * An object, and its version as a number, which takes half the room of its text.
     *
     * @param other the version where it is no number, which the API does not promise it to be; empty where it is one
     */
    private record Known(ObjectRef ref, long number, String other) {
        private static final int DIGITS_OF_ANY_LONG = 18;
        private static final long NO_NUMBER = -1;

        static Known of(ObjectRef ref, String version) {
            boolean isNumber = !version.isEmpty()
                    && version.length() <= DIGITS_OF_ANY_LONG
                    && version.chars().allMatch(digit -> digit >= '0' && digit <= '9')
                    && (version.charAt(0) != '0' || version.length() == 1);
            return isNumber ? new Known(ref, Long.parseLong(version), "") : new Known(ref, NO_NUMBER, version);
        }

        boolean hasVersionOf(Known now) {
            return number == now.number && other.equals(now.other);
        }
    }

    private final Map<ObjectRef, Known> known = new HashMap<>();

    /** The reference kept for that object, so that there is only one of each. */
    ObjectRef canonical(ObjectRef ref) {
        @Nullable Known before = known.get(ref);
        return before == null ? ref : before.ref();
    }

    /** Takes note of a version and says whether it is news. */
    boolean isNews(ObjectRef ref, String version) {
        @Nullable Known before = known.get(ref);
        ObjectRef kept = before == null ? ref : before.ref();
        Known now = Known.of(kept, version);
        if (before != null && before.hasVersionOf(now)) {
            return false;
        }
        known.put(kept, now);
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
