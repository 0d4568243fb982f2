package io.hydrant.kinesis.table;

import io.hydrant.core.record.Envelope;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class UndecodableRecordExceptionTest {

    private static final String SECRET = "{\"card\": \"4111 1111\"";

    @Test
    void namesTheRecordAndTheReason() {
        assertThat(of(0, new IOException("Cannot read", new IllegalStateException("no end"))))
                .isEqualTo(
                        "Record 4959 of shard shardId-000000000001 of stream orders, 20 bytes,"
                                + " cannot be read in the table's format: IllegalStateException: no"
                                + " end. Mend the table's columns or format, or let the format pass"
                                + " over such records, as '<format>.ignore-parse-errors' = 'true'"
                                + " does for json and csv");
    }

    @Test
    void namesTheRecordWithinItsAggregate() {
        assertThat(of(3, new IOException("x")))
                .startsWith("Record 4959 (sub-sequence number 3) of shard");
    }

    @Test
    void keepsThePayloadToItself() {
        Exception problem =
                new IOException("Failed to read '" + SECRET + "'", new IOException(SECRET + "!"));

        assertThat(of(0, problem)).doesNotContain("4111").contains("IOException: …!.");
    }

    @Test
    void cutsLongReasons() {
        assertThat(of(0, new IOException("y".repeat(5_000)))).hasSizeLessThan(600);
        assertThat(of(0, new IOException("first\nsecond"))).doesNotContain("second");
        assertThat(of(0, new NullPointerException())).contains("format: NullPointerException.");
    }

    private static String of(long subSequence, Exception problem) {
        byte[] payload = SECRET.getBytes(StandardCharsets.UTF_8);
        UndecodableRecordException failure =
                UndecodableRecordException.of(
                        new Envelope(
                                "orders",
                                "shardId-000000000001",
                                "4959",
                                subSequence,
                                "key",
                                0,
                                payload,
                                0,
                                payload.length),
                        problem);
        assertThat(failure.getCause()).isNull();
        return failure.getMessage();
    }
}
