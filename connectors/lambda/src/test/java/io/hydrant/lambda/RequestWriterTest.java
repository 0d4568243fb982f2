package io.hydrant.lambda;

import io.hydrant.core.record.Envelope;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

class RequestWriterTest {

    private static final InvocationOrigin ORIGIN =
            new InvocationOrigin(
                    "arn:aws:firehose:eu-west-1:111122223333:deliverystream/clicks",
                    "arn:aws:kinesis:eu-west-1:111122223333:stream/clicks",
                    "eu-west-1");

    private final RequestWriter writer = new RequestWriter(ORIGIN);

    @Test
    void writesTheEventThatFirehoseGivesAFunction() {
        byte[] shared = {9, 'h', 'i', 9};
        Envelope record =
                new Envelope(
                        "clicks",
                        "shardId-000000000003",
                        "4959",
                        7,
                        "k\"é",
                        1_495_072_949_453L,
                        shared,
                        1,
                        2);

        String event =
                text(
                        writer.write(
                                List.of(BatchItem.at(12, record)),
                                UUID.fromString("05a1cd5e-9c3a-4a8c-8a3f-000000000001")));

        assertThat(event)
                .isEqualTo(
                        "{\"invocationId\":\"05a1cd5e-9c3a-4a8c-8a3f-000000000001\","
                                + "\"sourceKinesisStreamArn\":\"arn:aws:kinesis:eu-west-1:111122223333:stream/clicks\","
                                + "\"deliveryStreamArn\":\"arn:aws:firehose:eu-west-1:111122223333:deliverystream/clicks\","
                                + "\"region\":\"eu-west-1\",\"records\":[{"
                                + "\"recordId\":\"4959000012\","
                                + "\"approximateArrivalTimestamp\":1495072949453,\"data\":\"aGk=\","
                                + "\"kinesisRecordMetadata\":{\"sequenceNumber\":\"4959\","
                                + "\"subsequenceNumber\":7,\"partitionKey\":\"k\\\"é\","
                                + "\"shardId\":\"shardId-000000000003\","
                                + "\"approximateArrivalTimestamp\":1495072949453}}]}");
    }

    @Test
    void writesAnEmptyRecordAsAnEmptyText() {
        assertThat(text(writer.write(List.of(BatchItem.at(0, record(0, "k"))), new UUID(0, 0))))
                .contains("\"data\":\"\",");
    }

    @Test
    void idsOfABatchDifferAlsoWhereSequenceNumbersDoNot() {
        assertThat(BatchItem.at(0, record(1, "k")).id()).isEqualTo("4959000000");
        assertThat(BatchItem.at(1, record(1, "k")).id()).isEqualTo("4959000001");
        assertThat(BatchItem.at(1_234_567, record(1, "k")).id()).isEqualTo("49591234567");
    }

    @Test
    void neverTakesARecordForSmallerThanItIsInTheRequest() {
        for (int length : new int[] {0, 1, 2, 3, 4, 1000}) {
            for (String key : new String[] {"k", "\u0001".repeat(256), "é".repeat(256)}) {
                Envelope record = record(length, key);
                long alone = writer.write(List.of(BatchItem.at(0, record)), new UUID(0, 0)).length;

                assertThat(RequestWriter.bytes(record) + RequestWriter.MAX_ENVELOPE_BYTES)
                        .isGreaterThan(alone);
                long two =
                        writer.write(
                                        List.of(BatchItem.at(0, record), BatchItem.at(1, record)),
                                        new UUID(0, 0))
                                .length;
                assertThat(RequestWriter.bytes(record)).isGreaterThanOrEqualTo(two - alone);
            }
        }
    }

    private static Envelope record(int length, String key) {
        return new Envelope(
                "clicks",
                "shardId-000000000003",
                "4959",
                Long.MAX_VALUE,
                key,
                Long.MAX_VALUE,
                new byte[length],
                0,
                length);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
