package dev.flowguard.edge;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A connection")
class OnlyHttp1Test {
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private final EmbeddedChannel connection = new EmbeddedChannel(new OnlyHttp1());

    @DisplayName("that begins as HTTP/2 does is hung up on, however it is cut into pieces:")
    @ParameterizedTest(name = "of {0} bytes")
    @ValueSource(ints = {1, 2, 3, 4, 5, 100})
    void preface(int piece) {
        for (int at = 0; at < PREFACE.length() && connection.isOpen(); at += piece) {
            says(PREFACE.substring(at, Math.min(PREFACE.length(), at + piece)));
        }
        assertThat(connection.isOpen()).isFalse();
    }

    @DisplayName("that speaks HTTP/1.1, or TLS, goes on, and all that it says arrives:")
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "POST /validate HTTP/1.1\r\n\r\n",
                "PUT / HTTP/1.1\r\n\r\n",
                "PRINT / HTTP/1.1\r\n\r\n",
                "P",
                "GET / HTTP/1.1\r\n\r\nPRI * HTTP/2.0\r\n\r\n",
                "\u0016\u0003\u0001\u0002"
            })
    void others(String words) {
        for (int at = 0; at < words.length(); at++) {
            says(words.substring(at, at + 1));
        }
        assertThat(connection.isOpen()).isTrue();
        assertThat(heard()).isEqualTo(words);
    }

    @DisplayName("that would be told to change to HTTP/2 is hung up on instead; other answers pass:")
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n",
                "HTTP/1.1 200 OK\r\n\r\nupgrade: h2c",
                "HTTP/1.1 1",
                ""
            })
    void upgrade(String answer) {
        connection.writeOutbound(Unpooled.copiedBuffer(answer, US_ASCII));
        boolean isSwitching = answer.contains("101") && answer.contains("h2c");
        assertThat(connection.isOpen()).isEqualTo(!isSwitching);
        ByteBuf sent = connection.readOutbound();
        assertThat(sent == null ? "" : sent.toString(US_ASCII)).isEqualTo(isSwitching ? "" : answer);
    }

    private void says(String words) {
        connection.writeInbound(Unpooled.copiedBuffer(words, US_ASCII));
    }

    private String heard() {
        StringBuilder text = new StringBuilder();
        for (ByteBuf part = connection.readInbound(); part != null; part = connection.readInbound()) {
            text.append(part.toString(US_ASCII));
        }
        return text.toString();
    }
}
