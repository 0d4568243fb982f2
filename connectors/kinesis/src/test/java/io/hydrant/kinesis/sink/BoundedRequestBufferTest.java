package io.hydrant.kinesis.sink;

import org.apache.flink.connector.base.sink.writer.DequeRequestBuffer;
import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BoundedRequestBufferTest {

    private long inFlight;
    private final BoundedRequestBuffer buffer =
            new BoundedRequestBuffer(new DequeRequestBuffer<>(), 1_000, 500, () -> inFlight);

    @Test
    void countsItsRecordsWhileThereIsRoomForMoreBytes() {
        add(200);
        add(200);

        assertThat(buffer.size()).isEqualTo(2);
    }

    @Test
    void isFullOnceItsBytesAreUsedUp() {
        add(250);
        add(250);

        assertThat(buffer.size()).isEqualTo(1_000);
        buffer.poll();
        assertThat(buffer.size()).isEqualTo(1);
    }

    @Test
    void countsBytesInFlightAsItsOwn() {
        add(100);
        inFlight = 400;

        assertThat(buffer.size()).isEqualTo(1_000);
        inFlight = 399;
        assertThat(buffer.size()).isEqualTo(1);
    }

    @Test
    void isNeverFullWhileItIsEmpty() {
        inFlight = 10_000;

        assertThat(buffer.size()).isZero();
    }

    @Test
    void takesFailedRecordsBackInFront() {
        add(1);
        buffer.add(wrapper(2), true);

        assertThat(buffer.poll().getSize()).isEqualTo(2);
        assertThat(buffer.peek().getSize()).isEqualTo(1);
        assertThat(buffer.getBufferedState()).hasSize(1);
    }

    private void add(int bytes) {
        buffer.add(wrapper(bytes), false);
    }

    private static RequestEntryWrapper<PutEntry> wrapper(int bytes) {
        return new RequestEntryWrapper<>(new PutEntry("key", new byte[0]), bytes);
    }
}
