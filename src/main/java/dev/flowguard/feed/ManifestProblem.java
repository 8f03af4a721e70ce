package dev.flowguard.feed;

import dev.flowguard.kubernetes.field.FieldPath;

/**
 * A mistake in a manifest: {@code shop.yaml, document 3, line 14: metadata.labels.app: expected a string, …}.
 *
 * @param field empty for the document or file as a whole
 * @param message what is wrong and how to put it right
 */
public record ManifestProblem(Position position, FieldPath field, String message) {
    static ManifestProblem of(Position position, String message) {
        return new ManifestProblem(position, FieldPath.ROOT, message);
    }

    @Override
    public String toString() {
        return position + ": " + (field.steps().isEmpty() ? "" : field + ": ") + message;
    }
}
