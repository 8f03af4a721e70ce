package dev.flowguard.edge;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Hangs up on a connection that has begun to speak and does not get to the end of a request's head, byte by byte, for ever. Neither
 * Vert.x nor Quarkus has a limit for that: their idle timeouts begin anew with every byte. Netty asks extensions of this kind to look at
 * each connection that a server accepts.
 */
public final class SlowHeads extends ChannelInitializerExtension {
    /** For the handshake and one head. An API server sends both at once. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final AttributeKey<HeadClock> CLOCK = AttributeKey.valueOf(HeadClock.class.getName());

    private final Duration patience;

    /** Called by Netty. */
    public SlowHeads() {
        this(PATIENCE);
    }

    SlowHeads(Duration patience) {
        this.patience = patience;
    }

    /** Has to come before the first server is opened: Netty looks for extensions once, and only where it is told to. */
    public static void enable() {
        System.setProperty(EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
    }

    @Override
    public void postInitializeServerChildChannel(Channel connection) {
        HeadClock clock = new HeadClock(patience);
        connection.attr(CLOCK).set(clock);
        connection.pipeline().addFirst(clock, new OnlyHttp1());
    }

    /** The head of this request is complete. */
    static void begun(HttpServerRequest request) {
        HeadClock clock = clock(request);
        if (clock != null) {
            clock.begun();
        }
    }

    /** It is answered: from now on the next one's is waited for. */
    static void over(HttpServerRequest request) {
        HeadClock clock = clock(request);
        if (clock != null) {
            clock.over();
        }
    }

    private static @Nullable HeadClock clock(HttpServerRequest request) {
        return request.connection() instanceof ConnectionBase connection
                ? connection.channel().attr(CLOCK).get()
                : null;
    }
}
