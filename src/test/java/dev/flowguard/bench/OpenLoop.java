package dev.flowguard.bench;

import dev.flowguard.cli.Trusting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends reviews at fixed times, whether or not those before are answered, over a few connections that stay open. What is measured is the
 * time from the moment when a review was due: one that waits because another is slow counts as slow as well.
 */
final class OpenLoop {
    /** As many connections as requests may be under way at once; at 50 requests a second, four are enough for answers up to 80 ms. */
    private static final int CONNECTIONS = 4;

    /** The first requests are those of a client that is still being compiled, and are not counted. */
    private static final int WARM_UP = 4_000;

    private static final int WARM_UP_RATE = 500;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient client;
    private final URI target;
    private final List<String> reviews;

    OpenLoop(URI target, List<String> reviews) throws GeneralSecurityException {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(Trusting.anybody())
                .connectTimeout(PATIENCE)
                .build();
        this.target = target;
        this.reviews = List.copyOf(reviews);
    }

    /** {@code OpenLoop URL REVIEWS PER_SECOND SECONDS} */
    public static void main(String[] args) throws Exception {
        int rate = Integer.parseInt(args[2]);
        OpenLoop loop = new OpenLoop(URI.create(args[0]), Files.readAllLines(Path.of(args[1])));
        loop.send(WARM_UP, WARM_UP_RATE);
        System.out.println(loop.send(rate * Integer.parseInt(args[3]), rate).text());
    }

    /**
     * @param rate requests a second
     * @throws IllegalStateException if an answer is not HTTP 200, or there is none
     */
    Latencies send(int count, int rate) throws InterruptedException {
        long[] nanos = new long[count];
        AtomicInteger next = new AtomicInteger();
        long start = System.nanoTime();
        long apart = TimeUnit.SECONDS.toNanos(1) / rate;
        ExecutorService senders = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                ends.add(senders.submit(() -> {
                    for (int which = next.getAndIncrement(); which < count; which = next.getAndIncrement()) {
                        long due = start + which * apart;
                        await(due);
                        send(reviews.get(which % reviews.size()));
                        nanos[which] = System.nanoTime() - due;
                    }
                    return null;
                }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            senders.shutdownNow();
        }
        return new Latencies(nanos);
    }

    private static void await(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void send(String review) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(target)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(review))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("HTTP " + answer.statusCode() + ": " + answer.body());
        }
    }
}
