package dev.flowguard.feed.live;

import dev.flowguard.contract.ObjectRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

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

    private static final Comparator<Known> BY_REFERENCE = Comparator.comparing(Known::ref);

    /** Ascending by reference: a map of hundreds of thousands would take twice the room, and lists come in nearly that order. */
    private final List<Known> known = new ArrayList<>();

    /** The reference kept for that object, so that there is only one of each. */
    ObjectRef canonical(ObjectRef ref) {
        int place = place(ref);
        return place < 0 ? ref : known.get(place).ref();
    }

    /** Takes note of a version and says whether it is news. */
    boolean isNews(ObjectRef ref, String version) {
        int place = place(ref);
        if (place < 0) {
            known.add(-place - 1, Known.of(ref, version));
            return true;
        }
        Known before = known.get(place);
        Known now = Known.of(before.ref(), version);
        if (before.hasVersionOf(now)) {
            return false;
        }
        known.set(place, now);
        return true;
    }

    /** Whether the object was known. */
    boolean forget(ObjectRef ref) {
        int place = place(ref);
        if (place >= 0) {
            known.remove(place);
        }
        return place >= 0;
    }

    /** Forgets all but those, and says which. */
    Collection<ObjectRef> forgetAllBut(Set<ObjectRef> present) {
        List<ObjectRef> missing = known.stream()
                .map(Known::ref)
                .filter(ref -> !present.contains(ref))
                .toList();
        known.removeIf(each -> !present.contains(each.ref()));
        return missing;
    }

    /** Where the object is, or less than nothing, by one, where it belongs. In a list that is being read, that is mostly its end. */
    private int place(ObjectRef ref) {
        int size = known.size();
        return size > 0 && known.get(size - 1).ref().compareTo(ref) < 0
                ? -size - 1
                : Collections.binarySearch(known, Known.of(ref, ""), BY_REFERENCE);
    }
}
