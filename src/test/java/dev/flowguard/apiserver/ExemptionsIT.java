package dev.flowguard.apiserver;

import static dev.flowguard.apiserver.InstalledFlowguard.policy;
import static dev.flowguard.apiserver.InstalledFlowguard.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.apiserver.ApiClient.Answer;
import dev.flowguard.deploy.Yaml;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The policies of the component protect-exemptions in a real API server, with its own CEL and authorizer; no replica is needed. */
@Tag("apiserver")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("To look away needs a permission, behind a real API server:")
class ExemptionsIT {
    private InstalledFlowguard flowguard;
    private ApiClient jane;
    private ApiClient joe;

    @BeforeAll
    void install(@TempDir Path temporary) throws Exception {
        flowguard = InstalledFlowguard.in(temporary, Path.of("deploy/overlays/protect-exemptions"), 1, 0);
        flowguard.apply("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: {name: tenants}
                rules:
                - apiGroups: [""]
                  resources: [namespaces]
                  verbs: [create, get, patch, update]
                """);
        flowguard.apply(binding("ClusterRoleBinding", "tenants", "tenants", "Group", "developers"));
        flowguard.apply(binding("ClusterRoleBinding", "relax", "flowguard-relax", "User", "joe"));
        flowguard.apply("{apiVersion: v1, kind: Namespace, metadata: {name: shop}}");
        jane = flowguard.jane();
        joe = flowguard.admin().as("joe", "developers", "system:authenticated");
        ObjectNode exempt = namespace("probe", "labels", "flowguard.dev/mode", "Audit");
        // The policies are in force a moment after they are made.
        soon(() -> assertThat(jane.apply(exempt, "dryRun=All").isSuccess()).isFalse());
        ObjectNode overriding = policy("shop", "probe", "spec: {podSelector: {}}");
        overriding.withObject("/metadata/annotations").put("flowguard.dev/override", "to see whether it counts");
        soon(() -> assertThat(jane.apply(overriding, "dryRun=All").isSuccess()).isFalse());
    }

    @AfterAll
    void stop() throws Exception {
        if (flowguard != null) {
            flowguard.close();
        }
    }

    @DisplayName("a Namespace with")
    @ParameterizedTest(name = "{1}: {2} is refused, and taken of whoever may")
    @CsvSource({
        "labels, flowguard.dev/mode, Warn",
        "annotations, flowguard.dev/findings, all=Off",
        "annotations, flowguard.dev/implied, all=Off",
        "annotations, flowguard.dev/accept-contracts-from, '*'",
    })
    void namespaces(String where, String key, String value) throws Exception {
        ObjectNode exempt = namespace("team", where, key, value);

        Answer refused = jane.apply(exempt, "dryRun=All");

        assertThat(refused.code()).as(refused.message()).isEqualTo(403);
        assertThat(refused.message()).contains("\"relax\" on clusterflowcontracts.flowguard.dev");
        assertThat(joe.apply(exempt, "dryRun=All").code()).isEqualTo(201);
        assertThat(jane.apply(namespace("team", where, "example.com/team", "a"), "dryRun=All")
                        .code())
                .isEqualTo(201);
    }

    @Test
    @DisplayName("a Namespace whose service accounts are warned and never refused")
    void warnOnlyName() throws Exception {
        ObjectNode argo = namespace("argocd", "labels", "team", "a");

        assertThat(jane.apply(argo, "dryRun=All").message()).contains("warned and never refused");
        assertThat(joe.apply(argo, "dryRun=All").code()).isEqualTo(201);
    }

    @Test
    @DisplayName("an override, which counts for one change")
    void overrides() throws Exception {
        ObjectNode policy = policy("shop", "deny", "spec: {podSelector: {}, policyTypes: [Ingress]}");
        assertThat(jane.apply(policy, "dryRun=All").code()).isEqualTo(201);
        policy.withObject("/metadata/annotations").put("flowguard.dev/override", "incident 42");

        Answer refused = jane.apply(policy, "dryRun=All");

        assertThat(refused.code()).as(refused.message()).isEqualTo(403);
        assertThat(refused.message()).contains("counts for one change by somebody with the permission \"override\"");
        flowguard.apply("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: on-call, namespace: shop}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: flowguard-override}
                subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: jane}]
                """);
        soon(() -> assertThat(jane.apply(policy, "dryRun=All").code()).isEqualTo(201));
    }

    private static ObjectNode namespace(String name, String where, String key, String value) {
        ObjectNode namespace = Yaml.document("{apiVersion: v1, kind: Namespace, metadata: {name: " + name + "}}");
        namespace.withObject("/metadata/" + where).put(key, value);
        return namespace;
    }

    private static String binding(String kind, String name, String role, String subjectKind, String subject) {
        return """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: %s
                metadata: {name: %s}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: %s}
                subjects: [{apiGroup: rbac.authorization.k8s.io, kind: %s, name: %s}]
                """.formatted(kind, name, role, subjectKind, subject);
    }
}
