package dev.flowguard.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** With a clock that the test moves. */
@DisplayName("A connection")
class SlowHeadsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HeadClock clock = new HeadClock(PATIENCE);
    private final EmbeddedChannel connection = new EmbeddedChannel();

    @BeforeEach
    void open() {
        connection.freezeTime();
        connection.pipeline().addFirst(clock);
    }

    @DisplayName("that sends its head byte by byte is hung up on, however often it sends")
    @Test
    void byteByByte() {
        for (int second = 0; second < 9; second++) {
            send();
            pass(1);
        }
        assertThat(connection.isOpen()).isTrue();
        pass(1);
        assertThat(connection.isOpen()).isFalse();
    }

    @DisplayName("that says nothing at all is hung up on")
    @Test
    void silent() {
        pass(10);
        assertThat(connection.isOpen()).isFalse();
    }

    @DisplayName("whose request is being answered has all the time that it takes")
    @Test
    void answered() {
        send();
        clock.begun();
        send();
        pass(60);
        assertThat(connection.isOpen()).isTrue();
    }

    @DisplayName("that is kept alive may be silent between requests, and not in the midst of a head")
    @Test
    void keptAlive() {
        send();
        clock.begun();
        clock.over();
        pass(60);
        assertThat(connection.isOpen()).isTrue();
        send();
        pass(9);
        clock.begun();
        clock.over();
        pass(60);
        assertThat(connection.isOpen()).isTrue();
        send();
        pass(10);
        assertThat(connection.isOpen()).isFalse();
    }

    private void send() {
        connection.writeInbound(Unpooled.copiedBuffer(new byte[] {'P'}));
    }

    private void pass(int seconds) {
        connection.advanceTimeBy(seconds, TimeUnit.SECONDS);
        connection.runScheduledPendingTasks();
    }
}
