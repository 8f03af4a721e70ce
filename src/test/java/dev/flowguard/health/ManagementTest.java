package dev.flowguard.health;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The port for the kubelet and Prometheus: plain HTTP, apart from the webhook. */
@QuarkusTest
class ManagementTest {
    @TestHTTPResource(value = "/health", management = true)
    @SuppressWarnings("NullAway.Init")
    URL health;

    @TestHTTPResource(value = "/metrics", management = true)
    @SuppressWarnings("NullAway.Init")
    URL metrics;

    @Test
    void readinessKnowsTheCertificate() {
        given().get(health + "/ready")
                .then()
                .body("checks.name", hasItem("can judge changes"))
                .body("checks.data.certificate", hasItem(containsString("CN=flowguard, self-signed, valid until")));
    }

    @Test
    void livenessAsksOnlyThisProcess() {
        given().get(health + "/live").then().statusCode(200).body("checks.name", is(List.of("reviews come to an end")));
    }

    @Test
    void startIsAskedForApart() {
        given().get(health + "/started").then().body("checks.name", hasItem("has been able to judge changes"));
    }

    @Test
    void metricsAreThoseOfPrometheus() {
        given().get(metrics).then().statusCode(200).body(containsString("jvm_memory_used_bytes"));
    }
}
