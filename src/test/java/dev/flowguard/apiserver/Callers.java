package dev.flowguard.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flowguard.apiserver.ApiClient.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** People who ask for the same harmful change again and again, each as a dry run: what is not refused was not judged, or lost. */
final class Callers implements AutoCloseable {
    private final AtomicInteger refused = new AtomicInteger();
    private final Queue<String> lost = new ConcurrentLinkedQueue<>();
    private final Queue<String> unjudged = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean isOver;

    /**
     * @param harmful what must be refused
     * @param perSecond how often it is asked for, about
     */
    Callers(ApiClient client, JsonNode harmful, int people, int perSecond) {
        long pause = 1_000_000_000L * people / perSecond;
        for (int each = 0; each < people; each++) {
            Thread thread = new Thread(() -> ask(client, harmful, pause), "caller");
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    private void ask(ApiClient client, JsonNode harmful, long pause) {
        try {
            while (!isOver) {
                Answer answer = client.apply(harmful, "dryRun=All");
                if (answer.code() == 403 && answer.message().contains("breaks")) {
                    refused.incrementAndGet();
                } else if (answer.isSuccess()) {
                    unjudged.add(String.join("; ", answer.warnings()));
                } else {
                    lost.add(answer.code() + " " + answer.message() + " " + answer.warnings());
                }
                LockSupport.parkNanos(pause);
            }
        } catch (IOException e) {
            lost.add(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    int refused() {
        return refused.get();
    }

    /** What was answered without a verdict, and why. */
    List<String> unjudged() {
        return List.copyOf(unjudged);
    }

    /** What the API server could not ask. */
    List<String> lost() {
        return List.copyOf(lost);
    }

    @Override
    public void close() throws InterruptedException {
        isOver = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
