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

/** The third webhook on the demo shop, over real TLS. Only dry runs, so that the shop stays as it is. */
@QuarkusTest
@DisplayName("The webhook for changes of other objects")
class ChangesWebhookTest {
    private static final String UID = "705ab4f5-6393-11e8-b7cc-42010a800003";

    private static final String SERVICE = """
            {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "orders", "namespace": "shop"},
             "spec": {"type": "ClusterIP", "clusterIP": "10.96.20.3", "clusterIPs": ["10.96.20.3"],
              "selector": {"app": "orders"}, "sessionAffinity": "None", "ipFamilies": ["IPv4"],
              "ports": [{"name": "http", "protocol": "TCP", "port": 80, "targetPort": 8080}]},
             "status": {"loadBalancer": {}}}""";

    @Inject
    WebhookKeyStore keyStore;

    @TestHTTPResource(value = "/validate-changes", tls = true)
    URL url;

    @TestHTTPResource(value = "/metrics", management = true)
    URL metrics;

    private RestAssuredConfig trusting;

    @BeforeEach
    void trustTheCertificate() throws Exception {
        trusting = Trust.config(keyStore.served());
    }

    @Test
    @DisplayName(
            "a Service that leads to a port which policies close is admitted, with the flow that it cuts, and counted")
    void cuts() {
        AdmissionResponse response = ask(SERVICE.replace("8080", "9090"));
        assertThat(response.getWarnings())
                .singleElement()
                .asString()
                .startsWith(
                        "this change of the Service cuts checkout -> orders:9090/TCP (shop/orders/checkout-calls-orders): ");
        assertThat(response.getAuditAnnotations())
                .containsEntry("decision", "admit")
                .containsEntry("reason", "cuts-flows");
        given().get(metrics).then().body(containsString("reason=\"cuts-flows\""));
    }

    @Test
    @DisplayName("a Service behind which no pod is left is admitted, with the flow that is without effect then")
    void leadsNowhere() {
        assertThat(ask(SERVICE.replace("\"app\": \"orders\"", "\"app\": \"order\""))
                        .getWarnings())
                .anySatisfy(warning -> assertThat(warning)
                        .startsWith(
                                "this change of the Service leaves shop/orders/checkout-calls-orders without effect: to: no"
                                        + " pod stands behind "));
    }

    @Test
    @DisplayName("a change on which no flow depends is admitted without a word")
    void harmless() {
        AdmissionResponse response = ask(SERVICE.replace("\"name\": \"http\"", "\"name\": \"web\""));
        assertThat(response.getWarnings()).isNullOrEmpty();
        assertThat(response.getAuditAnnotations()).containsEntry("reason", "cuts-nothing");
    }

    private AdmissionResponse ask(String object) {
        String review = String.format("""
                {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {
                 "uid": "%s", "kind": {"group": "", "version": "v1", "kind": "Service"}, "name": "orders",
                 "namespace": "shop", "operation": "UPDATE",
                 "userInfo": {"username": "jane", "groups": ["system:authenticated"]},
                 "object": %s, "oldObject": %s, "dryRun": true,
                 "options": {"kind": "UpdateOptions", "apiVersion": "meta.k8s.io/v1"}}}""", UID, object, SERVICE);
        String answer = given().config(trusting)
                .contentType(ContentType.JSON)
                .body(review)
                .post(url + "?timeout=3s")
                .then()
                .statusCode(200)
                .body("response.uid", is(UID))
                .extract()
                .asString();
        AdmissionResponse response =
                Serialization.unmarshal(answer, AdmissionReview.class).getResponse();
        assertThat(response.getAllowed()).isTrue();
        return response;
    }
}
