package dev.flowguard.view.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Server-sent events: tells a page that it should ask again. */
final class EventStream {
    private static final long GLANCE_MILLIS = 200;

    /** So often something is written even where nothing happens; else a page that has gone would never be noticed. */
    private static final int GLANCES_BETWEEN_SIGNS_OF_LIFE = 50;

    private final LongSupplier generation;
    private final BooleanSupplier closed;

    /** @param generation looked at several times a second: sources of state need not know of the page */
    EventStream(LongSupplier generation, BooleanSupplier closed) {
        this.generation = generation;
        this.closed = closed;
    }

    /** Until the server is closed, or the page has gone. */
    void write(OutputStream out) throws IOException, InterruptedException {
        long told = generation.getAsLong();
        send(out, "retry: 1000\nevent: generation\ndata: " + told + "\n\n");
        int silent = 0;
        while (!closed.getAsBoolean()) {
            Thread.sleep(GLANCE_MILLIS);
            long now = generation.getAsLong();
            silent++;
            if (now != told) {
                told = now;
                silent = 0;
                send(out, "event: generation\ndata: " + told + "\n\n");
            } else if (silent >= GLANCES_BETWEEN_SIGNS_OF_LIFE) {
                silent = 0;
                send(out, ": still here\n\n");
            }
        }
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
