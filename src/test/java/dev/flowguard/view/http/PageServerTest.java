package dev.flowguard.view.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flowguard.config.BadInput;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The door of the page")
class PageServerTest {
    private final AtomicLong generation = new AtomicLong(1);
    private final PageServer server = PageServer.start(0, new Api() {
        @Override
        public Optional<Object> answer(Call call) {
            if (call.name().equals("nonsense")) {
                throw new BadInput("that makes no sense");
            }
            if (call.name().equals("broken")) {
                throw new IllegalStateException("a defect");
            }
            return call.name().equals("echo")
                    ? Optional.of(Map.of("method", call.method(), "q", call.parameter("q"), "body", call.body()))
                    : Optional.empty();
        }

        @Override
        public long generation() {
            return generation.get();
        }
    });

    private final URI address = URI.create(server.address());
    private final int port = address.getPort();

    /** Where the page is, with its token and a slash at its end. */
    private final String home = address.getPath();

    @AfterEach
    void close() {
        server.close();
    }

    private RawRequest get(String path) {
        return new RawRequest("GET", path);
    }

    private RawRequest post(String path) {
        return new RawRequest("POST", path)
                .header("Content-Type", "application/json")
                .body("{}");
    }

    @Test
    @DisplayName("serves the page and answers questions to whoever has the token")
    void serves() {
        RawRequest.Reply page = get(home).send(port);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(get(home + "api/echo?q=a%20b").send(port).body()).contains("\"q\":\"a b\"");
        assertThat(post(home + "api/echo").send(port).body()).contains("\"body\":\"{}\"");
    }

    @Test
    @DisplayName("has every file that it lists")
    void files() {
        assertThat(new PageFiles().names())
                .allSatisfy(name -> assertThat(get(home + name).send(port).status())
                        .as(name)
                        .isEqualTo(200));
    }

