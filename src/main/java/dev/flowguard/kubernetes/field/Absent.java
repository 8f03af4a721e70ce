package dev.flowguard.kubernetes.field;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is absent or null in an object, as the API server reads it: no list or map is an empty one, a null item of a list is an
 * item without fields, a null text is an empty one.
 */
public final class Absent {
    private Absent() {}

    /** @param blank makes the item that stands for a null */
    public static <T> List<T> asEmpty(@Nullable List<@Nullable T> items, Supplier<T> blank) {
        if (items == null) {
            return List.of();
        }
        List<T> present = new ArrayList<>(items.size());
        for (T item : items) {
            present.add(asBlank(item, blank));
        }
        return present;
    }

    public static List<String> asEmpty(@Nullable List<@Nullable String> texts) {
        return asEmpty(texts, () -> "");
    }

    public static SortedMap<String, String> asEmpty(@Nullable Map<String, @Nullable String> entries) {
        SortedMap<String, String> present = new TreeMap<>();
        if (entries != null) {
            entries.forEach((key, value) -> present.put(key, asEmpty(value)));
        }
        return present;
    }

    public static String asEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** @param blank makes an object without fields */
    public static <T> T asBlank(@Nullable T object, Supplier<T> blank) {
        return object == null ? blank.get() : object;
    }

    public static boolean asFalse(@Nullable Boolean flag) {
        return flag != null && flag;
    }
}
