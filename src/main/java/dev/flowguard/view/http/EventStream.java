package dev.flowguard.view.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/** Server-sent events: tells a page that it should ask again. */
final class EventStream {
    private static final long GLANCE_MILLIS = 200;

    /** So often something is written even where nothing happens; else a page that has gone would never be noticed. */
    private static final int GLANCES_BETWEEN_SIGNS_OF_LIFE = 50;

    private final Api api;
    private final OpenStreams.Place place;
    private final BooleanSupplier closed;

    /** @param api looked at several times a second: sources of state need not know of the page */
    EventStream(Api api, OpenStreams.Place place, BooleanSupplier closed) {
        this.api = api;
        this.place = place;
        this.closed = closed;
    }

    /** Until the server is closed, the page has gone, or another has its place. */
    void write(OutputStream out) throws IOException, InterruptedException {
        long generation = api.generation();
        long decided = api.decided();
        send(out, "retry: 1000\n" + event("generation", generation) + event("decided", decided));
        int silent = 0;
        while (!closed.getAsBoolean() && !place.isTakenWithin(GLANCE_MILLIS)) {
            String news = "";
            if (api.generation() != generation) {
                generation = api.generation();
                news = event("generation", generation);
            }
            if (api.decided() != decided) {
                decided = api.decided();
                news += event("decided", decided);
            }
            silent = news.isEmpty() ? silent + 1 : 0;
            if (silent >= GLANCES_BETWEEN_SIGNS_OF_LIFE) {
                silent = 0;
                news = ": still here\n\n";
            }
            if (!news.isEmpty()) {
                send(out, news);
            }
        }
    }

    private static String event(String name, long number) {
        return "event: " + name + "\ndata: " + number + "\n\n";
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
