package dev.flowguard.cluster;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * What two lists that share most of their elements do not share.
 *
 * @param gone only in the earlier one
 * @param come only in the later one
 */
record Alteration<T>(List<T> gone, List<T> come) {
    /** Elements are the same where they are one object. Quick where what differs stands together, as it does after one change. */
    @SuppressWarnings("ReferenceEquality")
    static <T> Alteration<T> between(List<T> earlier, List<T> later) {
        if (earlier == later) {
            return new Alteration<>(List.of(), List.of());
        }
        Common common = Common.of(earlier, later);
        List<T> before = earlier.subList(common.first(), earlier.size() - common.last());
        List<T> after = later.subList(common.first(), later.size() - common.last());
        return new Alteration<>(without(before, after), without(after, before));
    }

    /** With how many elements that are the same two lists begin, and with how many more they end. */
    record Common(int first, int last) {
        @SuppressWarnings("ReferenceEquality")
        static <T> Common of(List<T> one, List<T> other) {
            int shorter = Math.min(one.size(), other.size());
            int first = 0;
            while (first < shorter && one.get(first) == other.get(first)) {
                first++;
            }
            int last = 0;
            while (last < shorter - first && one.get(one.size() - 1 - last) == other.get(other.size() - 1 - last)) {
                last++;
            }
            return new Common(first, last);
        }
    }

    private static <T> List<T> without(List<T> these, List<T> others) {
        if (these.isEmpty() || others.isEmpty()) {
            return List.copyOf(these);
        }
        Set<T> there = Collections.newSetFromMap(new IdentityHashMap<>());
        there.addAll(others);
        return these.stream().filter(each -> !there.contains(each)).toList();
    }

    boolean isNothing() {
        return gone.isEmpty() && come.isEmpty();
    }
}