    @Test
    @DisplayName("listens on 127.0.0.1 and on no other address of the machine")
    void loopbackOnly() throws Exception {
        assertThat(address.getHost()).isEqualTo("127.0.0.1");
        List<InetAddress> others = Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(each -> !each.isLoopbackAddress())
                .toList();
        assertThat(others)
                .allSatisfy(each -> assertThatThrownBy(() -> {
                            try (Socket socket = new Socket()) {
                                socket.connect(new InetSocketAddress(each, port), 2_000);
                            }
                        })
                        .as(each.toString())
                        .isInstanceOf(IOException.class));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"/", "/index.html", "/api/echo", "/wrong/api/echo", "/wrong/", "//api/echo", "/view/index.html"})
    @DisplayName("answers nothing without the token")
    void noToken(String path) {
        RawRequest.Reply reply = get(path).send(port);
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.text()).doesNotContain(home.replace("/", ""));
    }

    @Test
    @DisplayName("has another token at every start")
    void anotherToken() {
        try (PageServer other = PageServer.start(0, NOTHING)) {
            int otherPort = URI.create(other.address()).getPort();
            assertThat(get(home).send(otherPort).status()).isEqualTo(403);
        }
    }

    @Test
    @DisplayName("opens the page once for the address that is handed to the browser's command")
    void once() {
        String path = URI.create(server.openingAddress()).getPath();
        RawRequest.Reply first = get(path).send(port);
        assertThat(first.status()).isEqualTo(303);
        assertThat(first.header("Location")).isEqualTo(home);
        assertThat(get(path).send(port).status()).isEqualTo(403);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:%d",
                "127.0.0.1",
                "127.0.0.1:1",
                "localhost.evil.example:%d",
                "0.0.0.0:%d",
                "[::1]:%d"
            })
    @DisplayName("answers nobody who calls it by another name: DNS rebinding")
    void otherHost(String host) {
        assertThat(get(home).header("Host", host.formatted(port)).send(port).status())
                .isEqualTo(403);
        assertThat(post(home + "api/echo")
                        .header("Host", host.formatted(port))
                        .send(port)
                        .status())
                .isEqualTo(403);
    }

    @Test
    @DisplayName("goes by the name localhost as well")
    void localhost() {
        assertThat(get(home).header("Host", "localhost:" + port).send(port).status())
                .isEqualTo(200);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "http://evil.example",
                "null",
                "http://127.0.0.1",
                "http://127.0.0.1:1",
                "https://127.0.0.1:%d",
                "http://127.0.0.1:%d.evil.example"
            })
    @DisplayName("answers no page of another origin")
    void otherOrigin(String origin) {
        assertThat(get(home + "api/echo")
                        .header("Origin", origin.formatted(port))
                        .send(port)
                        .status())
                .isEqualTo(403);
        assertThat(post(home + "api/echo")
                        .header("Origin", origin.formatted(port))
                        .send(port)
                        .status())
                .isEqualTo(403);
    }

    @Test
    @DisplayName("answers no request that the browser says another site made")
    void otherSite() {
        assertThat(get(home).header("Sec-Fetch-Site", "cross-site").send(port).status())
                .isEqualTo(403);
        assertThat(get(home).header("Sec-Fetch-Site", "same-site").send(port).status())
                .isEqualTo(403);
        assertThat(get(home).header("Sec-Fetch-Site", "none").send(port).status())
                .isEqualTo(200);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "CONNECT", "PROPFIND"})
    @DisplayName("knows no method but GET and POST")
    void otherMethod(String method) {
        RawRequest.Reply reply = new RawRequest(method, home + "api/echo").send(port);
        assertThat(reply.status()).isIn(405, 400);
        assertThat(reply.text()).doesNotContain("\"body\"");
        assertThat(reply.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    @DisplayName("takes a POST only as JSON, which a form of another page cannot send unasked")
    void onlyJson() {
        assertThat(new RawRequest("POST", home + "api/echo")
                        .header("Content-Type", "text/plain")
                        .body("{}")
                        .send(port)
                        .status())
                .isEqualTo(415);
        assertThat(new RawRequest("POST", home)
                        .header("Content-Type", "application/json")
                        .body("{}")
                        .send(port)
                        .status())
                .isEqualTo(405);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "../application.properties",
                "../../../application.properties",
                "%2e%2e/application.properties",
                "..%2f..%2fapplication.properties",
                "lib/../../../application.properties",
                "lib/%2e%2e/page.css",
                "/etc/passwd",
                "..\\..\\application.properties",
                "page.css%00.html",
                "lib/",
                "index.html",
                "webjars/cytoscape/3.33.1/package.json"
            })
    @DisplayName("leads to no file but those of the page")
    void traversal(String path) {
        RawRequest.Reply reply = get(home + path).send(port);
        assertThat(reply.status()).isIn(400, 403, 404);
        assertThat(reply.body()).doesNotContain("quarkus").doesNotContain("root:");
    }

    @Test
    @DisplayName("lets nothing be loaded from elsewhere, sets no cookie and lets nothing be kept")
    void headers() {
        RawRequest.Reply reply = get(home).send(port);
        assertThat(reply.header("Content-Security-Policy"))
                .startsWith("default-src 'self'")
                .doesNotContain("unsafe");
        assertThat(reply.header("Set-Cookie")).isEmpty();
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        assertThat(reply.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(get("/").send(port).header("Content-Security-Policy")).startsWith("default-src 'self'");
    }

    @Test
    @DisplayName("says what is wrong with a question that makes no sense, and knows no others")
    void errors() {
        RawRequest.Reply nonsense = get(home + "api/nonsense").send(port);
        assertThat(nonsense.status()).isEqualTo(400);
        assertThat(nonsense.body()).isEqualTo("{\"error\":\"that makes no sense\"}");
        assertThat(get(home + "api/unknown").send(port).status()).isEqualTo(404);
    }

    @Test
    @DisplayName(
            "writes its token into no log, not even where answering fails, and into no answer but the way to the page")
    void tokenIsNotTold() {
        String token = home.substring(1, home.length() - 1);
        List<String> logged = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                logged.add(entry.getMessage() + " " + entry.getThrown());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger log = Logger.getLogger("");
        log.addHandler(handler);
        try {
            RawRequest.Reply failed = get(home + "api/broken").send(port);
            assertThat(failed.status()).isEqualTo(500);
            assertThat(failed.body()).contains("Answering failed").doesNotContain("a defect");
            assertThat(failed.text()).doesNotContain(token);
            for (String path : List.of("", "api/nonsense", "api/unknown", "main.js", "nothing")) {
                assertThat(get(home + path).send(port).text()).doesNotContain(token);
            }
            assertThat(get("/x" + token + "/").send(port).text()).doesNotContain(token);
        } finally {
            log.removeHandler(handler);
        }
        assertThat(logged)
                .anySatisfy(line -> assertThat(line).contains("The page asked for broken"))
                .allSatisfy(line -> assertThat(line).doesNotContain(token));
    }

    @Test
    @DisplayName("refuses a body that is larger than a webhook would take")
    void largeBody() {
        assertThat(post(home + "api/echo")
                        .body("x".repeat(PageHandler.LARGEST_BODY + 1))
                        .send(port)
                        .status())
                .isEqualTo(413);
    }

    @Test
    @DisplayName("says which port is taken")
    void taken() {
        assertThatThrownBy(() -> PageServer.start(port, NOTHING))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("--port " + port);
    }

    private static final Api NOTHING = new Api() {
        @Override
        public Optional<Object> answer(Call call) {
            return Optional.empty();
        }

        @Override
        public long generation() {
            return 0;
        }
    };
}
