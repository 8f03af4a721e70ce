package dev.flowguard.apiserver;

import static dev.flowguard.apiserver.InstalledFlowguard.NAMESPACE;
import static dev.flowguard.apiserver.InstalledFlowguard.policies;
import static dev.flowguard.apiserver.InstalledFlowguard.policy;
import static dev.flowguard.apiserver.InstalledFlowguard.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.apiserver.ApiClient.Answer;
import dev.flowguard.deploy.Yaml;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifests of the default overlay, applied to a real API server, with a replica that has the account of the manifests. */
@Tag("apiserver")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Behind a real API server")
class ApiServerIT {
    private static final String CONTROLLER = "system:serviceaccount:kube-system:namespace-controller";

    private InstalledFlowguard flowguard;
    private ApiClient admin;
    private ApiClient jane;

    @BeforeAll
    void install(@TempDir Path temporary) throws Exception {
        flowguard = InstalledFlowguard.in(temporary, 1, 1);
        admin = flowguard.admin();
        jane = flowguard.jane();
    }

    @AfterEach
    void goBack() throws Exception {
        if (flowguard != null) {
            flowguard.plane().leadAll(flowguard.replicas());
            flowguard.failurePolicy("Ignore");
        }
    }

    @AfterAll
    void stop() throws Exception {
        if (flowguard != null) {
            flowguard.close();
        }
    }

    static List<ObjectNode> accepted() {
        return Yaml.documents(Path.of("src/test/resources/contracts/accepted.yaml"));
    }

    static List<ObjectNode> refused() {
        return Yaml.documents(Path.of("src/test/resources/contracts/refused.yaml"));
    }

    @DisplayName("the schema takes a contract that is right")
    @ParameterizedTest(name = "{0}")
    @MethodSource("accepted")
    void takes(ObjectNode contract) throws Exception {
        Answer answer = dryCreate(contract);

        assertThat(answer.code()).as(answer.message()).isEqualTo(201);
    }

    @DisplayName("the schema refuses a contract that is wrong, and says why")
    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refuses(ObjectNode contract) throws Exception {
        Answer answer = dryCreate(contract);

        assertThat(answer.code()).as(answer.message()).isIn(400, 422);
        assertThat(answer.message())
                .contains(contract.at("/metadata/annotations/expect").asText());
    }

    private Answer dryCreate(ObjectNode contract) throws Exception {
        String namespace = contract.at("/metadata/namespace").asText();
        if (!namespace.isEmpty()) {
            namespace(namespace);
        }
        return admin.create(ApiClient.collection(contract) + "?dryRun=All&fieldValidation=Strict", contract.toString());
    }

    @Test
    @DisplayName("a change that cuts a declared flow is refused, in a dry run as well")
    void refusesToCut() throws Exception {
        shop("refused");

        Answer dryRun =
                jane.apply(policy("refused", "deny", "spec: {podSelector: {}, policyTypes: [Ingress]}"), "dryRun=All");
        Answer answer = jane.apply(policy("refused", "deny", "spec: {podSelector: {}, policyTypes: [Ingress]}"));

        assertThat(answer.code()).isEqualTo(403);
        assertThat(answer.message())
                .contains("breaks 1 declared flow in namespace refused")
                .contains("checkout -> orders:8080/TCP   (FlowContract refused/orders, flow checkout-calls-orders)")
                .contains("to keep it, ");
        assertThat(answer.body().at("/details/causes/0/message").asText()).contains("checkout -> orders:8080/TCP");
        assertThat(dryRun.code()).isEqualTo(403);
        assertThat(dryRun.message()).isEqualTo(answer.message());
        assertThat(admin.get(policies("refused") + "/deny").code()).isEqualTo(404);
    }

