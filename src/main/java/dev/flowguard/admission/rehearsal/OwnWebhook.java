package dev.flowguard.admission.rehearsal;

import dev.flowguard.admission.OnDeclarations;
import dev.flowguard.admission.ReviewDesk;
import dev.flowguard.admission.http.ValidateResource;
import dev.flowguard.tls.OwnPort;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** This program's own webhook, asked as the API server asks it. */
@ApplicationScoped
class OwnWebhook implements RehearsalRounds.Audience {
    private static final Duration LONGEST_COUNTING = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final OwnPort port;
    private final ReviewDesk desk;
    private final ReviewDesk deskOfOpinions;
    private final MeterRegistry registry;
    private OwnPort.@Nullable Client client;
    private int sent;

    OwnWebhook(OwnPort port, ReviewDesk desk, @OnDeclarations ReviewDesk deskOfOpinions, MeterRegistry registry) {
        this.port = port;
        this.desk = desk;
        this.deskOfOpinions = deskOfOpinions;
        this.registry = registry;
    }

    /** Where only the API server may ask, the port turns away its own program, which then asks the desk behind it. */
    @Override
    public void answer(RehearsedReview review, Duration patience) throws Exception {
        if (client == null) {
            client = port.client();
        }
        int status = client.post(review.path(), review.body(), patience);
        sent++;
        if (status == HttpURLConnection.HTTP_FORBIDDEN) {
            ReviewDesk asked = review.path().equals(ValidateResource.PATH) ? desk : deskOfOpinions;
            asked.review(review.body()).toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } else if (status != HttpURLConnection.HTTP_OK) {
            throw new IllegalStateException("the answer has the code " + status);
        }
    }

    /** Quarkus counts every request that it answers, some of them only when the answer has been read: these are waited for. */
    @Override
    public void forget() {
        long begin = System.nanoTime();
        while (counted().mapToLong(Timer::count).sum() < sent
                && System.nanoTime() - begin < LONGEST_COUNTING.toNanos()) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        counted().forEach(registry::remove);
    }

    private Stream<Timer> counted() {
        return registry.find("http.server.requests").timers().stream()
                .filter(timer -> String.valueOf(timer.getId().getTag("uri")).startsWith(ValidateResource.PATH));
    }
}
