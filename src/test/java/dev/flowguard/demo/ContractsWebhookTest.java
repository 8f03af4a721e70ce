package dev.flowguard.demo;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import dev.flowguard.tls.Trust;
import dev.flowguard.tls.WebhookKeyStore;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponse;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionReview;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.net.URL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The second webhook on the demo shop, over real TLS. Each test leaves the shop as it found it. */
@QuarkusTest
@DisplayName("The webhook for contracts and annotated objects")
class ContractsWebhookTest {
    private static final String UID = "705ab4f5-6393-11e8-b7cc-42010a800002";

    private static final String CONTRACT = """
            {"apiVersion": "flowguard.dev/v1alpha1", "kind": "FlowContract",
             "metadata": {"name": "returns", "namespace": "shop", "uid": "8a5b1c0e-0000-4000-8000-000000000001",
              "creationTimestamp": "2026-01-07T08:00:00Z", "generation": 1,
              "managedFields": [{"manager": "kubectl-client-side-apply", "operation": "Update",
               "apiVersion": "flowguard.dev/v1alpha1", "time": "2026-01-07T08:00:00Z", "fieldsType": "FieldsV1",
               "fieldsV1": {"f:spec": {".": {}, "f:flows": {}}}}]},
             "spec": {"enforcement": "Deny", "flows": [
              {"name": "storefront-calls-orders", "expect": "Allowed",
               "from": {"podSelector": {"matchLabels": {"app": "storefront"}}},
               "to": {"podSelector": {"matchLabels": {"app": "orders"}}},
               "ports": [{"protocol": "TCP", "port": 8080}]}]}}""";

    private static final String TYPO = CONTRACT.replace("\"app\": \"storefront\"", "\"app\": \"storefornt\"");

    private static final String DEPLOYMENT = """
            {"apiVersion": "apps/v1", "kind": "Deployment",
             "metadata": {"name": "returns", "namespace": "shop", "annotations": {
              "flowguard.dev/egress-to": "dns; service orders prot http",
              "kubectl.kubernetes.io/last-applied-configuration": "{}"}},
             "spec": {"replicas": 1, "selector": {"matchLabels": {"app": "returns"}},
              "template": {"metadata": {"labels": {"app": "returns"}, "creationTimestamp": null},
               "spec": {"containers": [{"name": "returns", "image": "registry.example.com/shop/returns:1.0.0",
                "imagePullPolicy": "IfNotPresent", "resources": {}}],
                "restartPolicy": "Always", "dnsPolicy": "ClusterFirst", "securityContext": {}}}},
             "status": {}}""";

    private static final String SERVICE = """
            {"apiVersion": "v1", "kind": "Service",
             "metadata": {"name": "orders", "namespace": "shop", "annotations": {
              "flowguard.dev/ingress-from": "pods app=checkout port 8080; pods app=checkout"}},
             "spec": {"type": "ClusterIP", "clusterIP": "10.96.20.3", "clusterIPs": ["10.96.20.3"],
              "selector": {"app": "orders"}, "sessionAffinity": "None", "ipFamilies": ["IPv4"],
              "ports": [{"name": "http", "protocol": "TCP", "port": 80, "targetPort": 8080}]},
             "status": {"loadBalancer": {}}}""";

    private static final String POLICY = """
            {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy",
             "metadata": {"name": "storefront-egress", "namespace": "shop"},
             "spec": {"podSelector": {"matchLabels": {"app": "storefront"}}, "policyTypes": ["Egress"]}}""";

    @Inject
    WebhookKeyStore keyStore;

    @TestHTTPResource(value = "/validate-contracts", tls = true)
    URL url;

    @TestHTTPResource(value = "/validate", tls = true)
    URL policies;

    @TestHTTPResource(value = "/metrics", management = true)
    URL metrics;

    private RestAssuredConfig trusting;

    @BeforeEach
    void trustTheCertificate() throws Exception {
        trusting = Trust.config(keyStore.served());
    }

    @Test
    @DisplayName("a contract with a typo in a label is admitted with the label that was meant, and counted")
    void typo() {
        AdmissionResponse response = ask(url, dryRun("CREATE", TYPO, "null"));
        assertThat(response.getWarnings())
                .containsExactly("flow storefront-calls-orders, from: no pod in shop has app=storefornt; did you mean"
                        + " app=storefront?");
        assertThat(response.getAuditAnnotations())
                .containsEntry("decision", "admit")
                .containsEntry("reason", "declaration-questionable")
                .containsEntry("problems", "1")
                .containsKey("snapshot-age");
        given().get(metrics)
                .then()
                .body(containsString("reason=\"declaration-questionable\""))
                .body(containsString("webhook=\"contracts\""));
    }

    @Test
    @DisplayName("an annotation is answered with the place of the mistake and what was expected")
    void annotation() {
        assertThat(ask(url, dryRun("CREATE", DEPLOYMENT, "null")).getWarnings())
                .containsExactly(
                        "egress-to, column 21: found \"prot\", expected \"port\" or the end of the flow; did you"
                                + " mean \"port\"?");
    }

