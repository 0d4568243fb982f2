package io.hydrant.kinesis.sink;

import org.apache.flink.connector.base.sink.writer.strategy.BasicRequestInfo;
import org.apache.flink.connector.base.sink.writer.strategy.BasicResultInfo;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InFlightLimitTest {

    private final BasicRequestInfo batch = new BasicRequestInfo(10);
    private boolean waitsForKeys;
    private final InFlightLimit limit = new InFlightLimit(2, 100, 500, 20, () -> waitsForKeys);

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
        fail(10);

        assertThat(limit.getMaxBatchSize()).isEqualTo(500);
        assertThat(limit.shouldBlock(batch)).isFalse();
    }

    @Test
    void letsOtherBatchesGoWhileFailedRecordsPause() {
        for (int i = 0; i < 19; i++) {
            limit.registerInFlightRequest(batch);
            limit.startPause(1);
            assertThat(limit.shouldBlock(batch)).isFalse();
        }
        limit.registerInFlightRequest(batch);
        limit.startPause(1);
        assertThat(limit.shouldBlock(batch)).as("all room is taken").isTrue();

        limit.registerCompletedRequest(new BasicResultInfo(1, 10));

        assertThat(limit.shouldBlock(batch)).isFalse();
    }

    @Test
    void blocksWhileEveryRecordWaitsForAnotherOfItsKey() {
        waitsForKeys = true;
        assertThat(limit.shouldBlock(batch)).isTrue();

        waitsForKeys = false;
        assertThat(limit.shouldBlock(batch)).isFalse();
    }

    private void fail(int records) {
        limit.registerInFlightRequest(batch);
        limit.startPause(records);
        limit.registerCompletedRequest(new BasicResultInfo(records, 10));
    }
}
