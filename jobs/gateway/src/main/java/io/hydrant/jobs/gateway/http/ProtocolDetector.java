package io.hydrant.jobs.gateway.http;

import io.hydrant.jobs.gateway.metrics.GatewayMetrics;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Tells the versions of HTTP apart by the first bytes of a connection: each of HTTP/2 begins with
 * the same 24, whether TLS agreed upon it before or the client just knows. Then goes out of the
 * way.
 *
 * <p>Source: RFC 9113, 3.3 and 3.4.
 */
@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for a connection to close
final class ProtocolDetector extends ByteToMessageDecoder {

    private static final byte[] PREFACE =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final BiConsumer<ChannelPipeline, Deadline> http1;
    private final BiConsumer<ChannelPipeline, Deadline> http2;
    private final Duration idleTimeout;
    private final GatewayMetrics metrics;

    /** Goes on behind the detection, so that nobody gains time by beginning slowly. */
    private final Deadline deadline = new Deadline();

    ProtocolDetector(
            BiConsumer<ChannelPipeline, Deadline> http1,
            BiConsumer<ChannelPipeline, Deadline> http2,
            Duration idleTimeout,
            GatewayMetrics metrics) {
        this.http1 = http1;
        this.http2 = http2;
        this.idleTimeout = idleTimeout;
        this.metrics = metrics;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        deadline.set(
                context.executor(),
                idleTimeout,
                () -> {
                    metrics.closed("idle");
                    context.channel().close();
                });
        context.fireChannelActive();
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        int seen = Math.min(in.readableBytes(), PREFACE.length);
        for (int i = 0; i < seen; i++) {
            if (in.getByte(in.readerIndex() + i) != PREFACE[i]) {
                goOn(context, http1);
                return;
            }
        }
        if (seen == PREFACE.length) {
            goOn(context, http2);
        }
    }

    /** What was read so far goes to the handlers that come behind. */
    private void goOn(
            ChannelHandlerContext context, BiConsumer<ChannelPipeline, Deadline> handlers) {
        handlers.accept(context.pipeline(), deadline);
        context.pipeline().remove(this);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        deadline.cancel();
        super.channelInactive(context);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event == Shutdown.GRACEFUL) {
            context.close();
        }
        super.userEventTriggered(context, event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        metrics.closed("failed");
        context.close();
    }
}
