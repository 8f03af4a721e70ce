package dev.flowguard.admission;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import dev.flowguard.admission.http.BodyBudget;
import dev.flowguard.tls.Trust;
import dev.flowguard.tls.WebhookKeyStore;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The running application over real TLS, asked by a client that checks certificate and host name. */
@QuarkusTest
class ValidateTest {
    /** A kind that no handler has an opinion about. */
    private static final String REVIEW = """
        {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {
          "uid": "705ab4f5-6393-11e8-b7cc-42010a800002", "operation": "CREATE", "namespace": "shop", "name": "colours",
          "kind": {"group": "", "version": "v1", "kind": "ConfigMap"},
          "resource": {"group": "", "version": "v1", "resource": "configmaps"},
          "userInfo": {"username": "jane"},
          "object": {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "colours", "namespace": "shop"}}}}
        """;

    private static final Pattern CONTENT_LENGTH = Pattern.compile("(?i)content-length: (\\d+)");
    private static final int LIMIT = 8 * 1024 * 1024;

    @Inject
    WebhookKeyStore keyStore;

    @Inject
    BodyBudget budget;

    @TestHTTPResource(value = "/validate", tls = true)
    @SuppressWarnings("NullAway.Init")
    URL url;

    @SuppressWarnings("NullAway.Init")
    private RestAssuredConfig trusting;

    @BeforeEach
    void trustTheCertificate() throws Exception {
        trusting = Trust.config(keyStore.served());
    }

    @Test
    void theAnswerIsAReviewOfTheSameVersionWithTheSameUid() {
        review().body(REVIEW)
                .post(url)
                .then()
                .statusCode(200)
                .contentType(ContentType.JSON)
                .body("apiVersion", is("admission.k8s.io/v1"))
                .body("kind", is("AdmissionReview"))
                .body("response.uid", is("705ab4f5-6393-11e8-b7cc-42010a800002"))
                .body("response.allowed", is(true))
                .body("request", equalTo(null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?timeout=3s", "?timeout=2.5s&x=y"})
    void theTimeoutThatTheApiServerAddsIsNoObstacle(String query) {
        review().body(REVIEW).post(url + query).then().statusCode(200);
    }

    @Test
    void aBodyThatIsNotJson() {
        refused(
                given().config(trusting).contentType(ContentType.JSON).body("{\"kind\": "),
                400,
                "BadRequest",
                "not JSON");
    }

    @Test
    void anEmptyBody() {
        refused(given().config(trusting).contentType(ContentType.JSON), 400, "BadRequest", "The body is empty");
    }

    @Test
    void aTypeErrorInsideTheObjectIsNamedByItsPath() {
        refused(
                review().body(REVIEW.replace("\"object\": {", "\"object\": {\"data\": [], ")),
                400,
                "BadRequest",
                "request.object.data must be an object, not a list");
    }

    @Test
    void aReviewWithoutRequest() {
        refused(review().body(REVIEW.replace("\"request\"", "\"response\"")), 400, "BadRequest", "has no request");
    }

    @Test
    void aRequestWithoutUid() {
        refused(review().body(REVIEW.replace("\"uid\"", "\"id\"")), 400, "BadRequest", "has no request.uid");
    }

    @Test
    void anotherVersion() {
        refused(
                review().body(REVIEW.replace("admission.k8s.io/v1", "admission.k8s.io/v1beta1")),
                400,
                "BadRequest",
                "expected an object of kind AdmissionReview, apiVersion admission.k8s.io/v1.");
    }

    @Test
    void anotherContentType() {
        refused(
                given().config(trusting)
                        .contentType("application/yaml")
                        .body("kind: AdmissionReview".getBytes(StandardCharsets.UTF_8)),
                415,
                "UnsupportedMediaType",
                "Content-Type: application/json");
    }

    @Test
    void anotherMethod() {
        given().config(trusting)
                .get(url)
                .then()
                .statusCode(405)
                .header("Allow", containsString("POST"))
                .body("message", allOf(containsString("POST an AdmissionReview"), containsString("/validate")));
    }

    @Test
    void anotherPath() {
        given().config(trusting)
                .get(url + "/x")
                .then()
                .statusCode(404)
                .body("message", containsString("POST an AdmissionReview of admission.k8s.io/v1 to /validate"));
    }

    @Test
    void aBodyOfTheLargestSizeIsTaken() {
        String review = REVIEW + " ".repeat(LIMIT - REVIEW.length());

        review().body(review).post(url).then().statusCode(200);
    }

    @Test
    void aLargerBodyIsRefusedByItsAnnouncement() throws Exception {
        assertTooLarge(HttpRequest.BodyPublishers.ofByteArray(new byte[LIMIT + 1]));
    }

    @Test
    void aLargerBodyIsRefusedWhereItsSizeIsNotAnnounced() throws Exception {
        assertTooLarge(
                HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofByteArray(new byte[LIMIT + 1])));
    }

    @Test
    void aBodyForWhichThereIsNoRoomIsRefused() {
        long room = budget.left();
        assertThat(budget.take(room)).isTrue();
        refused(review().body(REVIEW), 503, "ServiceUnavailable", "there is no room for the body of this one");

        budget.giveBack(room);
        review().body(REVIEW).post(url).then().statusCode(200);
    }

    @Test
    void oneConnectionCarriesManyReviews() throws Exception {
        byte[] body = REVIEW.getBytes(StandardCharsets.UTF_8);
        String head = "POST /validate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length + "\r\n\r\n";
        try (SSLSocket socket = (SSLSocket)
                Trust.context(keyStore.served()).getSocketFactory().createSocket(url.getHost(), url.getPort())) {
            InputStream answers = socket.getInputStream();
            for (int i = 0; i < 3; i++) {
                socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().write(body);
                assertThat(nextAnswer(answers)).contains("\"uid\":\"705ab4f5-6393-11e8-b7cc-42010a800002\"");
            }
        }
    }

    private RequestSpecification review() {
        return given().config(trusting).contentType(ContentType.JSON);
    }

    private void refused(RequestSpecification request, int code, String reason, String sentence) {
        request.post(url)
                .then()
                .statusCode(code)
                .contentType(ContentType.JSON)
                .body("kind", is("Status"))
                .body("status", is("Failure"))
                .body("code", is(code))
                .body("reason", is(reason))
                .body("message", containsString(sentence));
    }

    private void assertTooLarge(HttpRequest.BodyPublisher body) throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .sslContext(Trust.context(keyStore.served()))
                .build();

        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(url.toURI())
                        .header("Content-Type", "application/json")
                        .POST(body)
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("The body is larger than 8388608 bytes");
    }

    /** The next answer of a connection that stays open: its end is where its Content-Length says. */
    private static String nextAnswer(InputStream connection) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) connection.read());
        }
        assertThat(head).startsWith("HTTP/1.1 200");
        Matcher length = CONTENT_LENGTH.matcher(head);
        assertThat(length.find()).isTrue();
        return new String(connection.readNBytes(Integer.parseInt(length.group(1))), StandardCharsets.UTF_8);
    }
}
