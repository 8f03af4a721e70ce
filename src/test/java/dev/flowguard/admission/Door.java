package dev.flowguard.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flowguard.admission.decision.ClusterState;
import dev.flowguard.admission.decision.DecisionSettings;
import dev.flowguard.admission.decision.Waiting;
import dev.flowguard.admission.http.BadReview;
import dev.flowguard.admission.http.ReviewOutline;
import dev.flowguard.admission.http.ReviewReader;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.feed.InMemoryCluster;
import dev.flowguard.feed.Manifests;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponse;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A webhook without its port: the bytes of a review in, what went wrong out. It knows the demo shop. */
public final class Door {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int FRAMES = 6;
    private static final List<Observation> SHOP =
            Manifests.read(Path.of("deploy/demo"), false).observations();

    private final ReviewReader reader = new ReviewReader(Requests.LIMIT);
    private final ReviewHandler handler;

    private Door(ReviewHandler handler) {
        this.handler = handler;
    }

    /** The one that asks about objects of that type. */
    public static Door of(Class<?> type) {
        return type == NetworkPolicy.class ? policies() : declarations();
    }

    public static Door policies() {
        return new Door(new PolicyReviews(
                shop(),
                DecisionSettings.DEFAULT,
                new DecisionMetrics(new SimpleMeterRegistry()),
                override -> {},
                Waiting.ALONE));
    }

    public static Door declarations() {
        return new Door(new DeclarationReviews(shop(), new DecisionMetrics(new SimpleMeterRegistry())));
    }

    public static Door changes() {
        return new Door(
                new ChangeReviews(shop(), DecisionSettings.DEFAULT, new DecisionMetrics(new SimpleMeterRegistry())));
    }

    /** What went wrong; nothing where there was an answer or a sentence. */
    public Optional<String> ask(JsonNode review) {
        return ask(review.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** What is answered to a review that is right. */
    public AdmissionResponse answer(byte[] body) throws BadReview {
        return handler.handle(reader.read(body)).response();
    }

    public Optional<String> ask(byte[] body) {
        try {
            ReviewOutline outline = reader.outline(body);
            if (outline.isTooLarge()) {
                return outline.hasUid() ? Optional.empty() : Optional.of("too large, and its uid is not known");
            }
            AdmissionRequest request = reader.read(body);
            Answer answer = handler.handle(request);
            answer.whenGiven().run();
            JSON.writeValueAsBytes(answer.response());
            return Optional.empty();
        } catch (BadReview sentence) {
            return String.valueOf(sentence.getMessage()).isBlank() ? Optional.of("no sentence") : Optional.empty();
        } catch (Exception | StackOverflowError e) {
            StringBuilder story = new StringBuilder(e.toString());
            for (int i = 0; i < Math.min(FRAMES, e.getStackTrace().length); i++) {
                story.append("\n      ").append(e.getStackTrace()[i]);
            }
            return Optional.of(story.toString());
        }
    }

    private static ClusterState shop() {
        return new InMemoryCluster(ClusterSettings.DEFAULT, SHOP);
    }
}
