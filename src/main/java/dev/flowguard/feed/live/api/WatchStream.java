package dev.flowguard.feed.live.api;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An answer that comes line by line, such as that to a watch. One thread takes the lines, in their order; more is asked for only when
 * it has taken all that came, and so a reader that is behind slows the sender instead of filling the memory.
 */
public final class WatchStream implements AsyncBody.Consumer<List<ByteBuffer>>, AutoCloseable {
    /** What came in: bytes, or the end, with a reason if it was not the API server that ended it. */
    private record Arrival(List<ByteBuffer> bytes, boolean isEnd, String failure) {}

    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private final Queue<byte[]> lines = new ArrayDeque<>();
    private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
    private final Runnable bell;
    private @Nullable AsyncBody body;
    private boolean asked;
    private boolean ended;

    WatchStream() {
        this(() -> {});
    }

    /** @param bell rings whenever something has come in, on the thread that brought it */
    WatchStream(Runnable bell) {
        this.bell = bell;
    }

    /** Nothing comes in before this, since nothing has been asked for. */
    void opened(AsyncBody opened) {
        body = opened;
        opened.done()
                .whenComplete((done, failure) ->
                        arrived(new Arrival(List.of(), true, failure == null ? "" : ApiServer.reason(failure))));
    }

    /** Whether {@link #next} would answer at once; where not, the bell rings when it may. */
    public boolean isReady() {
        while (lines.isEmpty()) {
            ask();
            @Nullable Arrival arrival = arrivals.peek();
            if (arrival == null || arrival.isEnd()) {
                return arrival != null;
            }
            arrivals.remove();
            asked = false;
            arrival.bytes().forEach(this::take);
        }
        return true;
    }

    /** Whether a line has come in that has not been taken; the last one, without a line break, is not counted. */
    public boolean hasLine() {
        return !lines.isEmpty();
    }

    /**
     * Waits for the next line.
     *
     * @return empty when the API server has ended the answer
     * @throws ApiProblem if the connection broke, or nothing came in that time
     */
    public Optional<byte[]> next(Duration atMost) throws ApiProblem, InterruptedException {
        while (lines.isEmpty()) {
            ask();
            @Nullable Arrival arrival = arrivals.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
            if (arrival == null) {
                throw ApiProblem.silence(atMost);
            }
            asked = false;
            if (!arrival.failure().isEmpty()) {
                throw ApiProblem.noAnswer("the watch broke off: " + arrival.failure());
            }
            if (arrival.isEnd()) {
                ended = true;
                // Still the end when asked again, after a last line without a line break.
                arrivals.add(arrival);
                return rest();
            }
            arrival.bytes().forEach(this::take);
        }
        return Optional.of(lines.remove());
    }

    /** For more, once: each time it is asked, the other side may send one piece more. */
    private void ask() {
        if (body != null && !asked) {
            asked = true;
            body.consume();
        }
    }

    private void arrived(Arrival arrival) {
        arrivals.add(arrival);
        bell.run();
    }

    /** All lines until the end, as one. */
    byte[] all(Duration atMost) throws ApiProblem, InterruptedException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Optional<byte[]> line = next(atMost); line.isPresent(); line = next(atMost)) {
            all.writeBytes(line.get());
        }
        return all.toByteArray();
    }

    private void take(ByteBuffer bytes) {
        byte[] chunk = new byte[bytes.remaining()];
        bytes.get(chunk);
        int start = 0;
        for (int at = 0; at < chunk.length; at++) {
            if (chunk[at] == '\n') {
                unfinished.write(chunk, start, at - start);
                rest().ifPresent(lines::add);
                start = at + 1;
            }
        }
        unfinished.write(chunk, start, chunk.length - start);
    }

    /** What came since the last line; a blank line is none. */
    private Optional<byte[]> rest() {
        byte[] line = unfinished.toByteArray();
        unfinished.reset();
        return line.length == 0 ? Optional.empty() : Optional.of(line);
    }

    @Override
    public void consume(List<ByteBuffer> bytes, AsyncBody from) {
        arrived(new Arrival(bytes, false, ""));
    }

    /** After the end the connection may already serve somebody else: to cancel would cut that. */
    @Override
    public void close() {
        if (body != null && !ended) {
            body.cancel();
        }
    }
}
