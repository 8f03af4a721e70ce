package dev.flowguard.kubernetes.field;

import dev.flowguard.policy.Spelling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/** What a reader notices in an object beside what it returns: mistakes, and fields that this version does not know. */
public final class Notes {
    /** To look for more names than these would be work for nobody: an object with so many unknown fields is no policy. */
    private static final int MOST_MEANT = 20;

    private final List<FieldProblem> problems;
    private final List<String> unknownFields = new ArrayList<>();
    private final Map<String, String> meant = new HashMap<>();

    public Notes() {
        this(new ArrayList<>());
    }

    private Notes(List<FieldProblem> problems) {
        this.problems = problems;
    }

    /** Notes of a part of the object: its problems are the object's, its unknown fields are its own. */
    public Notes ofPart() {
        return new Notes(problems);
    }

    public void problem(FieldPath path, String message) {
        problems.add(new FieldProblem(path, message));
    }

    /** Notes the mistake, if there is one, and says whether there was none. */
    public boolean isRight(FieldPath path, Optional<String> mistake) {
        mistake.ifPresent(message -> problem(path, message));
        return mistake.isEmpty();
    }

    /** The parsed value; if the parser objects, its sentence becomes a problem. */
    public <T> Optional<T> parsed(FieldPath path, Supplier<T> parser) {
        try {
            return Optional.of(parser.get());
        } catch (IllegalArgumentException e) {
            problem(path, Absent.asEmpty(e.getMessage()));
            return Optional.empty();
        }
    }

    /** @param names fields of {@code parent} that the model has no place for */
    public void unknown(FieldPath parent, Collection<String> names) {
        names.forEach(name -> unknownFields.add(parent.field(name).toString()));
    }

    /** @param known the fields that there are, of which one was perhaps meant */
    public void unknown(FieldPath parent, Collection<String> names, Collection<String> known) {
        unknown(parent, names);
        Collection<String> inOrder = new TreeSet<>(known);
        for (String name : names) {
            if (unknownFields.size() <= MOST_MEANT) {
                Spelling.nearest(name, inOrder)
                        .ifPresent(word -> meant.put(parent.field(name).toString(), word));
            }
        }
    }

    public List<FieldProblem> problems() {
        return problems;
    }

    public List<String> unknownFields() {
        return unknownFields;
    }

    /** The names that were perhaps meant, by the paths of unknown fields; not of all where there are many. */
    public Map<String, String> meant() {
        return meant;
    }
}
