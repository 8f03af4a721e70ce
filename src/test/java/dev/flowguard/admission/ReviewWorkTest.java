package dev.flowguard.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.admission.http.ReviewReader;
import dev.flowguard.admission.http.WeightBudget;
import dev.flowguard.admission.http.WorkLimit;
import dev.flowguard.config.WhenUnsure;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a review costs is known before anything is made of it. */
@DisplayName("A review")
class ReviewWorkTest {
    private static final WorkLimit LIMIT = new WorkLimit(2_000, 20, 300);

    private final List<String> judged = new ArrayList<>();
    private final List<String> counted = new ArrayList<>();

    static Stream<Arguments> tooMuch() {
        return Stream.of(
                Arguments.of(
                        "ports without an end",
                        "\"spec\": {\"ingress\": [{\"ports\": [" + "{\"protocol\": \"TCP\"},".repeat(301) + "{}]}]}",
                        "over 300 items"),
                Arguments.of(
                        "an unknown field of nothing",
                        "\"x\": [" + "[{}, {}, {}],".repeat(290) + "0]",
                        "over 2000 JSON"),
                Arguments.of(
                        "labels without an end", "\"metadata\": {\"labels\": {" + labels(301) + "}}", "over 300 items"),
                Arguments.of("a deep unknown field", "\"x\": " + "[".repeat(40) + "]".repeat(40), "nested over 20"),
                Arguments.of(
                        "deep objects", "\"x\": " + "{\"a\": ".repeat(40) + "1" + "}".repeat(40), "nested over 20"),
                Arguments.of(
                        "a depth beyond all measure",
                        "\"x\": " + "[".repeat(5_000) + "]".repeat(5_000),
                        "nested over 20"));
    }

    @DisplayName("of too much work is answered with its uid and a reason of its own, and nothing is made of it:")
    @ParameterizedTest(name = "{0}")
    @MethodSource("tooMuch")
    void tooLarge(String what, String content, String reason) throws Exception {
        for (String body : List.of(
                "\"uid\": \"u-1\", \"operation\": \"CREATE\", \"object\": {" + content + "}",
                "\"uid\": \"u-1\", \"oldObject\": {" + content + "}",
                "\"object\": {" + content.replaceFirst("\\[{4000,}.*", "[" + "[".repeat(500) + "]".repeat(501))
                        + "}, \"uid\": \"u-1\"",
                "\"uid\": \"u-1\", \"userInfo\": {\"extra\": {" + content + "}}")) {
            AdmissionResponse response = review(LIMIT, 1L << 30, body);
            assertThat(response.getUid()).isEqualTo("u-1");
            assertThat(response.getWarnings().get(0)).contains("could not judge this change: too large: " + reason);
        }
        assertThat(judged).isEmpty();
        assertThat(counted).containsOnly("too-large");
    }

    @DisplayName("that would weigh more than there is memory is too large, whatever the limits say")
    @Test
    void tooHeavy() throws Exception {
        String ports = "{\"protocol\": \"TCP\"},".repeat(200);
        AdmissionResponse response = review(
                Requests.LIMIT, 10_000, "\"uid\": \"u-1\", \"object\": {\"spec\": {\"ports\": [" + ports + "{}]}}");
        assertThat(response.getWarnings().get(0)).contains("too large: over what memory takes");
        assertThat(judged).isEmpty();
    }

    @DisplayName("of the largest object that an API server takes, twice, is judged")
    @Test
    void largest() throws Exception {
        // Three MiB of JSON are what it takes at most, and nothing in a policy is shorter.
        String ports = "[{\"ports\": [" + "{\"protocol\":\"TCP\"},".repeat(3 * 1024 * 1024 / 19) + "{}]}]";
        String spec = "{\"spec\": {\"ingress\": " + ports + "}}";
        review(Requests.LIMIT, 1L << 30, "\"uid\": \"u-1\", \"object\": " + spec + ", \"oldObject\": " + spec);
        assertThat(judged).containsExactly("u-1");
    }

    @DisplayName("leaves room for others: heavy ones get no more than half of it together")
    @Test
    void heavy() {
        WeightBudget weights = new WeightBudget(1_000);
        assertThat(weights.take(900)).isTrue();
        assertThat(weights.take(200)).as("a second heavy one").isFalse();
        assertThat(weights.take(100)).as("a light one").isTrue();
        weights.giveBack(900);
        weights.giveBack(100);
        assertThat(weights.take(400)).isTrue();
        assertThat(weights.take(200)).isFalse();
        for (int i = 0; i < 6; i++) {
            assertThat(weights.take(100)).isTrue();
        }
        assertThat(weights.take(1)).isFalse();
        assertThat(weights.couldTake(1_001)).isFalse();
    }

    private AdmissionResponse review(WorkLimit limit, long memory, String request) throws Exception {
        ReviewHandler handler = asked -> {
            judged.add(asked.getUid());
            return Requests.admitted();
        };
        ReviewDesk desk = new ReviewDesk(
                new ReviewReader(limit),
                handler,
                new Unjudged(WhenUnsure.ADMIT, (asked, rejected, reason) -> counted.add(reason)),
                Duration.ofMinutes(1),
                new WeightBudget(memory),
                (namespace, task) -> task.run(),
                asked -> false);
        String body = "{\"apiVersion\": \"admission.k8s.io/v1\", \"kind\": \"AdmissionReview\", \"request\": {"
                + request + "}}";
        return desk.review(body.getBytes(StandardCharsets.UTF_8))
                .toCompletableFuture()
                .get()
                .getResponse();
    }

    private static String labels(int count) {
        StringBuilder labels = new StringBuilder("\"l\": \"v\"");
        for (int i = 1; i < count; i++) {
            labels.append(", \"l").append(i).append("\": \"v\"");
        }
        return labels.toString();
    }
}
