package io.hydrant.jobs.gateway.http;

import io.hydrant.jobs.gateway.metrics.GatewayMetrics;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;

import java.time.Duration;

/**
 * Reads nothing more from a client that does not read itself, and cuts it off in time: else
 * answers, and what HTTP/2 answers by itself, would pile up. Stands before the HTTP/2 codec, which
 * reads whatever others say.
 */
@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for a connection to close
final class UnreadAnswers extends ChannelDuplexHandler {

    private final Duration longest;
    private final GatewayMetrics metrics;
    private final Deadline deadline = new Deadline();

    UnreadAnswers(Duration longest, GatewayMetrics metrics) {
        this.longest = longest;
        this.metrics = metrics;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        boolean isRead = context.channel().isWritable();
        if (isRead) {
            deadline.cancel();
        } else {
            deadline.set(
                    context.executor(),
                    longest,
                    () -> {
                        metrics.closed("slow");
                        // From here, past the codec, which would wait for its last words to be
                        // read.
                        context.close();
                    });
        }
        context.channel().config().setAutoRead(isRead);
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void read(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            context.read();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        deadline.cancel();
        context.fireChannelInactive();
    }
}
