package dev.flowguard.view.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The door of the page, to whoever means harm,")
class AttackedDoorTest {
    private static final int MANY = 40;

    private final PageServer server = PageServer.start(0, new Api() {
        @Override
        public Optional<Object> answer(Call call) {
            return Optional.of(Map.of("asked", call.name()));
        }

        @Override
        public long generation() {
            return 1;
        }
    });

    private final URI address = URI.create(server.address());
    private final int port = address.getPort();
    private final String home = address.getPath();
    private final Deque<Socket> opened = new ArrayDeque<>();

    @AfterEach
    void close() throws IOException {
        for (Socket each : opened) {
            each.close();
        }
        server.close();
    }

    private Socket open(String text) {
        Socket socket = RawRequest.open(text, port);
        opened.add(socket);
        return socket;
    }

    private boolean answers() {
        try {
            return new RawRequest("GET", home).send(port).status() == 200;
        } catch (RuntimeException e) {
            // Hung up on: there was no thread for it.
            return false;
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "GET http://evil.example%s HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
                "GET %s HTTP/1.0\r\n\r\n",
                "GET %s HTTP/1.1\r\nConnection: close\r\n\r\n",
                "GET %s HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
                "GET %s HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: 127.0.0.1:PORT\r\nConnection: close\r\n\r\n",
                "GET %s HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nOrigin: http://evil.example\r\nOrigin: http://127.0.0.1:PORT\r\nConnection: close\r\n\r\n",
                "GET /%s HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nConnection: close\r\n\r\n",
            })
    @DisplayName("is closed to requests that name no host, two, or another")
    void hosts(String request) {
        String text = request.replace("%s", home).replace("PORT", String.valueOf(port));
        RawRequest.Reply reply = RawRequest.exactly(text, port);
        assertThat(reply.text()).doesNotContain("<title>");
        assertThat(reply.status()).isIn(400, 403);
    }

    @Test
    @DisplayName("is closed to a token that is nearly right, and to the right one anywhere but in the path")
    void token() {
        String token = home.substring(1, home.length() - 1);
        List<String> wrong = new ArrayList<>(List.of(
                token.substring(1),
                token + "a",
                token.toUpperCase(java.util.Locale.ROOT) + "x",
                "x/" + token,
                "%2e/" + token,
                ";" + token,
                "?token=" + token));
        assertThat(wrong)
                .allSatisfy(each -> assertThat(new RawRequest("GET", "/" + each + "/api/map")
                                .send(port)
                                .status())
                        .isIn(400, 403));
        assertThat(new RawRequest("GET", "/api/map")
                        .header("Authorization", "Bearer " + token)
                        .header("Cookie", "token=" + token)
                        .send(port)
                        .status())
                .isEqualTo(403);
    }

    @Test
    @DisplayName("opens again soon though many send requests that never end")
    void slowSenders() {
        for (int i = 0; i < MANY; i++) {
            open("GET / HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nX-Slow: ");
        }
        Awaitility.await().pollInSameThread().until(this::answers);
    }

    @Test
    @DisplayName("does not wait for the body of a request without the token")
    void unwantedBody() {
        RawRequest.Reply reply = RawRequest.exactly(
                "POST /api/what-if HTTP/1.1\r\nHost: 127.0.0.1:" + port
                        + "\r\nContent-Type: application/json\r\nContent-Length: 900000000\r\nConnection: close\r\n\r\n{",
                port);
        assertThat(reply.text()).startsWith("HTTP/1.1 403 ");
    }

    @Test
    @DisplayName("answers though more windows follow events than there are threads, and the latest of them are told")
    void manyStreams() throws IOException {
        String events =
                "GET " + home + "api/events HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n\r\n";
        Deque<Socket> streams = new ArrayDeque<>();
        for (int i = 0; i < MANY; i++) {
            Socket stream = open(events);
            assertThat(stream.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 200");
            streams.addLast(stream);
        }
        assertThat(answers()).isTrue();
        assertThat(streams.removeFirst().getInputStream().readAllBytes())
                .as("the oldest has given way")
                .asString()
                .contains("event: generation");
    }
}