    @Test
    @DisplayName("the repair that a refusal names is taken, and what was refused after it")
    void repairHelps() throws Exception {
        shop("repaired");
        JsonNode allow = policy("repaired", "allow", """
                spec:
                  podSelector: {matchLabels: {app: orders}}
                  ingress: [{from: [{podSelector: {matchLabels: {app: checkout}}}], ports: [{protocol: TCP, port: 8080}]}]
                """);

        assertThat(jane.apply(allow).code()).isEqualTo(201);
        assertThat(jane.apply(policy("repaired", "deny", "spec: {podSelector: {}, policyTypes: [Ingress]}"))
                        .code())
                .isEqualTo(201);
        // To admit what a watch does not know yet to be harmful is the price of asking nobody on the way.
        soon(() -> assertThat(
                        jane.delete(policies("repaired") + "/allow?dryRun=All").code())
                .isEqualTo(403));
        assertThat(jane.delete(policies("repaired") + "/allow").code()).isEqualTo(403);
    }

    @Test
    @DisplayName("an allow and a deny applied back to back are both admitted, however far the watch is behind")
    void backToBack() throws Exception {
        for (int i = 0; i < 10; i++) {
            String namespace = "burst-" + i;
            shop(namespace);
            JsonNode allow = policy(namespace, "allow", """
                    spec:
                      podSelector: {matchLabels: {app: orders}}
                      ingress: [{from: [{podSelector: {matchLabels: {app: checkout}}}]}]
                    """);
            JsonNode deny = policy(namespace, "deny", "spec: {podSelector: {}, policyTypes: [Ingress]}");

            assertThat(jane.apply(allow).code()).isEqualTo(201);
            Answer answer = jane.apply(deny);
            assertThat(answer.code()).as(answer.message()).isEqualTo(201);
        }
    }

    @Test
    @DisplayName("a finding comes as a warning, and the change passes")
    void warns() throws Exception {
        shop("warned");

        Answer answer = jane.apply(policy("warned", "typo", """
                spec:
                  podSelector: {matchLabels: {app: chekout}}
                  policyTypes: [Ingress]
                """));

        assertThat(answer.code()).isEqualTo(201);
        assertThat(answer.warnings())
                .anySatisfy(warning ->
                        assertThat(warning).contains("selects-nothing").contains("did you mean app=checkout?"))
                .allSatisfy(warning -> assertThat(warning).hasSizeLessThanOrEqualTo(120));
    }

