package dev.flowguard.apiserver;

import static dev.flowguard.apiserver.InstalledFlowguard.WEBHOOKS;
import static dev.flowguard.apiserver.InstalledFlowguard.awaitServed;
import static dev.flowguard.apiserver.InstalledFlowguard.policy;
import static dev.flowguard.apiserver.InstalledFlowguard.soon;
import static dev.flowguard.apiserver.InstalledFlowguard.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.deploy.Kustomization;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("apiserver")
@DisplayName("What went and comes back counts within two seconds:")
class ComesBackIT {
    private static final Duration SOON = Duration.ofSeconds(2);

    private InstalledFlowguard flowguard;
    private ObjectNode deny;

    @BeforeEach
    void install(@TempDir Path temporary) throws Exception {
        flowguard = InstalledFlowguard.in(temporary, 1, 1);
        flowguard.shop("shop");
        deny = policy("shop", "deny", "spec: {podSelector: {}, policyTypes: [Ingress]}");
    }

    @AfterEach
    void stop() throws Exception {
        if (flowguard != null) {
            flowguard.close();
        }
    }

    @Test
    @DisplayName("the webhook configuration, which nobody had told whom to trust")
    void webhookConfiguration() throws Exception {
        flowguard.admin().delete(WEBHOOKS);
        install("ValidatingWebhookConfiguration");

        within(SOON, () -> assertThat(flowguard.caBundle()).isNotEmpty());
    }

    @Test
    @DisplayName("the kinds of contracts, and a contract of that kind")
    void kinds() throws Exception {
        for (String name : List.of("flowcontracts", "clusterflowcontracts")) {
            String path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/" + name + ".flowguard.dev";
            flowguard.admin().delete(path);
            soon(() -> assertThat(flowguard.admin().get(path).code()).isEqualTo(404));
        }
        soon(() ->
                assertThat(flowguard.admin().apply(deny, "dryRun=All").code()).isEqualTo(201));
        install("CustomResourceDefinition");
        for (String name : List.of("flowcontracts", "clusterflowcontracts")) {
            awaitServed(flowguard.admin(), "/apis/flowguard.dev/v1alpha1/" + name);
        }
        flowguard.apply("""
                apiVersion: flowguard.dev/v1alpha1
                kind: FlowContract
                metadata: {name: orders, namespace: shop}
                spec:
                  flows:
                  - name: checkout-calls-orders
                    from: {podSelector: {matchLabels: {app: checkout}}}
                    to: {podSelector: {matchLabels: {app: orders}}}
                    ports: [{port: 8080}]
                """);

        within(
                SOON,
                () -> assertThat(flowguard.admin().apply(deny, "dryRun=All").code())
                        .isEqualTo(403));
    }

    @Test
    @DisplayName("an override that was refused for want of a permission")
    void override() throws Exception {
        deny.withObject("/metadata/annotations").put("flowguard.dev/override", "incident 42");
        assertThat(flowguard.jane().apply(deny, "dryRun=All").code()).isEqualTo(403);
        flowguard.apply("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: on-call, namespace: shop}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: flowguard-override}
                subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: jane}]
                """);

        within(
                SOON,
                () -> assertThat(flowguard.jane().apply(deny, "dryRun=All").code())
                        .isEqualTo(201));
    }

    private void install(String kind) throws Exception {
        for (ObjectNode object : Kustomization.render(Path.of("deploy/overlays/default"))) {
            if (object.get("kind").asText().equals(kind)) {
                flowguard.apply(object.toString());
            }
        }
    }
}
