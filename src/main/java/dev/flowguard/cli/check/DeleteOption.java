package dev.flowguard.cli.check;

import dev.flowguard.cli.input.KindNames;
import dev.flowguard.cli.input.OtherKinds;
import dev.flowguard.config.BadInput;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.kubernetes.implied.ImplyingKinds;
import dev.flowguard.policy.Spelling;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Names the object to delete: {@code KIND/NAMESPACE/NAME}, or {@code KIND/NAME} for a cluster-scoped kind. */
final class DeleteOption {
    private static final Set<String> CLUSTER_SCOPED = Set.of("Namespace", "Node", "ClusterFlowContract");

    private DeleteOption() {}

    static ObjectRef parse(String text) {
        String[] parts = text.split("/", -1);
        Optional<OtherKinds.OtherKind> other = OtherKinds.called(parts[0]);
        String kind = other.map(OtherKinds.OtherKind::qualified).orElseGet(() -> KindNames.kind(parts[0]));
        boolean clusterScoped = other.map(OtherKinds.OtherKind::clusterScoped).orElseGet(() -> isClusterScoped(kind));
        for (String part : parts) {
            if (part.isEmpty()) {
                throw malformed(text);
            }
        }
        if (parts.length == 3 && !clusterScoped) {
            return new ObjectRef(kind, parts[1], parts[2]);
        }
        if (parts.length == 2 && clusterScoped) {
            return new ObjectRef(kind, "", parts[1]);
        }
        throw malformed(text);
    }

    private static boolean isClusterScoped(String kind) {
        return CLUSTER_SCOPED.contains(kind)
                || !ImplyingKinds.namespacedByName().getOrDefault(kind, true);
    }

    /** Which object may have been meant: one of its kind and nearly its name, or of its name in another namespace. */
    static String hint(ObjectRef object, List<ObjectRef> known) {
        List<ObjectRef> ofKind =
                known.stream().filter(each -> each.kind().equals(object.kind())).toList();
        if (ofKind.isEmpty()) {
            return KindNames.hint(object.kind());
        }
        Optional<ObjectRef> elsewhere = ofKind.stream()
                .filter(each -> each.name().equals(object.name()))
                .findFirst();
        List<String> names = ofKind.stream()
                .filter(each -> each.namespace().equals(object.namespace()))
                .map(ObjectRef::name)
                .toList();
        return Spelling.nearest(object.name(), names)
                .map(name -> new ObjectRef(object.kind(), object.namespace(), name))
                .or(() -> elsewhere)
                .map(meant -> "; did you mean " + meant + "?")
                .orElse("");
    }

    private static BadInput malformed(String text) {
        return new BadInput("--delete " + text
                + ": expected KIND/NAMESPACE/NAME such as NetworkPolicy/shop/allow-dns, or KIND/NAME such as"
                + " Namespace/shop");
    }
}
