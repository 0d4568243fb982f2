package io.hydrant.delivery.buffer;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.format.BlockCodec;
import io.hydrant.delivery.format.Compression;
import io.hydrant.delivery.format.CompressionLevel;
import io.hydrant.delivery.format.JsonLinesFormat;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

import static org.assertj.core.api.Assertions.assertThat;

class ObjectBufferTest {

    private final JsonLinesFormat format = new JsonLinesFormat(true);
    private final BlockCodec codec = Compression.GZIP.codec(CompressionLevel.DEFAULT);
    private final GrowingBytes scratch = new GrowingBytes(0);
    private final ObjectBuffer buffer = new ObjectBuffer();

    @Test
    void keepsTheOrderOfRecordsOverBlocksAndParts() throws IOException {
        ByteArrayOutputStream object = new ByteArrayOutputStream();

        buffer.append(record(1, "first"), format);
        buffer.compress(codec, scratch, 0);
        buffer.append(record(2, "second"), format);
        buffer.compress(codec, scratch, 0);
        take(object);
        buffer.append(record(3, "third"), format);
        buffer.compress(codec, scratch, 0);
        take(object);

        assertThat(gunzip(object.toByteArray())).isEqualTo("first\nsecond\nthird\n");
        assertThat(buffer.uncompressedBytes()).isEqualTo(19);
        assertThat(buffer.encodedBytes()).isEqualTo(object.size());
        assertThat(buffer.tally().records()).isEqualTo(3);
    }

    @Test
    void compressesNothingToNothing() {
        buffer.compress(codec, scratch, 0);

        assertThat(buffer.tail().length()).isZero();
        assertThat(buffer.encodedBytes()).isZero();
    }

    @Test
    void sealsEmptyRecordsToAValidFile() throws IOException {
        buffer.append(record(1, ""), new JsonLinesFormat(false));
        buffer.seal(codec, scratch);

        assertThat(gunzip(buffer.tail().toByteArray())).isEmpty();
    }

    @Test
    void sealsWhatIsLeftAndNoMore() {
        buffer.append(record(1, "first"), format);
        buffer.compress(codec, scratch, 0);
        int length = buffer.tail().length();
        buffer.seal(codec, scratch);
        assertThat(buffer.tail().length()).isEqualTo(length);
    }

    @Test
    void goesOnAfterARestoreAsIfNothingHadHappened() throws IOException {
        buffer.append(record(1, "first"), format);
        buffer.compress(codec, scratch, 0);
        buffer.append(record(2, "second"), format);

        ObjectBuffer restored =
                ObjectBuffer.restored(
                        buffer.raw().toByteArray(),
                        buffer.tail().toByteArray(),
                        buffer.tally(),
                        buffer.uncompressedBytes(),
                        buffer.encodedBytes(),
                        buffer.checksum());
        restored.append(record(3, "third"), format);
        restored.compress(codec, scratch, 0);

        assertThat(gunzip(restored.tail().toByteArray())).isEqualTo("first\nsecond\nthird\n");
        assertThat(restored.uncompressedBytes()).isEqualTo(19);
        assertThat(restored.encodedBytes()).isEqualTo(restored.tail().length());
        assertThat(restored.tally().records()).isEqualTo(3);
    }

    @Test
    void countsWhatItHoldsAndLetsGoOfIt() {
        int empty = buffer.heldBytes();
        buffer.append(record(1, "x".repeat(100_000)), format);
        assertThat(buffer.heldBytes() - empty).isGreaterThan(100_000);

        buffer.compress(codec, scratch, 0);
        assertThat(buffer.heldBytes() - empty).isEqualTo(buffer.tail().capacity()).isLessThan(1000);

        buffer.takeTail();
        assertThat(buffer.heldBytes()).isEqualTo(empty);
    }

    @Test
    void keepsTheArrayThatItIsAskedToKeep() {
        buffer.append(record(1, "x".repeat(1000)), format);
        int capacity = buffer.raw().capacity();

        buffer.compress(codec, scratch, capacity);

        assertThat(buffer.raw().capacity()).isEqualTo(capacity);
        assertThat(buffer.raw().length()).isZero();
    }

    @Test
    void beginsEmptyOverTheArraysOfAnother() throws IOException {
        buffer.append(record(1, "x".repeat(1000)), format);
        buffer.seal(codec, scratch);
        byte[] first = buffer.tail().toByteArray();
        GrowingBytes raw = buffer.takeRaw();
        int capacity = raw.capacity();

        ObjectBuffer next = new ObjectBuffer(raw, buffer.takeTail());
        assertThat(next.heldBytes()).isGreaterThan(capacity);
        assertThat(buffer.heldBytes()).isEqualTo(new ObjectBuffer().heldBytes());
        next.append(record(2, "second"), format);
        next.seal(codec, scratch);

        assertThat(next.takeRaw().capacity()).isEqualTo(capacity);
        assertThat(next.tally().records()).isEqualTo(1);
        assertThat(gunzip(next.tail().toByteArray())).isEqualTo("second\n");
        assertThat(gunzip(first)).hasSize(1001);
    }

    private void take(ByteArrayOutputStream object) {
        GrowingBytes part = buffer.takeTail();
        object.write(part.array(), 0, part.length());
    }

    private static Envelope record(int sequence, String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        return new Envelope(
                "stream",
                "shardId-000000000000",
                Integer.toString(sequence),
                0,
                "key",
                1000L + sequence,
                bytes,
                0,
                bytes.length);
    }

    private static String gunzip(byte[] bytes) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
