package dev.flowguard.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flowguard.cli.Trusting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends reviews over a connection of its own, and counts how they were answered. */
final class SoakSender {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String UNJUDGED = "could not judge this change: ";

    private final HttpClient client;
    private final URI target;
    private final List<String> reviews;
    private final AtomicInteger next = new AtomicInteger();
    private final Map<String, Integer> answers = new ConcurrentHashMap<>();

    SoakSender(URI target, List<String> reviews) throws GeneralSecurityException {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(Trusting.anybody())
                .build();
        this.target = target;
        this.reviews = List.copyOf(reviews);
    }

    /** The next of its reviews, and what was answered. */
    void send() throws InterruptedException {
        String review = reviews.get(Math.floorMod(next.getAndIncrement(), reviews.size()));
        answers.merge(answer(review), 1, Integer::sum);
    }

    private String answer(String review) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(target)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(review))
                .build();
        try {
            HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
            return response.statusCode() == 200
                    ? kind(JSON.readTree(response.body()).path("response"))
                    : "HTTP " + response.statusCode();
        } catch (IOException e) {
            return "no answer: " + e.getClass().getSimpleName();
        }
    }

    /** {@code judged}, or why not. */
    private static String kind(JsonNode response) {
        for (JsonNode warning : response.path("warnings")) {
            int at = warning.asText().indexOf(UNJUDGED);
            if (at >= 0) {
                return "unjudged: "
                        + warning.asText().substring(at + UNJUDGED.length()).replaceAll(" \\(uid .*", "");
            }
        }
        return response.has("allowed") ? "judged" : "no verdict";
    }

    /** How many answers there were of each kind. */
    Map<String, Integer> answers() {
        return answers;
    }

    int of(String kind) {
        return answers.getOrDefault(kind, 0);
    }
}
