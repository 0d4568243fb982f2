package io.hydrant.jobs.gateway.http;

import io.hydrant.jobs.gateway.metrics.GatewayMetrics;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** A client that does not read, as the channel sees it: what is written does not get away. */
class UnreadAnswersTest {

    private static final int MORE_THAN_THE_CHANNEL_TAKES = 100_000;

    private final GatewayMetrics metrics = new GatewayMetrics();
    private final AtomicInteger reads = new AtomicInteger();
    private final EmbeddedChannel channel =
            new EmbeddedChannel(
                    new ChannelOutboundHandlerAdapter() {
                        @Override
                        public void read(ChannelHandlerContext context) {
                            reads.incrementAndGet();
                            context.read();
                        }
                    },
                    new UnreadAnswers(Duration.ofSeconds(30), metrics));

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void nothingIsReadWhileAnswersLieAround() {
        pile();
        int before = reads.get();

        channel.read();

        assertThat(channel.config().isAutoRead()).isFalse();
        assertThat(reads).hasValue(before);
    }

    @Test
    void whoTakesThemIsHeardAgain() {
        pile();
        int before = reads.get();

        channel.flush();
        channel.runPendingTasks();

        assertThat(channel.config().isAutoRead()).isTrue();
        assertThat(reads.get()).isGreaterThan(before);
        channel.advanceTimeBy(31, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void whoDoesNotInTimeIsCutOff() {
        channel.freezeTime();
        pile();

        channel.advanceTimeBy(29, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isTrue();
        channel.advanceTimeBy(2, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();

        assertThat(channel.isOpen()).isFalse();
        assertThat(metrics.page()).contains("closed_connections_total{reason=\"slow\"} 1");
    }

    /** Written, but on nobody's way. */
    private void pile() {
        var unused = channel.write(Unpooled.wrappedBuffer(new byte[MORE_THAN_THE_CHANNEL_TAKES]));
        channel.runPendingTasks();
        assertThat(channel.isWritable()).isFalse();
    }
}
