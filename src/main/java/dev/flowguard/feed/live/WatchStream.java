package dev.flowguard.feed.live;

import io.fabric8.kubernetes.client.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An open watch. One thread takes the messages, in their order; the next one is asked for only when it has done so, and so a reader
 * that is behind slows the sender instead of filling the memory.
 */
final class WatchStream implements WebSocket.Listener, AutoCloseable {
    private static final int NORMAL = 1000;

    /** What came in: a text, or the end, with a reason if it was not the API server that ended it. */
    private record Arrival(Optional<String> text, String failure) {}

    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private volatile @Nullable WebSocket socket;

    void opened(WebSocket opened) {
        socket = opened;
    }

    /**
     * Waits for the next message.
     *
     * @return empty when the API server has ended the watch
     * @throws ApiProblem if the connection broke, or nothing came in that time
     */
    Optional<String> next(Duration atMost) throws ApiProblem, InterruptedException {
        @Nullable Arrival arrival = arrivals.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
        if (arrival == null) {
            throw ApiProblem.silence(atMost);
        }
        if (!arrival.failure().isEmpty()) {
            throw ApiProblem.noAnswer("the watch broke off: " + arrival.failure());
        }
        @Nullable WebSocket open = socket;
        if (arrival.text().isPresent() && open != null) {
            open.request();
        }
        return arrival.text();
    }

    @Override
    public void onMessage(WebSocket webSocket, String text) {
        arrivals.add(new Arrival(Optional.of(text), ""));
    }

    @Override
    public void onMessage(WebSocket webSocket, ByteBuffer bytes) {
        onMessage(webSocket, StandardCharsets.UTF_8.decode(bytes).toString());
    }

    @Override
    public void onClose(WebSocket webSocket, int code, String reason) {
        close(webSocket);
        arrivals.add(new Arrival(Optional.empty(), ""));
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        arrivals.add(new Arrival(Optional.empty(), ApiServer.reason(error)));
    }

    @Override
    public void close() {
        @Nullable WebSocket open = socket;
        if (open != null) {
            close(open);
        }
    }

    /** Also the answer to the other side's closing. */
    static void close(WebSocket socket) {
        socket.sendClose(NORMAL, "");
    }
}
