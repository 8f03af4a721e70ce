package dev.flowguard.admission.declaration;

import static dev.flowguard.admission.declaration.RequestedObject.text;

import dev.flowguard.contract.ContractSource;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.kubernetes.ObjectReader;
import dev.flowguard.kubernetes.contract.ContractReader;
import dev.flowguard.kubernetes.field.FieldProblem;
import dev.flowguard.kubernetes.field.Reading;
import io.fabric8.kubernetes.api.model.GroupVersionKind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From the API server's request to a review of a declaration. Total: what declares nothing is said to be so. */
public final class DeclarationMapping {
    /** The kinds that declare flows, can be annotated with them, or whose change may cut some, by their group. */
    private static final Map<String, Set<String>> KINDS = Map.of(
            ContractReader.GROUP,
            Set.of(ContractSource.FLOW_CONTRACT, ContractSource.CLUSTER_FLOW_CONTRACT),
            "",
            Set.of("Namespace", "Pod", "ReplicationController", "Service"),
            "apps",
            Set.of("DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"),
            "batch",
            Set.of("CronJob", "Job"),
            "discovery.k8s.io",
            Set.of("EndpointSlice"));

    private DeclarationMapping() {}

    public static DeclarationReview map(AdmissionRequest request) {
        return new DeclarationReview(Boolean.TRUE.equals(request.getDryRun()), subject(request));
    }

    private static DeclarationReview.Subject subject(AdmissionRequest request) {
        @Nullable GroupVersionKind kind = request.getKind();
        if (kind == null || !KINDS.getOrDefault(text(kind.getGroup()), Set.of()).contains(text(kind.getKind()))) {
            return new DeclarationReview.Unconcerned(kind == null ? "no kind" : text(kind.getKind()));
        }
        if (!text(request.getSubResource()).isEmpty()) {
            return new DeclarationReview.Unconcerned("subresource " + request.getSubResource());
        }
        return switch (text(request.getOperation())) {
            case "CREATE", "UPDATE" -> written(request, kind.getKind());
            case "DELETE" -> removed(request, kind.getKind());
            default -> new DeclarationReview.Unconcerned("operation " + text(request.getOperation()));
        };
    }

    private static DeclarationReview.Subject written(AdmissionRequest request, String kind) {
        if (!(request.getObject() instanceof HasMetadata object) || !kind.equals(object.getKind())) {
            return new DeclarationReview.Refused(
                    named(request, kind).toString(), List.of("object: expected an object of kind " + kind));
        }
        Reading reading = ObjectReader.read(RequestedObject.inNamespace(object, request));
        return reading.match(
                observed -> new DeclarationReview.Written(observed.observation(), RequestedObject.isFinalizing(object)),
                refused -> new DeclarationReview.Refused(
                        refused.object().toString(),
                        refused.problems().stream().map(FieldProblem::toString).toList()),
                notRead -> new DeclarationReview.Unconcerned(notRead.kind()));
    }

    private static DeclarationReview.Subject removed(AdmissionRequest request, String kind) {
        ObjectRef object = request.getOldObject() instanceof HasMetadata old
                ? ObjectReader.read(RequestedObject.inNamespace(old, request))
                        .match(
                                observed -> observed.observation().object(),
                                Reading.Refused::object,
                                notRead -> named(request, kind))
                : named(request, kind);
        return new DeclarationReview.Removed(object);
    }

    private static ObjectRef named(AdmissionRequest request, String kind) {
        return new ObjectRef(kind, text(request.getNamespace()), text(request.getName()));
    }
}
