package io.hydrant.kinesis.sink;

import org.apache.flink.connector.base.sink.writer.strategy.BasicRequestInfo;
import org.apache.flink.connector.base.sink.writer.strategy.BasicResultInfo;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InFlightLimitTest {

    private final BasicRequestInfo batch = new BasicRequestInfo(10);
    private final InFlightLimit limit = new InFlightLimit(2, 100, 500);

    @Test
    void blocksOnceTooManyBatchesAreOnTheirWay() {
        limit.registerInFlightRequest(batch);
        assertThat(limit.shouldBlock(batch)).isFalse();
        limit.registerInFlightRequest(batch);
        assertThat(limit.shouldBlock(batch)).isTrue();

        limit.registerCompletedRequest(new BasicResultInfo(0, 10));

        assertThat(limit.shouldBlock(batch)).isFalse();
    }

    @Test
    void blocksOnceTooManyBytesAreOnTheirWay() {
        limit.startBytes(60);
        assertThat(limit.shouldBlock(batch)).isFalse();
        limit.startBytes(40);
        assertThat(limit.shouldBlock(batch)).isTrue();

        limit.endBytes(60);

        assertThat(limit.shouldBlock(batch)).isFalse();
        assertThat(limit.bytes()).isEqualTo(40);
    }

    @Test
    void doesNotShrinkBecauseRecordsFailed() {
        limit.registerInFlightRequest(batch);
        limit.registerCompletedRequest(new BasicResultInfo(10, 10));

        assertThat(limit.getMaxBatchSize()).isEqualTo(500);
        assertThat(limit.shouldBlock(batch)).isFalse();
    }
}
