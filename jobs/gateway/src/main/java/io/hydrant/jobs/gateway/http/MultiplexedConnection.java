package io.hydrant.jobs.gateway.http;

import io.hydrant.jobs.gateway.metrics.GatewayMetrics;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.ReferenceCountUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Locale;

/**
 * A connection of HTTP/2, whose streams are each an {@link ExchangeHandler}'s: it may be without
 * any for as long as a connection of HTTP/1.1 may be without a request, however many pings it
 * sends; when the gateway ends, the client is told which streams are still answered.
 */
@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for a connection to close
final class MultiplexedConnection extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(MultiplexedConnection.class);

    private final Http2Connection connection;
    private final Duration idleTimeout;
    private final GatewayMetrics metrics;
    private final Deadline deadline;
    private boolean isStopping;

    /** Takes over the deadline of the first request. */
    MultiplexedConnection(
            Http2Connection connection,
            Duration idleTimeout,
            GatewayMetrics metrics,
            Deadline deadline) {
        this.connection = connection;
        this.idleTimeout = idleTimeout;
        this.metrics = metrics;
        this.deadline = deadline;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        connection.addListener(
                new Http2ConnectionAdapter() {
                    @Override
                    public void onStreamActive(Http2Stream stream) {
                        deadline.cancel();
                    }

                    @Override
                    public void onStreamClosed(Http2Stream stream) {
                        // Later, when what ended the stream is done with it.
                        context.executor().execute(() -> awaitNext(context.channel()));
                    }
                });
    }

    private void awaitNext(Channel channel) {
        if (connection.numActiveStreams() > 0 || !channel.isActive()) {
            return;
        }
        if (isStopping) {
            channel.close();
        } else {
            deadline.set(
                    channel.eventLoop(),
                    idleTimeout,
                    () -> {
                        metrics.closed("idle");
                        channel.close();
                    });
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == Shutdown.GRACEFUL) {
            isStopping = true;
            context.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
            awaitNext(context.channel());
        }
        context.fireUserEventTriggered(event);
    }

    /** Frames of the connection itself, which the codec has seen to. */
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        deadline.cancel();
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("Connection {} fails", context.channel(), cause);
        if (cause instanceof Http2Exception known) {
            // The codec says goodbye and closes.
            metrics.closed(known.error().name().toLowerCase(Locale.ROOT));
        } else {
            metrics.closed("failed");
            context.close();
        }
    }
}
