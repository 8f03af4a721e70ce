package dev.flowguard.policy;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The labels of one object: an immutable map ordered by key, compact and with a hash computed once. */
public final class Labels {
    public static final Labels NONE = new Labels(new String[0]);

    /** key, value, key, value …, ascending by key. */
    private final String[] pairs;

    private final int hash;

    private Labels(String[] pairs) {
        this.pairs = pairs;
        this.hash = Arrays.hashCode(pairs);
    }

    public static Labels of(Map<String, String> labels) {
        if (labels.isEmpty()) {
            return NONE;
        }
        String[] pairs = new String[labels.size() * 2];
        int i = 0;
        for (Map.Entry<String, String> label : new TreeMap<>(labels).entrySet()) {
            pairs[i++] = label.getKey().intern();
            pairs[i++] = label.getValue().intern();
        }
        return new Labels(pairs);
    }

    /** The value of that key, or null where the object does not carry it. */
    public @Nullable String get(String key) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i].equals(key)) {
                return pairs[i + 1];
            }
        }
        return null;
    }

    /** Hands over each key with its value, ascending by key. */
    public void forEach(BiConsumer<String, String> taker) {
        for (int i = 0; i < pairs.length; i += 2) {
            taker.accept(pairs[i], pairs[i + 1]);
        }
    }

    public boolean has(String key) {
        return get(key) != null;
    }

    public boolean isEmpty() {
        return pairs.length == 0;
    }

    /** These labels with the others put over them. */
    public Labels with(Labels others) {
        if (others.isEmpty()) {
            return this;
        }
        SortedMap<String, String> all = new TreeMap<>(asMap());
        all.putAll(others.asMap());
        return of(all);
    }

    /** Only the labels whose key passes. */
    public Labels keeping(Predicate<String> keys) {
        SortedMap<String, String> kept = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            if (keys.test(pairs[i])) {
                kept.put(pairs[i], pairs[i + 1]);
            }
        }
        return 2 * kept.size() == pairs.length ? this : of(kept);
    }

    public SortedMap<String, String> asMap() {
        SortedMap<String, String> map = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return Collections.unmodifiableSortedMap(map);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Labels labels && hash == labels.hash && Arrays.equals(pairs, labels.pairs));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** As kubectl prints labels: {@code app=orders,tier=backend}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pairs.length; i += 2) {
            text.append(i == 0 ? "" : ",").append(pairs[i]).append('=').append(pairs[i + 1]);
        }
        return text.toString();
    }
}
