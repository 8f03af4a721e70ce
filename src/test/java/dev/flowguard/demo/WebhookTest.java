package dev.flowguard.demo;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.tls.Trust;
import dev.flowguard.tls.WebhookKeyStore;
import io.fabric8.kubernetes.api.model.GroupVersionKind;
import io.fabric8.kubernetes.api.model.GroupVersionResource;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponse;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionReview;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionReviewBuilder;
import io.fabric8.kubernetes.api.model.authentication.UserInfoBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The running webhook on the demo shop, over real TLS. Each test leaves the shop as it found it. */
@QuarkusTest
@DisplayName("The webhook on the demo shop")
class WebhookTest {
    @Inject
    WebhookKeyStore keyStore;

    @TestHTTPResource(value = "/validate", tls = true)
    URL url;

    private RestAssuredConfig trusting;

    @BeforeEach
    void trustTheCertificate() throws Exception {
        trusting = Trust.config(keyStore.served());
    }

    @Test
    @DisplayName(
            "a change that cuts a declared flow is refused: 403, the same uid, a cause for each flow, warnings beside")
    void rejection() throws IOException {
        NetworkPolicy typo = policy(Demo.numbered("06"));
        AdmissionRequest request = request("UPDATE", typo);
        AdmissionResponse response = ask(request);
        assertThat(response.getUid()).isEqualTo(request.getUid());
        assertThat(response.getAllowed()).isFalse();
        assertThat(response.getStatus().getCode()).isEqualTo(403);
        assertThat(response.getStatus().getReason()).isEqualTo("Forbidden");
        assertThat(response.getStatus().getMessage()).startsWith("breaks 1 declared flow in namespace shop\n");
        assertThat(response.getStatus().getDetails().getKind()).isEqualTo("networkpolicies");
        assertThat(response.getStatus().getDetails().getName()).isEqualTo("orders-ingress");
        assertThat(response.getStatus().getDetails().getCauses())
                .singleElement()
                .satisfies(cause -> {
                    assertThat(cause.getReason()).isEqualTo("FlowBroken");
                    assertThat(cause.getMessage()).startsWith("checkout -> orders:8080/TCP");
                });
        assertThat(response.getWarnings())
                .hasSize(1)
                .allSatisfy(warning -> assertThat(warning).hasSizeLessThanOrEqualTo(120));
        assertThat(response.getAuditAnnotations())
                .containsEntry("decision", "reject")
                .containsEntry("newly-broken", "FlowContract shop/orders, flow checkout-calls-orders")
                .containsKey("snapshot-age");
    }

    @Test
    @DisplayName("a DELETE comes with the old object only")
    void deletion() throws IOException {
        NetworkPolicy allowDns = inTheShop("shop-policies.yaml", "allow-dns");
        AdmissionRequest request = request("DELETE", allowDns);
        request.setObject(null);
        request.setOldObject(allowDns);
        AdmissionResponse response = ask(request);
        assertThat(response.getAllowed()).isFalse();
        assertThat(response.getStatus().getMessage()).contains("53/TCP,53/UDP");
    }

    @Test
    @DisplayName("what is admitted becomes part of the cluster, a dry run does not")
    void sequence() throws IOException {
        NetworkPolicy deny = policy(Demo.numbered("20a"));
        NetworkPolicy allow = policy(Demo.numbered("20b"));
        AdmissionRequest dry = request("CREATE", allow);
        dry.setDryRun(true);
        assertThat(ask(dry).getAllowed()).isTrue();
        assertThat(ask(request("CREATE", deny)).getAllowed())
                .as("after a dry run of the allow")
                .isFalse();
        assertThat(ask(request("CREATE", allow)).getAllowed()).isTrue();
        assertThat(ask(request("CREATE", deny)).getAllowed())
                .as("after the allow")
                .isTrue();
        assertThat(ask(deletionOf(allow)).getAllowed())
                .as("taking the allow away again")
                .isFalse();
        assertThat(ask(deletionOf(deny)).getAllowed()).isTrue();
        assertThat(ask(deletionOf(allow)).getAllowed()).isTrue();
    }

    @Test
    @DisplayName("W10: an update that leaves the spec as it is passes, whatever else it says")
    void sameSpec() throws IOException {
        NetworkPolicy typo = policy(Demo.numbered("06"));
        NetworkPolicy labelled = policy(Demo.numbered("06"));
        labelled.getMetadata().setLabels(Map.of("team", "orders"));
        AdmissionRequest request = request("UPDATE", labelled);
        request.setOldObject(typo);
        request.setDryRun(true);
        assertThat(ask(request).getAuditAnnotations()).containsEntry("reason", "spec-unchanged");
    }

    @Test
    @DisplayName("W8: a policy that is yet to be named is judged under its prefix")
    void generateName() throws IOException {
        NetworkPolicy deny = policy(Demo.numbered("20a"));
        deny.getMetadata().setName(null);
        deny.getMetadata().setGenerateName("default-deny-");
        AdmissionResponse response = ask(request("CREATE", deny));
        assertThat(response.getAllowed()).isFalse();
        assertThat(response.getStatus().getMessage()).contains("NetworkPolicy kube-system/default-deny-*");
    }

