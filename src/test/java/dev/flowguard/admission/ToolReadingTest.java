package dev.flowguard.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.admission.decision.Tool;
import dev.flowguard.admission.http.ReviewReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The tool that asks, for the words that fit it")
class ToolReadingTest {
    @ParameterizedTest(name = "field manager {0}: {1}")
    @CsvSource({
        "helm, HELM",
        "helm-controller, FLUX",
        "kustomize-controller, FLUX",
        "argocd-controller, ARGO_CD",
        "kubectl-client-side-apply, KUBECTL",
        "kubectl, KUBECTL",
        "before-first-apply, OTHER",
    })
    void byFieldManager(String manager, Tool tool) {
        assertThat(of(manager, "ann", "")).isEqualTo(tool);
    }

    @ParameterizedTest(name = "account {0}: {1}")
    @CsvSource({
        "system:serviceaccount:argocd:argocd-application-controller, ARGO_CD",
        "system:serviceaccount:openshift-gitops:gitops, ARGO_CD",
        "system:serviceaccount:flux-system:kustomize-controller, FLUX",
        "system:serviceaccount:shop:argocd, OTHER",
    })
    void byAccount(String account, Tool tool) {
        assertThat(of("", account, "")).isEqualTo(tool);
    }

    @ParameterizedTest(name = "marked with {0}: {1}")
    @CsvSource({
        "meta.helm.sh/release-name, HELM",
        "argocd.argoproj.io/tracking-id, ARGO_CD",
        "kustomize.toolkit.fluxcd.io/name, FLUX",
        "kubectl.kubernetes.io/last-applied-configuration, KUBECTL",
        "example.com/helm, OTHER",
    })
    void byMark(String annotation, Tool tool) {
        assertThat(of("", "ann", annotation)).isEqualTo(tool);
    }

    @ParameterizedTest(name = "whoever applies with {0} what {1} has marked: {2}")
    @CsvSource({"kubectl, meta.helm.sh/release-name, KUBECTL", "argocd-controller, meta.helm.sh/release-name, ARGO_CD"})
    void theToolAtHand(String manager, String annotation, Tool tool) {
        assertThat(of(manager, "ann", annotation)).isEqualTo(tool);
    }

    private static Tool of(String manager, String user, String annotation) {
        String annotations = annotation.isEmpty() ? "null" : "{\"" + annotation + "\": \"x\"}";
        String options = manager.isEmpty()
                ? "null"
                : "{\"apiVersion\": \"meta.k8s.io/v1\", \"kind\": \"CreateOptions\", \"fieldManager\": \"" + manager
                        + "\"}";
        byte[] body = """
                {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {"uid": "u",
                 "kind": {"group": "networking.k8s.io", "version": "v1", "kind": "NetworkPolicy"}, "operation": "CREATE",
                 "userInfo": {"username": "%s"}, "options": %s,
                 "object": {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy",
                  "metadata": {"name": "deny", "namespace": "shop", "annotations": %s},
                  "spec": {"podSelector": {}}}}}
                """.formatted(user, options, annotations).getBytes(StandardCharsets.UTF_8);
        return ToolReading.of(new ReviewReader(Requests.LIMIT).read(body));
    }
}
