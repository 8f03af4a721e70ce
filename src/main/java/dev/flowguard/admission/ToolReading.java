package dev.flowguard.admission;

import dev.flowguard.admission.decision.Tool;
import dev.flowguard.admission.declaration.RequestedObject;
import io.fabric8.kubernetes.api.model.CreateOptions;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PatchOptions;
import io.fabric8.kubernetes.api.model.UpdateOptions;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which tool asks: by the name with which it says that it manages the object, which is the tool at hand; else by its account; else by the
 * marks that tools leave on their objects. The API server does not pass the user agent on.
 */
final class ToolReading {
    /** How field managers of a tool begin. Before others those that other tools carry within them. */
    private static final List<Map.Entry<String, Tool>> MANAGERS = List.of(
            Map.entry("argocd", Tool.ARGO_CD),
            Map.entry("kustomize-controller", Tool.FLUX),
            Map.entry("helm-controller", Tool.FLUX),
            Map.entry("flux", Tool.FLUX),
            Map.entry("helm", Tool.HELM),
            Map.entry("kubectl", Tool.KUBECTL));

    private static final List<Map.Entry<String, Tool>> ACCOUNTS = List.of(
            Map.entry("system:serviceaccount:argocd:", Tool.ARGO_CD),
            Map.entry("system:serviceaccount:openshift-gitops:", Tool.ARGO_CD),
            Map.entry("system:serviceaccount:flux-system:", Tool.FLUX));

    /** How labels and annotations begin that a tool puts on what it brings. */
    private static final List<Map.Entry<String, Tool>> MARKS = List.of(
            Map.entry("argocd.argoproj.io/", Tool.ARGO_CD),
            Map.entry("kustomize.toolkit.fluxcd.io/", Tool.FLUX),
            Map.entry("helm.toolkit.fluxcd.io/", Tool.FLUX),
            Map.entry("meta.helm.sh/", Tool.HELM),
            Map.entry("kubectl.kubernetes.io/", Tool.KUBECTL));

    private ToolReading() {}

    static Tool of(AdmissionRequest request) {
        return first(MANAGERS, Set.of(manager(request.getOptions())))
                .or(() -> first(
                        ACCOUNTS,
                        Set.of(
                                request.getUserInfo() == null
                                        ? ""
                                        : RequestedObject.text(
                                                request.getUserInfo().getUsername()))))
                .or(() -> first(MARKS, marks(request.getObject())))
                .orElse(Tool.OTHER);
    }

    private static Optional<Tool> first(List<Map.Entry<String, Tool>> beginnings, Set<String> texts) {
        return beginnings.stream()
                .filter(each -> texts.stream().anyMatch(text -> text.startsWith(each.getKey())))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static String manager(@Nullable Object options) {
        if (options instanceof CreateOptions create) {
            return RequestedObject.text(create.getFieldManager());
        }
        if (options instanceof UpdateOptions update) {
            return RequestedObject.text(update.getFieldManager());
        }
        if (options instanceof PatchOptions patch) {
            return RequestedObject.text(patch.getFieldManager());
        }
        Object said = options instanceof GenericKubernetesResource other
                ? other.getAdditionalProperties().get("fieldManager")
                : options instanceof Map<?, ?> map ? map.get("fieldManager") : null;
        return said instanceof String text ? text : "";
    }

    private static Set<String> marks(@Nullable Object object) {
        Set<String> keys = new TreeSet<>();
        if (object instanceof HasMetadata written && written.getMetadata() != null) {
            Function<@Nullable Map<String, String>, Set<String>> keysOf = map -> map == null ? Set.of() : map.keySet();
            keys.addAll(keysOf.apply(written.getMetadata().getAnnotations()));
            keys.addAll(keysOf.apply(written.getMetadata().getLabels()));
        }
        return keys;
    }
}