    @Test
    @DisplayName("a mistake in a contract or an annotation comes as a warning, and is taken")
    void warnsOfDeclarations() throws Exception {
        shop("declared");

        Answer contract = admin.apply(Yaml.document("""
                apiVersion: flowguard.dev/v1alpha1
                kind: FlowContract
                metadata: {name: more, namespace: declared}
                spec:
                  flows:
                  - name: f
                    from: {podSelector: {matchLabels: {app: chekout}}}
                    to: {podSelector: {matchLabels: {app: orders}}}
                    ports: [{port: 8080}]
                """));
        Answer annotation = admin.patch(
                "/apis/apps/v1/namespaces/declared/deployments/checkout",
                "merge",
                "{\"metadata\":{\"annotations\":{\"flowguard.dev/egress-to\":\"pods app=orders prot 8080\"}}}");

        assertThat(contract.code()).isEqualTo(201);
        assertThat(contract.warnings())
                .containsExactly("flow f, from: no pod in declared has app=chekout; did you mean app=checkout?");
        assertThat(annotation.code()).isEqualTo(200);
        assertThat(annotation.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning).contains("did you mean \"port\"?"));
    }

    @Test
    @DisplayName("a GitOps controller is warned, and never refused")
    void gitOps() throws Exception {
        shop("synced");
        ApiClient argo = admin.as("system:serviceaccount:argocd:argocd-application-controller", "system:masters");

        Answer answer = argo.apply(policy("synced", "deny", "spec: {podSelector: {}, policyTypes: [Ingress]}"));

        assertThat(answer.code()).isEqualTo(201);
        assertThat(answer.warnings()).anyMatch(warning -> warning.contains("breaks checkout -> orders:8080/TCP"));
    }

    @Test
    @DisplayName("an override needs a permission; with it the change passes, with a warning")
    void override() throws Exception {
        shop("urgent");
        JsonNode deny = policy("urgent", "deny", "spec: {podSelector: {}, policyTypes: [Ingress]}");
        ((ObjectNode) deny.get("metadata")).putObject("annotations").put("flowguard.dev/override", "incident 42");

        Answer without = jane.apply(deny);
        assertThat(without.code()).isEqualTo(403);
        assertThat(without.message())
                .contains("\"override\"")
                .contains("flowcontracts")
                .contains("urgent");

        apply("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: on-call, namespace: urgent}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: flowguard-override}
                subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: joe}]
                """);
        ApiClient joe = admin.as("joe", "developers", "system:authenticated");
        soon(() -> assertThat(joe.apply(deny, "dryRun=All").code()).isEqualTo(201));
        assertThat(joe.apply(deny).code()).isEqualTo(201);
        soon(() -> assertThat(events("urgent")).contains("OverrideUsed deny 1"));
    }

    @Test
    @DisplayName("a Namespace label that breaks a flow shows in the contract's status and in Events within two seconds")
    void tells() throws Exception {
        shop("telling");
        namespaceLabel("telling", "a");
        JsonNode teamA = policy("telling", "team-a", """
                spec:
                  podSelector: {matchLabels: {app: orders}}
                  ingress: [{from: [{namespaceSelector: {matchLabels: {team: a}}}]}]
                """);
        // Until the label is known, the policy would break the flow.
        soon(() -> assertThat(jane.apply(teamA).code()).isEqualTo(201));
        soon(() -> assertThat(ready("telling")).isEqualTo("True AllSatisfied"));

        namespaceLabel("telling", "b");
        await().atMost(Duration.ofSeconds(2))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> {
                    assertThat(ready("telling")).isEqualTo("False FlowsBroken");
                    assertThat(events("telling")).contains("FlowBroken orders 1", "BreaksFlow team-a 1");
                });

        namespaceLabel("telling", "a");
        soon(() -> {
            assertThat(ready("telling")).isEqualTo("True AllSatisfied");
            assertThat(events("telling")).contains("FlowRepaired orders 1", "NoLongerBreaksFlow team-a 1");
        });

        namespaceLabel("telling", "b");
        soon(() -> assertThat(events("telling"))
                .contains("FlowBroken orders 2", "BreaksFlow team-a 2")
                .doesNotContain("FlowBroken orders 1", "BreaksFlow team-a 1"));
    }

    private void namespaceLabel(String namespace, String team) throws Exception {
        admin.patch(
                "/api/v1/namespaces/" + namespace, "merge", "{\"metadata\":{\"labels\":{\"team\":\"" + team + "\"}}}");
    }

    /** {@code True AllSatisfied}. */
    private String ready(String namespace) throws Exception {
        JsonNode ready = admin.get("/apis/flowguard.dev/v1alpha1/namespaces/" + namespace + "/flowcontracts/orders")
                .body()
                .at("/status/conditions/0");
        return ready.path("status").asText() + " " + ready.path("reason").asText();
    }

    /** {@code FlowBroken orders 1}: the reason, the object and the count. */
    private List<String> events(String namespace) throws Exception {
        List<String> events = new ArrayList<>();
        admin.get("/api/v1/namespaces/" + namespace + "/events")
                .body()
                .path("items")
                .forEach(event -> events.add(event.path("reason").asText() + " "
                        + event.at("/involvedObject/name").asText() + " "
                        + event.path("count").asText()));
        return events;
    }

    @Test
    @DisplayName("with failurePolicy Fail and nobody to ask, what needs no judgement passes, and nothing else")
    void nobodyThere() throws Exception {
        shop("strict");
        assertThat(jane.apply(policy(
                                "strict", "old", "spec: {podSelector: {matchLabels: {app: orders}}, ingress: [{}]}"))
                        .code())
                .isEqualTo(201);
        flowguard.failurePolicy("Fail");
        flowguard.plane().leadAll(List.of());

        soon(() -> assertThat(jane.apply(policy("strict", "new", "spec: {podSelector: {}}"))
                        .code())
                .isEqualTo(500));
        assertThat(jane.patch(policies("strict") + "/old", "merge", "{\"metadata\":{\"labels\":{\"team\":\"a\"}}}")
                        .code())
                .isEqualTo(200);
        assertThat(admin.apply(policy(NAMESPACE, "own", "spec: {podSelector: {}, ingress: [{}]}"))
                        .code())
                .isEqualTo(201);
        assertThat(admin.as(CONTROLLER, "system:masters")
                        .delete(policies("strict"))
                        .code())
                .as("the namespace controller cleans up")
                .isEqualTo(200);
    }

    @Test
    @DisplayName("a namespace that is being deleted is never held up")
    void namespaceDeletion() throws Exception {
        shop("leaving");
        assertThat(jane.apply(policy("leaving", "allow", """
                spec:
                  podSelector: {matchLabels: {app: orders}}
                  ingress: [{from: [{podSelector: {matchLabels: {app: checkout}}}]}]
                """)).code()).isEqualTo(201);
        assertThat(jane.apply(policy("leaving", "deny", "spec: {podSelector: {}, policyTypes: [Ingress]}"))
                        .code())
                .isEqualTo(201);
        soon(() -> assertThat(
                        jane.delete(policies("leaving") + "/allow?dryRun=All").code())
                .isEqualTo(403));

        assertThat(admin.delete("/api/v1/namespaces/leaving").isSuccess()).isTrue();
        soon(() -> assertThat(jane.delete(policies("leaving") + "/allow").isSuccess())
                .isTrue());
        assertThat(admin.as(CONTROLLER, "system:masters")
                        .delete(policies("leaving"))
                        .isSuccess())
                .isTrue();
    }

    @Test
    @DisplayName("a second replica serves with the CA of the first, and takes over without a refused call")
    void twoReplicas() throws Exception {
        String before = flowguard.caBundle();
        Replica first = flowguard.replicas().get(0);
        try (Replica second = flowguard.start()) {
            second.awaitReady();
            assertThat(flowguard.caBundle()).isEqualTo(before);
            flowguard.failurePolicy("Fail");
            shop("handover");
            JsonNode deny = policy("handover", "deny", "spec: {podSelector: {}, policyTypes: [Ingress]}");
            for (Replica each : List.of(second, first, second)) {
                flowguard.plane().leadAll(List.of(each));
                for (int i = 0; i < 10; i++) {
                    assertThat(jane.apply(deny).code()).isEqualTo(403);
                }
            }
        }
    }

    @Test
    @DisplayName("the account of the manifests may do all that is needed")
    void permissions() throws Exception {
        assertThat(flowguard.replicas().get(0).log())
                .doesNotContain("cannot be read")
                .doesNotContain("ERROR")
                .doesNotContain("forbidden");
        assertThat(flowguard.replicas().get(0).ready()).doesNotContain("but ");
    }

    @Test
    @DisplayName("what changes in the cluster is part of the next verdict within a second")
    void changesAreSeen() throws Exception {
        shop("moving");
        JsonNode deny =
                policy("moving", "deny", "spec: {podSelector: {matchLabels: {app: orders}}, policyTypes: [Ingress]}");
        assertThat(jane.apply(deny, "dryRun=All").code()).isEqualTo(403);

        admin.delete("/apis/flowguard.dev/v1alpha1/namespaces/moving/flowcontracts/orders");

        await().atMost(Duration.ofSeconds(1))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(
                        () -> assertThat(jane.apply(deny, "dryRun=All").code()).isEqualTo(201));
    }

    private void shop(String namespace) throws Exception {
        flowguard.shop(namespace);
    }

    private void namespace(String name) throws Exception {
        apply("{apiVersion: v1, kind: Namespace, metadata: {name: %s}}".formatted(name));
    }

    private void apply(String yaml) throws Exception {
        flowguard.apply(yaml);
    }
}
