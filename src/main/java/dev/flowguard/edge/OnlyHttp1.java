package dev.flowguard.edge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Hangs up on a connection that changes to HTTP/2, be it by its first words or by an upgrade. On a port without TLS, as that of health and
 * metrics is, Vert.x speaks it to whoever wants, and no option of Quarkus says otherwise there. Where there is TLS what goes by here is
 * encrypted, and the handshake has decided.
 */
final class OnlyHttp1 extends ChannelDuplexHandler {
    /** With which HTTP/2 begins; there is no such method. */
    private static final byte[] PREFACE = "PRI ".getBytes(StandardCharsets.US_ASCII);

    /** The answer to a request for another protocol. */
    private static final String SWITCHING = "HTTP/1.1 101 ";

    private static final Pattern TO_HTTP2 = Pattern.compile("(?i)\\bupgrade: *h2");

    private int seen;
    private boolean isOther;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!isOther && message instanceof ByteBuf bytes && begins(bytes)) {
            ReferenceCountUtil.release(message);
            context.close();
        } else {
            context.fireChannelRead(message);
        }
    }

    /** Also where it comes byte by byte. */
    private boolean begins(ByteBuf bytes) {
        for (int at = bytes.readerIndex(); at < bytes.writerIndex() && !isOther && seen < PREFACE.length; at++) {
            isOther = bytes.getByte(at) != PREFACE[seen];
            seen++;
        }
        return !isOther && seen == PREFACE.length;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf bytes && isSwitching(bytes)) {
            ReferenceCountUtil.release(message);
            context.close(promise);
        } else {
            context.write(message, promise);
        }
    }

    /** To HTTP/2, that is; nothing of ours changes to anything else, but a test's server for WebSockets in the same process does. */
    private static boolean isSwitching(ByteBuf bytes) {
        int length = SWITCHING.length();
        return bytes.readableBytes() >= length
                && bytes.toString(bytes.readerIndex(), length, StandardCharsets.US_ASCII)
                        .equals(SWITCHING)
                && TO_HTTP2.matcher(bytes.toString(StandardCharsets.US_ASCII)).find();
    }
}
