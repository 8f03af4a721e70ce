package dev.flowguard.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.cluster.Fact;
import dev.flowguard.contract.ObjectRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;

/** Reads any Kubernetes object: what it tells about the cluster, or why the API server would refuse it. */
public final class ObjectReader {
    private ObjectReader() {}

    /** Reads an object of the client's model. */
    public static Reading read(HasMetadata object) {
        return ModelKind.of(object.getClass())
                .map(kind -> kind.readUntyped(object))
                .orElseGet(() -> read(StrictModel.tree(object)));
    }

    /** Reads an object as it was parsed. Values of the wrong type are problems. */
    public static Reading read(ObjectNode tree) {
        Notes notes = new Notes();
        ObjectKind kind = new ObjectKind(text(tree, "apiVersion", notes), text(tree, "kind", notes));
        if (!notes.problems().isEmpty()) {
            return new Reading.Refused(
                    Metadata.ref(tree, kind.kind(), Scope.NAMESPACED, new Notes()), notes.problems());
        }
        return ModelKind.of(kind)
                .map(model -> model.read(tree))
                .or(() -> ModelKind.successorOf(kind).map(successor -> noLongerServed(tree, kind, successor)))
                .or(() -> OtherPolicyKinds.scopeOf(kind).map(scope -> otherPolicy(tree, kind, scope)))
                .orElseGet(() -> new Reading.NotRead(kind.qualified()));
    }

    private static Reading noLongerServed(ObjectNode tree, ObjectKind former, ModelKind<?> successor) {
        ObjectRef object = Metadata.ref(tree, former.kind(), successor.scope(), new Notes());
        return new Reading.Refused(
                object,
                List.of(new FieldProblem(
                        FieldPath.of("apiVersion"),
                        "clusters no longer serve " + former + ": write apiVersion: "
                                + successor.kind().apiVersion())));
    }

    /** The kind keeps its group, for several of these groups have a NetworkPolicy of their own. */
    private static Reading otherPolicy(ObjectNode tree, ObjectKind kind, Scope scope) {
        Notes notes = new Notes();
        ObjectRef policy = Metadata.ref(tree, kind.qualified(), scope, notes);
        List<Fact> facts =
                OtherPolicyKinds.isMirror(kind, policy.name()) ? List.of() : List.of(new Fact.OtherPolicy(policy));
        return Reading.of(policy, facts, notes.problems());
    }

    private static String text(ObjectNode tree, String field, Notes notes) {
        String text = Optional.ofNullable(tree.get(field))
                .filter(value -> value.isTextual())
                .map(value -> value.textValue())
                .orElse("");
        if (text.isEmpty()) {
            notes.problem(FieldPath.of(field), "is missing: every Kubernetes object names its apiVersion and its kind");
        }
        return text;
    }
}