    @Test
    @DisplayName("W27: a peer of an unknown kind is never taken for harmless, nor for harmful")
    void unknownField() throws IOException {
        NetworkPolicy policy = policy(Demo.numbered("06"));
        policy.getSpec().getIngress().get(0).getFrom().get(0).setAdditionalProperty("futurePeer", Map.of("x", "y"));
        AdmissionRequest request = request("UPDATE", policy);
        request.setDryRun(true);
        AdmissionResponse response = ask(request);
        assertThat(response.getAllowed()).isTrue();
        assertThat(response.getWarnings())
                .anySatisfy(warning -> assertThat(warning)
                        .startsWith(
                                "cannot tell about checkout -> orders:8080/TCP (shop/orders/checkout-calls-orders)"));
    }

    @Test
    @DisplayName("a policy that the API server refuses is admitted, and the field is named")
    void invalid() throws IOException {
        NetworkPolicy policy = policy(Demo.numbered("06"));
        policy.getSpec().getIngress().get(0).getPorts().get(0).setEndPort(80);
        AdmissionRequest request = request("UPDATE", policy);
        request.setDryRun(true);
        AdmissionResponse response = ask(request);
        assertThat(response.getAllowed()).isTrue();
        assertThat(response.getWarnings()).singleElement().asString().contains("spec.ingress[0].ports[0].endPort");
    }

    @Test
    @DisplayName("other kinds, subresources and operations pass untouched")
    void unconcerned() throws IOException {
        NetworkPolicy typo = policy(Demo.numbered("06"));
        AdmissionRequest status = request("UPDATE", typo);
        status.setSubResource("status");
        AdmissionRequest connect = request("CONNECT", typo);
        AdmissionRequest other = request("UPDATE", typo);
        other.setKind(new GroupVersionKind("crd.projectcalico.org", "NetworkPolicy", "v1"));
        for (AdmissionRequest request : List.of(status, connect, other)) {
            AdmissionResponse response = ask(request);
            assertThat(response.getAllowed()).isTrue();
            assertThat(response.getWarnings()).isNullOrEmpty();
            assertThat(response.getAuditAnnotations()).containsEntry("reason", "not-concerned");
        }
    }

    @Test
    @DisplayName("the override needs a permission, which in this mode cluster administrators have")
    void override() throws IOException {
        NetworkPolicy open = policy(Demo.numbered("17"));
        AdmissionRequest byAnn = request("UPDATE", open);
        assertThat(ask(byAnn).getStatus().getMessage())
                .contains("not overridden: ann lacks permission \"override\" on flowcontracts.flowguard.dev");
        AdmissionRequest byAdministrator = request("UPDATE", open);
        byAdministrator.setUserInfo(new UserInfoBuilder()
                .withUsername("root")
                .withGroups("system:masters")
                .build());
        byAdministrator.setDryRun(true);
        assertThat(ask(byAdministrator).getWarnings().get(0)).startsWith("rejection overridden: INC-4711");
    }

    @Test
    @DisplayName("the two reviews that the README sends are answered as it says")
    void readme() throws IOException {
        for (boolean harmless : new boolean[] {true, false}) {
            String file = harmless ? "reviews/history.json" : "reviews/typo.json";
            AdmissionRequest request = Serialization.unmarshal(
                            Files.readString(Demo.FOLDER.resolve(file)), AdmissionReview.class)
                    .getRequest();
            request.setDryRun(true);
            assertThat(ask(request).getAllowed()).as(file).isEqualTo(harmless);
        }
    }

    private AdmissionResponse ask(AdmissionRequest request) {
        AdmissionReview review =
                new AdmissionReviewBuilder().withRequest(request).build();
        String answer = given().config(trusting)
                .contentType(ContentType.JSON)
                .body(Serialization.asJson(review))
                .post(url)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        return Serialization.unmarshal(answer, AdmissionReview.class).getResponse();
    }

    private static AdmissionRequest deletionOf(NetworkPolicy policy) {
        AdmissionRequest request = request("DELETE", policy);
        request.setObject(null);
        request.setOldObject(policy);
        return request;
    }

    private static AdmissionRequest request(String operation, NetworkPolicy policy) {
        AdmissionRequest request = new AdmissionRequest();
        request.setUid(UUID.nameUUIDFromBytes((operation + policy).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .toString());
        request.setOperation(operation);
        request.setKind(new GroupVersionKind("networking.k8s.io", "NetworkPolicy", "v1"));
        request.setResource(new GroupVersionResource("networking.k8s.io", "networkpolicies", "v1"));
        request.setName(policy.getMetadata().getName());
        request.setNamespace(policy.getMetadata().getNamespace());
        request.setObject(policy);
        request.setUserInfo(new UserInfoBuilder().withUsername("ann").build());
        return request;
    }

    private static NetworkPolicy policy(String file) throws IOException {
        return Serialization.unmarshal(Files.readString(Path.of(file)), NetworkPolicy.class);
    }

    private static NetworkPolicy inTheShop(String file, String name) throws IOException {
        for (String document : Files.readString(Demo.FOLDER.resolve(file)).split("(?m)^---$")) {
            if (document.contains("name: " + name + "\n")) {
                return Serialization.unmarshal(document, NetworkPolicy.class);
            }
        }
        throw new AssertionError("No " + name + " in " + file);
    }
}
