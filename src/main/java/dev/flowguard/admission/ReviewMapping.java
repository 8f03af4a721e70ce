package dev.flowguard.admission;

import dev.flowguard.admission.decision.PolicyReview;
import dev.flowguard.admission.decision.Requester;
import dev.flowguard.admission.decision.StatedOverride;
import dev.flowguard.admission.declaration.RequestedObject;
import dev.flowguard.assess.Change;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.kubernetes.field.FieldProblem;
import dev.flowguard.kubernetes.policy.PolicyReader;
import dev.flowguard.kubernetes.policy.PolicyReading;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.PolicyRef;
import io.fabric8.kubernetes.api.model.GroupVersionKind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.api.model.authentication.UserInfo;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** From the API server's request to a review that can be decided. Total: what cannot be judged is said to be so. */
public final class ReviewMapping {
    public static final String OVERRIDE = "flowguard.dev/override";

    private static final String GROUP = "networking.k8s.io";
    private static final String KIND = "NetworkPolicy";

    private final Function<PolicyRef, Optional<Policy>> known;

    /** @param known the policy of that name as it was last seen, for requests that do not tell the old version */
    public ReviewMapping(Function<PolicyRef, Optional<Policy>> known) {
        this.known = known;
    }

    public PolicyReview map(AdmissionRequest request) {
        return new PolicyReview(
                RequestedObject.text(request.getUid()),
                requester(request.getUserInfo()),
                Boolean.TRUE.equals(request.getDryRun()),
                subject(request));
    }

    private PolicyReview.Subject subject(AdmissionRequest request) {
        @Nullable GroupVersionKind kind = request.getKind();
        boolean isOther = kind != null && OtherPolicyMapping.isConcerned(RequestedObject.text(kind.getGroup()));
        if (kind == null || (!isOther && (!GROUP.equals(kind.getGroup()) || !KIND.equals(kind.getKind())))) {
            return new PolicyReview.Unconcerned(kind == null ? "no kind" : RequestedObject.text(kind.getKind()));
        }
        if (!RequestedObject.text(request.getSubResource()).isEmpty()) {
            return new PolicyReview.Unconcerned("subresource " + request.getSubResource());
        }
        if (isOther) {
            return OtherPolicyMapping.subject(request);
        }
        return switch (RequestedObject.text(request.getOperation())) {
            case "CREATE" -> created(request);
            case "UPDATE" -> updated(request);
            case "DELETE" -> deleted(request);
            default -> new PolicyReview.Unconcerned("operation " + RequestedObject.text(request.getOperation()));
        };
    }

    private PolicyReview.Subject created(AdmissionRequest request) {
        return withObject(
                request.getObject(),
                request,
                object -> read(
                        object,
                        created -> new PolicyReview.Changed(
                                new Change.Create(created),
                                false,
                                RequestedObject.isFinalizing(object),
                                StatedOverride.of(override(object)),
                                PolicyReader.staged(object, created.ref()))));
    }

    private PolicyReview.Subject updated(AdmissionRequest request) {
        return withObject(
                request.getObject(),
                request,
                object -> read(object, updated -> {
                    if (!(request.getOldObject() instanceof NetworkPolicy old)) {
                        Change change = known.apply(updated.ref())
                                .<Change>map(before -> new Change.Update(before, updated))
                                .orElseGet(() -> new Change.Create(updated));
                        return new PolicyReview.Changed(
                                change, false, RequestedObject.isFinalizing(object), override(object));
                    }
                    boolean sameSpec = Objects.equals(old.getSpec(), object.getSpec());
                    return PolicyReader.read(RequestedObject.inNamespace(old, request))
                            .match(
                                    before -> new PolicyReview.Changed(
                                            new Change.Update(before.policy(), updated),
                                            sameSpec,
                                            RequestedObject.isFinalizing(object),
                                            StatedOverride.ofUpdate(override(old), override(object)),
                                            PolicyReader.staged(object, updated.ref())),
                                    unreadable -> refused(unreadable, "oldObject."));
                }));
    }

    private PolicyReview.Subject deleted(AdmissionRequest request) {
        if (request.getOldObject() instanceof NetworkPolicy old) {
            return read(
                    RequestedObject.inNamespace(old, request),
                    deleted -> new PolicyReview.Changed(
                            new Change.Delete(deleted), false, RequestedObject.isFinalizing(old), override(old)));
        }
        return known.apply(new PolicyRef(
                        RequestedObject.text(request.getNamespace()), RequestedObject.text(request.getName())))
                .<PolicyReview.Subject>map(
                        policy -> new PolicyReview.Changed(new Change.Delete(policy), false, false, ""))
                .orElseGet(() -> new PolicyReview.Unconcerned("deletion of a policy that is not known"));
    }

    private static PolicyReview.Subject withObject(
            @Nullable Object object, AdmissionRequest request, Function<NetworkPolicy, PolicyReview.Subject> subject) {
        return object instanceof NetworkPolicy policy
                ? subject.apply(RequestedObject.inNamespace(policy, request))
                : new PolicyReview.Refused(
                        ObjectRef.of(new PolicyRef(
                                RequestedObject.text(request.getNamespace()), RequestedObject.text(request.getName()))),
                        List.of("object: expected a NetworkPolicy of " + GROUP + "/v1"));
    }

    private static PolicyReview.Subject read(NetworkPolicy object, Function<Policy, PolicyReview.Subject> subject) {
        return PolicyReader.read(object).match(valid -> subject.apply(valid.policy()), invalid -> refused(invalid, ""));
    }

    private static PolicyReview.Refused refused(PolicyReading.Invalid invalid, String prefix) {
        return new PolicyReview.Refused(
                ObjectRef.of(invalid.ref()),
                invalid.problems().stream()
                        .map(FieldProblem::toString)
                        .map(problem -> prefix + problem)
                        .toList());
    }

    static String override(HasMetadata object) {
        if (object.getMetadata() == null || object.getMetadata().getAnnotations() == null) {
            return "";
        }
        return RequestedObject.text(object.getMetadata().getAnnotations().get(OVERRIDE));
    }

    private static Requester requester(@Nullable UserInfo user) {
        return user == null
                ? new Requester("", List.of())
                : new Requester(
                        RequestedObject.text(user.getUsername()),
                        RequestedObject.text(user.getUid()),
                        texts(user.getGroups()),
                        extra(user.getExtra()));
    }

    /** What is null among them says nothing. */
    private static List<String> texts(@Nullable List<@Nullable String> texts) {
        return texts == null
                ? List.of()
                : texts.stream().filter(Objects::nonNull).toList();
    }

    private static Map<String, List<String>> extra(@Nullable Map<String, @Nullable List<@Nullable String>> extra) {
        Map<String, List<String>> said = new TreeMap<>();
        if (extra != null) {
            extra.forEach((key, values) -> said.put(key, texts(values)));
        }
        return said;
    }
}
