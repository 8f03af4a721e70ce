package dev.flowguard.admission;

import dev.flowguard.assess.Effort;
import dev.flowguard.net.Plain;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponse;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The answers that were given lately, for whoever looks at them. What is kept of each is short, and of many only the last. */
@Singleton
public class RecentReviews {
    private static final int MOST = 100;

    private final Clock clock;
    private final Deque<Given> latest = new ArrayDeque<>();
    private long count;

    public RecentReviews() {
        this(Clock.systemUTC());
    }

    RecentReviews(Clock clock) {
        this.clock = clock;
    }

    /**
     * An answer.
     *
     * @param operation {@code UPDATE}
     * @param object {@code NetworkPolicy shop/orders}
     * @param reason as in the audit annotations; empty where there is none
     * @param message what whoever is refused reads; empty where it was admitted
     */
    public record Given(
            Instant at,
            String user,
            String operation,
            String object,
            boolean dryRun,
            boolean admitted,
            String reason,
            String message,
            List<String> warnings) {
        public Given {
            warnings = List.copyOf(warnings);
        }
    }

    /** The newest first. */
    public synchronized List<Given> latest() {
        return List.copyOf(latest);
    }

    /** How many there have been: another number, and there is news. */
    public synchronized long count() {
        return count;
    }

    /** The same handler, whose answers are remembered once they are given. */
    ReviewHandler remembering(ReviewHandler handler) {
        return new ReviewHandler() {
            @Override
            public Answer handle(AdmissionRequest request) {
                return handle(request, Effort.unlimited());
            }

            @Override
            public Answer handle(AdmissionRequest request, Effort effort) {
                Answer answer = handler.handle(request, effort);
                return answer == Answer.NONE
                        ? answer
                        : new Answer(answer.response(), () -> {
                            answer.whenGiven().run();
                            add(given(request, answer.response()));
                        });
            }
        };
    }

    private Given given(AdmissionRequest request, AdmissionResponse response) {
        Map<String, String> audit = Objects.requireNonNullElse(response.getAuditAnnotations(), Map.of());
        return new Given(
                clock.instant(),
                request.getUserInfo() == null ? "" : plain(request.getUserInfo().getUsername()),
                plain(request.getOperation()),
                object(request),
                Boolean.TRUE.equals(request.getDryRun()),
                Boolean.TRUE.equals(response.getAllowed()),
                audit.getOrDefault("reason", ""),
                Optional.ofNullable(response.getStatus())
                        .map(Status::getMessage)
                        .orElse(""),
                Objects.requireNonNullElse(response.getWarnings(), List.of()));
    }

    private static String object(AdmissionRequest request) {
        String kind = request.getKind() == null ? "" : plain(request.getKind().getKind());
        String name = plain(request.getName());
        String namespace = plain(request.getNamespace());
        return kind + " " + (namespace.isEmpty() || kind.equals("Namespace") ? name : namespace + "/" + name);
    }

    private static String plain(String text) {
        return text == null ? "" : Plain.line(text);
    }

    private synchronized void add(Given given) {
        count++;
        latest.addFirst(given);
        if (latest.size() > MOST) {
            latest.removeLast();
        }
    }
}
