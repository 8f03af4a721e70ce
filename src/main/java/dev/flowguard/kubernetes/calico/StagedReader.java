package dev.flowguard.kubernetes.calico;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.kubernetes.ObjectReader;
import dev.flowguard.kubernetes.field.FieldPath;
import dev.flowguard.kubernetes.field.Metadata;
import dev.flowguard.kubernetes.field.Notes;
import dev.flowguard.kubernetes.field.Reading;
import dev.flowguard.kubernetes.field.Scope;
import dev.flowguard.policy.calico.CalicoPolicy;
import dev.flowguard.policy.calico.StagedPolicy;
import dev.flowguard.policy.chain.RuledRef;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads staged policies: as what they would be, under their own name (OTHER-POLICIES K24). */
final class StagedReader {
    private static final Set<String> KINDS = Set.of(
            StagedPolicy.PREFIX + CalicoPolicy.NAMESPACED_KIND,
            StagedPolicy.PREFIX + CalicoPolicy.GLOBAL_KIND,
            StagedPolicy.KUBERNETES_KIND);

    private static final String DELETE = "Delete";

    /** What no agent of the open plugin does anything with. */
    private static final Set<String> OF_ENTERPRISE = Set.of("Learn", "Ignore");

    private StagedReader() {}

    static Stream<String> kinds() {
        return KINDS.stream();
    }

    static Optional<Reading> read(ObjectNode tree, String group, String kind) {
        return KINDS.contains(kind) ? Optional.of(staged(tree, group, kind)) : Optional.empty();
    }

    private static Reading staged(ObjectNode tree, String group, String kind) {
        Notes notes = new Notes();
        boolean global = kind.endsWith(CalicoPolicy.GLOBAL_KIND);
        ObjectRef object = StoredMetadata.inApi(
                Metadata.ref(tree, CalicoPolicy.qualified(kind), global ? Scope.CLUSTER : Scope.NAMESPACED, notes),
                tree,
                group);
        boolean ofKubernetes = kind.equals(StagedPolicy.KUBERNETES_KIND);
        String enforcedKind =
                ofKubernetes ? CalicoPolicy.NAMESPACED_KIND : kind.substring(StagedPolicy.PREFIX.length());
        RuledRef staged = new RuledRef(kind, CalicoPolicy.GROUP, object.namespace(), object.name());
        RuledRef enforced = new RuledRef(
                enforcedKind,
                ofKubernetes ? StagedPolicy.KUBERNETES_GROUP : CalicoPolicy.GROUP,
                object.namespace(),
                object.name());
        if (group.equals(CalicoPolicy.GROUP)) {
            CalicoSchema.STAGED.check(tree, FieldPath.ROOT, notes);
            if (!notes.problems().isEmpty()) {
                return Reading.of(object, List.of(), notes.problems());
            }
        }
        String action = tree.path("spec").path("stagedAction").asText("Set");
        if (OF_ENTERPRISE.contains(action)) {
            return Reading.of(object, List.of(), notes.problems());
        }
        if (action.equals(DELETE)) {
            return Reading.of(
                    object,
                    List.of(new Fact.Input(new StagedPolicy(staged, enforced, List.of(), List.of()))),
                    notes.problems());
        }
        return ObjectReader.read(asEnforced(tree, enforced))
                .match(
                        observed -> Reading.of(
                                object,
                                List.of(new Fact.Input(new StagedPolicy(
                                        staged,
                                        enforced,
                                        observed.observation().facts().stream()
                                                .filter(Fact.Ruled.class::isInstance)
                                                .map(fact -> ((Fact.Ruled) fact).policy())
                                                .toList(),
                                        observed.observation().policies()))),
                                notes.problems()),
                        refused -> new Reading.Refused(object, refused.problems()),
                        notRead -> Reading.of(object, List.of(), notes.problems()));
    }

    private static ObjectNode asEnforced(ObjectNode tree, RuledRef enforced) {
        ObjectNode copy = tree.deepCopy();
        copy.put("kind", enforced.kind());
        if (enforced.group().equals(StagedPolicy.KUBERNETES_GROUP)) {
            copy.put("apiVersion", StagedPolicy.KUBERNETES_GROUP + "/v1");
        }
        if (copy.path("spec") instanceof ObjectNode spec) {
            spec.remove("stagedAction");
        }
        return copy;
    }
}
