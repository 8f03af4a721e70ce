package dev.flowguard.edge;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How long one connection has been sending a head. All of it happens on the connection's own thread. */
final class HeadClock extends ChannelInboundHandlerAdapter {
    private final Duration patience;
    /** Counts the heads, so that a clock that was set for one does not ring for another. */
    private long head;

    private boolean underWay;
    private boolean ticking;

    HeadClock(Duration patience) {
        this.patience = patience;
    }

    /** A connection has to say something to begin with; afterwards it may be silent for as long as the idle timeout allows. */
    @Override
    public void handlerAdded(ChannelHandlerContext connection) {
        tick(connection);
    }

    @Override
    public void channelRead(ChannelHandlerContext connection, Object bytes) {
        if (!underWay && !ticking) {
            tick(connection);
        }
        connection.fireChannelRead(bytes);
    }

    void begun() {
        underWay = true;
        ticking = false;
        head++;
    }

    void over() {
        underWay = false;
    }

    private void tick(ChannelHandlerContext connection) {
        ticking = true;
        long awaited = head;
        connection
                .executor()
                .schedule(
                        () -> {
                            if (ticking && head == awaited) {
                                connection.close();
                            }
                        },
                        patience.toMillis(),
                        TimeUnit.MILLISECONDS);
    }
}
