package dev.flowguard.kubernetes.field;

import java.util.LinkedList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The way from an object's root to one of its fields. Written as people write it, {@code spec.ingress[0].from[1].ipBlock}, and
 * with map keys that are no identifier in brackets: {@code metadata.labels["app.kubernetes.io/name"]}.
 */
public final class FieldPath {
    public static final FieldPath ROOT = new FieldPath();

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

    /** Paths are made for every field that is read, and looked at only where something is wrong: so each is one step more. */
    private final @Nullable FieldPath before;

    private final @Nullable Step last;
    private final int length;

    private FieldPath() {
        before = null;
        last = null;
        length = 0;
    }

    private FieldPath(FieldPath before, Step last) {
        this.before = before;
        this.last = last;
        this.length = before.length + 1;
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
        return new FieldPath(this, new Field(name));
    }

    /** To an item, from 0, of the list at this path. */
    public FieldPath item(int index) {
        return new FieldPath(this, new Item(index));
    }

    /** This path and from there the other. */
    public FieldPath then(FieldPath rest) {
        FieldPath path = this;
        for (Step step : rest.steps()) {
            path = new FieldPath(path, step);
        }
        return path;
    }

    /** From the root. */
    public List<Step> steps() {
        LinkedList<Step> steps = new LinkedList<>();
        for (FieldPath path = this; path.before != null && path.last != null; path = path.before) {
            steps.addFirst(path.last);
        }
        return List.copyOf(steps);
    }

    /** Whether one of the two leads over the other. */
    public boolean isOnTheWayOf(FieldPath other) {
        int shorter = Math.min(length, other.length);
        return steps().subList(0, shorter).equals(other.steps().subList(0, shorter));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FieldPath path && length == path.length && steps().equals(path.steps());
    }

    @Override
    public int hashCode() {
        return steps().hashCode();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Step step : steps()) {
            text.append(step.<String>match(
                    name -> name.matches("[A-Za-z0-9_-]+") ? (text.isEmpty() ? "" : ".") + name : "[\"" + name + "\"]",
                    index -> "[" + index + "]"));
        }
        return text.toString();
    }
}
