package dev.flowguard.view.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.flowguard.config.BadInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Answers each request of the page: a file, or something of the API. */
final class PageHandler implements HttpHandler {
    private static final Logger LOG = Logger.getLogger(PageHandler.class);
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String API = "api/";
    private static final String EVENTS = "events";
    private static final String JSON = "application/json";

    /** What an admission webhook takes as well. */
    static final int LARGEST_BODY = 8 * 1024 * 1024;

    private static final Map<String, String> HEADERS = Map.of(
            // Nothing from elsewhere; no scripts or styles in the page itself; no other page around this one.
            "Content-Security-Policy",
            "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            // The token is part of the address.
            "Referrer-Policy",
            "no-referrer",
            "Cache-Control",
            "no-store");

    private final PageToken token;
    private final Gate gate;
    private final PageFiles files;
    private final Api api;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final OpenStreams streams = new OpenStreams();

    PageHandler(PageToken token, Gate gate, PageFiles files, Api api) {
        this.token = token;
        this.gate = gate;
        this.files = files;
        this.api = api;
    }

    void close() {
        closed.set(true);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            HEADERS.forEach(exchange.getResponseHeaders()::set);
            Asked asked = Asked.of(exchange);
            Optional<Refusal> refusal = gate.refusal(asked);
            if (refusal.isPresent()) {
                refuse(exchange, refusal.get());
            } else if (gate.redeems(asked)) {
                exchange.getResponseHeaders().set("Location", "/" + token.value() + "/");
                exchange.sendResponseHeaders(303, -1);
            } else if (asked.path().indexOf('/', 1) < 0) {
                // Relative addresses in the page need the slash.
                exchange.getResponseHeaders().set("Location", asked.path() + "/");
                exchange.sendResponseHeaders(308, -1);
            } else {
                answer(exchange, Gate.rest(asked.path()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange, String path) throws IOException, InterruptedException {
        if (path.startsWith(API)) {
            api(exchange, path.substring(API.length()));
            return;
        }
        Optional<PageFiles.Content> file = files.find(path);
        if (file.isEmpty()) {
            refuse(exchange, new Refusal(Refusal.NOT_FOUND, "There is nothing here"));
        } else if (exchange.getRequestMethod().equals("GET")) {
            send(exchange, 200, file.get().type(), file.get().bytes());
        } else {
            refuse(exchange, new Refusal(Refusal.METHOD_NOT_ALLOWED, "Files are only read"));
        }
    }

    private void api(HttpExchange exchange, String name) throws IOException, InterruptedException {
        boolean post = exchange.getRequestMethod().equals("POST");
        if (name.equals(EVENTS) && !post) {
            events(exchange);
            return;
        }
        // A form of another page cannot send this type without asking first, and asking is not answered.
        if (post && !JSON.equals(type(exchange.getRequestHeaders()))) {
            refuse(exchange, new Refusal(Refusal.WRONG_TYPE, "Content-Type must be " + JSON));
            return;
        }
        byte[] body = body(exchange.getRequestBody());
        if (body.length > LARGEST_BODY) {
            refuse(exchange, new Refusal(Refusal.TOO_LARGE, "More than " + LARGEST_BODY / 1024 / 1024 + " MiB"));
            return;
        }
        try {
            Optional<Object> answer = api.answer(new Api.Call(
                    exchange.getRequestMethod(),
                    name,
                    parameters(exchange.getRequestURI().getRawQuery()),
                    new String(body, StandardCharsets.UTF_8)));
            if (answer.isPresent()) {
                send(exchange, 200, JSON, MAPPER.writeValueAsBytes(answer.get()));
            } else {
                refuse(exchange, new Refusal(Refusal.NOT_FOUND, "There is no such question, or not with this method"));
            }
        } catch (BadInput | IllegalArgumentException e) {
            refuse(exchange, new Refusal(Refusal.BAD_REQUEST, String.valueOf(e.getMessage())));
        } catch (JsonProcessingException | RuntimeException e) {
            LOG.error("The page asked for " + name + ", and answering failed", e);
            refuse(exchange, new Refusal(Refusal.FAILED, "Answering failed; the program's log has the details"));
        }
    }

    private void events(HttpExchange exchange) throws IOException, InterruptedException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody();
                OpenStreams.Place place = streams.open()) {
            new EventStream(api, place, closed::get).write(out);
        } catch (IOException e) {
            LOG.debug("A page has gone", e);
        }
    }

    private static byte[] body(InputStream in) throws IOException {
        return in.readNBytes(LARGEST_BODY + 1);
    }

    private static String type(Headers headers) {
        @Nullable String type = headers.getFirst("Content-Type");
        return type == null ? "" : type.replaceFirst(";.*", "").strip();
    }

    private static Map<String, String> parameters(@Nullable String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String part : query == null ? List.<String>of() : List.of(query.split("&"))) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parameters.put(decoded(part.substring(0, equals)), decoded(part.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static void refuse(HttpExchange exchange, Refusal refusal) throws IOException {
        if (refusal.status() == Refusal.METHOD_NOT_ALLOWED) {
            exchange.getResponseHeaders().set("Allow", "GET, POST");
        }
        send(
                exchange,
                refusal.status(),
                JSON,
                MAPPER.writeValueAsBytes(MAPPER.createObjectNode().put("error", refusal.message())));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] bytes) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        boolean withoutBody = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, withoutBody || bytes.length == 0 ? -1 : bytes.length);
        if (!withoutBody) {
            exchange.getResponseBody().write(bytes);
            // Before the JDK's server, at the end, reads on in what it was sent.
            exchange.getResponseBody().flush();
        }
    }
}
