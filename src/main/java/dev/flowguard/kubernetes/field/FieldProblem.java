package dev.flowguard.kubernetes.field;

/**
 * A mistake in an object, for which the API server would refuse it.
 *
 * @param path the field
 * @param message what is wrong and how to put it right, without the path
 */
public record FieldProblem(FieldPath path, String message) {
    @Override
    public String toString() {
        return path.steps().isEmpty() ? message : path + ": " + message;
    }
}