    @Test
    @DisplayName("the port of the pods in an annotation on their Service is answered with the Service's own")
    void service() {
        assertThat(ask(url, dryRun("UPDATE", SERVICE, SERVICE)).getWarnings())
                .containsExactly(
                        "ingress-from: 8080 is the port of the pods behind Service orders; write the Service's own port,"
                                + " 80");
    }

    @Test
    @DisplayName("a flow that policies block is admitted, with the policies' names")
    void blocked() {
        assertThat(ask(url, dryRun("UPDATE", CONTRACT, TYPO)).getWarnings())
                .containsExactly("flow storefront-calls-orders: already blocked on egress by storefront-egress and on"
                        + " ingress by orders-ingress");
    }

    @Test
    @DisplayName("what is admitted binds the next policy, what is deleted does not, and a dry run changes nothing")
    void sequence() {
        String contract = CONTRACT.replace("orders", "checkout");
        String breaking = dryRun("UPDATE", POLICY, "null");
        ask(url, dryRun("CREATE", contract, "null"));
        assertThat(ask(policies, breaking).getStatus().getMessage()).doesNotContain("FlowContract shop/returns");
        assertThat(ask(url, review("CREATE", contract, "null", false)).getWarnings())
                .isNullOrEmpty();
        assertThat(ask(policies, breaking).getStatus().getMessage()).contains("FlowContract shop/returns");
        assertThat(ask(url, review("DELETE", "null", contract, false)).getAllowed())
                .isTrue();
        assertThat(ask(policies, breaking).getStatus().getMessage()).doesNotContain("FlowContract shop/returns");
    }

    @Test
    @DisplayName("a deletion, a policy and other kinds pass without a word")
    void unconcerned() {
        assertThat(ask(url, dryRun("DELETE", "null", TYPO)).getWarnings()).isNullOrEmpty();
        for (String other : new String[] {
            POLICY, TYPO.replace("flowguard.dev", "example.com"), DEPLOYMENT.replace("flowguard.dev/", "example.com/")
        }) {
            assertThat(ask(url, dryRun("CREATE", other, "null")).getWarnings()).isNullOrEmpty();
        }
    }

    @Test
    @DisplayName("what is no AdmissionReview is told what was expected, and a larger body where its end is")
    void malformed() {
        given().config(trusting)
                .contentType(ContentType.JSON)
                .body(CONTRACT)
                .post(url)
                .then()
                .statusCode(400)
                .body("message", containsString("expected an object of kind AdmissionReview"));
        given().config(trusting)
                .contentType(ContentType.JSON)
                .body(dryRun("CREATE", DEPLOYMENT.replace("\"replicas\": 1", "\"replicas\": {}"), "null"))
                .post(url)
                .then()
                .statusCode(400)
                .body("message", containsString("request.object.spec.replicas must be a number, not an object"));
        given().config(trusting)
                .contentType(ContentType.JSON)
                .body(new byte[8 * 1024 * 1024 + 1])
                .post(url)
                .then()
                .statusCode(413);
        given().config(trusting).get(url).then().statusCode(405);
    }

    /** The answer, which always has the same uid, version and kind, and never refuses anything that comes here. */
    private AdmissionResponse ask(URL where, String review) {
        String answer = given().config(trusting)
                .contentType(ContentType.JSON)
                .body(review)
                .post(where + "?timeout=3s")
                .then()
                .statusCode(200)
                .body("apiVersion", is("admission.k8s.io/v1"))
                .body("kind", is("AdmissionReview"))
                .body("response.uid", is(UID))
                .extract()
                .asString();
        AdmissionResponse response =
                Serialization.unmarshal(answer, AdmissionReview.class).getResponse();
        assertThat(response.getAllowed()).isEqualTo(where == url);
        return response;
    }

    private static String dryRun(String operation, String object, String oldObject) {
        return review(operation, object, oldObject, true);
    }

    private static String review(String operation, String object, String oldObject, boolean dryRun) {
        String one = object.equals("null") ? oldObject : object;
        String version = one.replaceFirst("(?s)^\\{\"apiVersion\": \"([^\"]*)\".*", "$1");
        String kind = one.replaceFirst("(?s)^\\{\"apiVersion\": \"[^\"]*\", \"kind\": \"([^\"]*)\".*", "$1");
        String group = version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
        String gvk = String.format(
                "{\"group\": \"%s\", \"version\": \"%s\", \"kind\": \"%s\"}",
                group, version.substring(version.indexOf('/') + 1), kind);
        return String.format("""
                {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {
                 "uid": "%s", "kind": %s, "requestKind": %s, "name": "returns", "namespace": "shop", "operation": "%s",
                 "userInfo": {"username": "jane", "groups": ["system:authenticated"]},
                 "object": %s, "oldObject": %s, "dryRun": %s,
                 "options": {"kind": "CreateOptions", "apiVersion": "meta.k8s.io/v1"}}}""", UID, gvk, gvk, operation, object, oldObject, dryRun);
    }
}
