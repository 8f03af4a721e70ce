package dev.flowguard.admission;

import dev.flowguard.admission.decision.PolicyReview;
import dev.flowguard.admission.decision.StatedOverride;
import dev.flowguard.admission.declaration.RequestedObject;
import dev.flowguard.assess.Change;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.kubernetes.ObjectReader;
import dev.flowguard.kubernetes.field.FieldProblem;
import dev.flowguard.kubernetes.field.Reading;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Requests about policies of other kinds than NetworkPolicy, and about what such policies refer to. */
final class OtherPolicyMapping {
    private OtherPolicyMapping() {}

    static PolicyReview.Subject subject(AdmissionRequest request) {
        return switch (RequestedObject.text(request.getOperation())) {
            case "CREATE" -> changed(request, Optional.empty(), object(request.getObject(), request));
            case "UPDATE" ->
                changed(request, object(request.getOldObject(), request), object(request.getObject(), request));
            case "DELETE" -> changed(request, object(request.getOldObject(), request), Optional.empty());
            default -> new PolicyReview.Unconcerned("operation " + RequestedObject.text(request.getOperation()));
        };
    }

    private static Optional<HasMetadata> object(@Nullable Object object, AdmissionRequest request) {
        return object instanceof HasMetadata found
                ? Optional.of(RequestedObject.inNamespace(found, request))
                : Optional.empty();
    }

    private static PolicyReview.Subject changed(
            AdmissionRequest request, Optional<HasMetadata> old, Optional<HasMetadata> updated) {
        Optional<HasMetadata> written = updated.or(() -> old);
        if (written.isEmpty()) {
            return new PolicyReview.Unconcerned(kind(request) + " that the request does not show");
        }
        return ObjectReader.read(written.get())
                .match(
                        observed -> changed(request, old, updated, observed.observation()),
                        refused -> new PolicyReview.Refused(
                                refused.object(),
                                refused.problems().stream()
                                        .map(FieldProblem::toString)
                                        .toList()),
                        notRead -> new PolicyReview.Unconcerned(kind(request)));
    }

    private static PolicyReview.Subject changed(
            AdmissionRequest request, Optional<HasMetadata> old, Optional<HasMetadata> updated, Observation written) {
        if (!written.bearsOnPolicies()) {
            return new PolicyReview.Unconcerned(kind(request));
        }
        Observation before = updated.isEmpty()
                ? written
                : old.map(OtherPolicyMapping::observed).orElseGet(() -> Observation.gone(written.object()));
        Observation after = updated.isEmpty() ? Observation.gone(written.object()) : written;
        HasMetadata carrier = updated.or(() -> old).orElseThrow();
        return new PolicyReview.Changed(
                new Change.OfOther(written.object(), before, after),
                before.facts().equals(after.facts()),
                RequestedObject.isFinalizing(carrier),
                override(old, updated),
                List.of());
    }

    private static StatedOverride override(Optional<HasMetadata> old, Optional<HasMetadata> updated) {
        Optional<String> before = old.map(ReviewMapping::override);
        Optional<String> after = updated.map(ReviewMapping::override);
        return before.isPresent() && after.isPresent()
                ? StatedOverride.ofUpdate(before.get(), after.get())
                : StatedOverride.of(after.or(() -> before).orElse(""));
    }

    /** What cannot be read of an object was never known of it. */
    private static Observation observed(HasMetadata object) {
        return ObjectReader.read(object)
                .match(
                        Reading.Observed::observation,
                        refused -> Observation.gone(refused.object()),
                        notRead -> Observation.gone(new ObjectRef("", "", "")));
    }

    private static String kind(AdmissionRequest request) {
        return request.getKind() == null
                ? "no kind"
                : RequestedObject.text(request.getKind().getKind());
    }

    /** The groups of kinds on which policies depend. */
    static boolean isConcerned(String group) {
        return List.of(
                        "policy.networking.k8s.io",
                        "cilium.io",
                        "projectcalico.org",
                        "crd.projectcalico.org",
                        "crd.antrea.io",
                        "k8s.ovn.org",
                        "network.openshift.io",
                        "networking.k8s.aws",
                        "networking.gke.io")
                .contains(group);
    }
}
