package dev.flowguard.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The way from an object's root to one of its fields. Written as people write it, {@code spec.ingress[0].from[1].ipBlock}, and
 * with map keys that are no identifier in brackets: {@code metadata.labels["app.kubernetes.io/name"]}.
 */
public record FieldPath(List<Step> steps) {
    public static final FieldPath ROOT = new FieldPath(List.of());

    private static final Pattern STEP =
            Pattern.compile("\\[(?<item>\\d{1,9})]|\\[\"(?<key>[^\"]+)\"]|\\.?(?<field>[A-Za-z0-9_-]+)");

    /** One step of a path. */
    public sealed interface Step {
        <T> T match(Function<String, T> field, IntFunction<T> item);
    }

    private record Field(String name) implements Step {
        @Override
        public <T> T match(Function<String, T> field, IntFunction<T> item) {
            return field.apply(name);
        }
    }

    private record Item(int index) implements Step {
        @Override
        public <T> T match(Function<String, T> field, IntFunction<T> item) {
            return item.apply(index);
        }
    }

    public FieldPath {
        steps = List.copyOf(steps);
    }

    /** The path {@code first.second.…} from the root. */
    public static FieldPath of(String... fields) {
        FieldPath path = ROOT;
        for (String field : fields) {
            path = path.field(field);
        }
        return path;
    }

    /** Reads what {@link #toString} writes; text that is no path leads as far as it is one. */
    public static FieldPath parse(String text) {
        FieldPath path = ROOT;
        Matcher step = STEP.matcher(text);
        while (step.lookingAt()) {
            path = step.group("item") != null
                    ? path.item(Integer.parseInt(step.group("item")))
                    : path.field(step.group("key") != null ? step.group("key") : step.group("field"));
            step.region(step.end(), text.length());
        }
        return path;
    }

    /** To a field of the object, or to a key of the map, at this path. */
    public FieldPath field(String name) {
        return then(List.of(new Field(name)));
    }

    /** To an item, from 0, of the list at this path. */
    public FieldPath item(int index) {
        return then(List.of(new Item(index)));
    }

    /** This path and from there the other. */
    public FieldPath then(FieldPath rest) {
        return then(rest.steps);
    }

    /** Whether one of the two leads over the other. */
    boolean isOnTheWayOf(FieldPath other) {
        int shorter = Math.min(steps.size(), other.steps.size());
        return steps.subList(0, shorter).equals(other.steps.subList(0, shorter));
    }

    private FieldPath then(List<Step> more) {
        List<Step> all = new ArrayList<>(steps.size() + more.size());
        all.addAll(steps);
        all.addAll(more);
        return new FieldPath(all);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Step step : steps) {
            text.append(step.<String>match(
                    name -> name.matches("[A-Za-z0-9_-]+") ? (text.isEmpty() ? "" : ".") + name : "[\"" + name + "\"]",
                    index -> "[" + index + "]"));
        }
        return text.toString();
    }
}
