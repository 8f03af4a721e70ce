package dev.flowguard.kubernetes.field;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flowguard.contract.ObjectRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.SortedMap;

/**
 * Name and place of an object, and what is written on it.
 *
 * @param namespace empty for a cluster-scoped object
 * @param name of an object that the API server has yet to name, what its name will begin with, and {@code *}
 */
public record Metadata(
        String namespace,
        String name,
        SortedMap<String, String> labels,
        SortedMap<String, String> annotations,
        boolean beingDeleted) {
    private static final FieldPath PATH = FieldPath.of("metadata");

    /** Notes what is wrong with name or namespace. */
    public static Metadata of(HasMetadata object, Scope scope, Notes notes) {
        ObjectMeta meta = Absent.asBlank(object.getMetadata(), ObjectMeta::new);
        String namespace = scope.namespace(Absent.asEmpty(meta.getNamespace()));
        String name = name(Absent.asEmpty(meta.getName()), Absent.asEmpty(meta.getGenerateName()), notes);
        check(namespace, notes);
        return new Metadata(
                namespace,
                name,
                Absent.asEmpty(meta.getLabels()),
                Absent.asEmpty(meta.getAnnotations()),
                meta.getDeletionTimestamp() != null);
    }

    /** Names an object of a kind without a model class, and notes what is wrong with name or namespace. */
    public static ObjectRef ref(JsonNode tree, String kind, Scope scope, Notes notes) {
        JsonNode meta = tree.path("metadata");
        String namespace = scope.namespace(meta.path("namespace").asText(""));
        check(namespace, notes);
        return new ObjectRef(
                kind,
                namespace,
                name(meta.path("name").asText(""), meta.path("generateName").asText(""), notes));
    }

    private static String name(String name, String prefix, Notes notes) {
        if (name.isEmpty() && !prefix.isEmpty()) {
            return prefix + "*";
        }
        notes.isRight(PATH.field("name"), ObjectName.mistakeInName(name));
        return name;
    }

    private static void check(String namespace, Notes notes) {
        if (!namespace.isEmpty()) {
            notes.isRight(PATH.field("namespace"), ObjectName.mistakeInNamespace(namespace));
        }
    }
}
