package io.hydrant.s3.sink;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.buffer.ObjectBuffer;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SpareArraysTest {

    private final SpareArrays spare = new SpareArrays();

    @Test
    void aBufferBeginsOverTheArraysOfTheLastOne() {
        GrowingBytes tail = new GrowingBytes(2000);
        tail.write(new byte[30]);
        spare.keep(new GrowingBytes(1000), tail);

        ObjectBuffer first = spare.buffer();

        assertThat(first.raw().capacity()).isEqualTo(1000);
        assertThat(first.tail().capacity()).isEqualTo(2000);
        assertThat(first.tail().length()).isZero();
    }

    @Test
    void arraysAreGivenToOneBufferOnly() {
        spare.keep(new GrowingBytes(1000), new GrowingBytes(2000));
        spare.buffer();

        assertThat(spare.buffer().raw().capacity()).isZero();
    }

    @Test
    void largeArraysAreLetGoOf() {
        spare.keep(
                new GrowingBytes(SpareArrays.LARGEST + 1), new GrowingBytes(SpareArrays.LARGEST));

        ObjectBuffer buffer = spare.buffer();

        assertThat(buffer.raw().capacity()).isZero();
        assertThat(buffer.tail().capacity()).isEqualTo(SpareArrays.LARGEST);
    }
}
