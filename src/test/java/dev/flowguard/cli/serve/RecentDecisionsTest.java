package dev.flowguard.cli.serve;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DisplayName("The page beside the webhook")
class RecentDecisionsTest {
    @Inject
    @SuppressWarnings("NullAway.Init")
    ServedPage page;

    @TestHTTPResource(value = "/validate", tls = true)
    @SuppressWarnings("NullAway.Init")
    URL webhook;

    @Test
    @DisplayName("tells by a server-sent event that a review was answered, and lists it with its answer")
    void appears() throws IOException {
        String address = page.start().orElseThrow();
        try (BufferedReader events = open(address + "api/events")) {
            long before = next(events);

            given().relaxedHTTPSValidation()
                    .contentType("application/json")
                    .body(Path.of("deploy/demo/reviews/typo.json").toFile())
                    .post(webhook)
                    .then()
                    .statusCode(200);

            assertThat(next(events)).isGreaterThan(before);
            assertThat(text(address + "api/decisions"))
                    .contains("\"what\":\"update NetworkPolicy shop/orders-ingress")
                    .contains("\"decision\":\"Rejected\"")
                    .contains("checkout -> orders:8080/TCP");
            assertThat(text(address + "api/map?state=now")).contains("\"decides\":true");
        } finally {
            page.stop();
        }
    }

    private static BufferedReader open(String address) throws IOException {
        return new BufferedReader(
                new InputStreamReader(URI.create(address).toURL().openStream(), StandardCharsets.UTF_8));
    }

    private static String text(String address) throws IOException {
        try (InputStream in = URI.create(address).toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The number of the next event about decisions. */
    private static long next(BufferedReader events) throws IOException {
        String line = events.readLine();
        while (!"event: decided".equals(line)) {
            assertThat(line).as("the stream goes on").isNotNull();
            line = events.readLine();
        }
        return Long.parseLong(events.readLine().substring("data: ".length()));
    }
}
