package dev.flowguard.kubernetes.field;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What a reader notices in an object beside what it returns: mistakes, and fields that this version does not know. */
public final class Notes {
    private final List<FieldProblem> problems;
    private final List<String> unknownFields = new ArrayList<>();

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

    public List<FieldProblem> problems() {
        return problems;
    }

    public List<String> unknownFields() {
        return unknownFields;
    }
}
