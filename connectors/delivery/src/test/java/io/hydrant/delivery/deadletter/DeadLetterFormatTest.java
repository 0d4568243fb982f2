package io.hydrant.delivery.deadletter;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.buffer.GrowingBytes;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class DeadLetterFormatTest {

    private static final Failure FAILURE =
            new Failure(
                    ErrorOutputType.PROCESSING_FAILED,
                    "Transform.Exception",
                    "bad \"json\"\nat line 2",
                    3,
                    1_382_000_000_500L);

    @Test
    void writesFirehosesFieldsAndTheIdentity() {
        byte[] shared = {9, (byte) 0xff, 0, '\n', 9};

        assertThat(
                        encoded(
                                new Envelope(
                                        "flights",
                                        "shardId-000000000001",
                                        "4959",
                                        7,
                                        "ké",
                                        1_382_000_000_000L,
                                        shared,
                                        1,
                                        3)))
                .isEqualTo(
                        "{\"attemptsMade\":3,\"arrivalTimestamp\":1382000000000,"
                                + "\"errorCode\":\"Transform.Exception\","
                                + "\"errorMessage\":\"bad \\\"json\\\"\\nat line 2\","
                                + "\"attemptEndingTimestamp\":1382000000500,"
                                + "\"rawData\":\"/wAK\",\"stream\":\"flights\","
                                + "\"shardId\":\"shardId-000000000001\","
                                + "\"sequenceNumber\":\"4959\",\"subSequenceNumber\":7,"
                                + "\"partitionKey\":\"ké\"}\n");
    }

    @Test
    void writesTheFurtherFieldsOfAKindBehindTheCommonOnes() {
        GrowingBytes out = new GrowingBytes(0);
        new DeadLetterFormat()
                .encode(
                        new Envelope("s", "0", "1", 0, "k", 0, new byte[0], 0, 0),
                        new Failure(
                                ErrorOutputType.PROCESSING_FAILED,
                                "Lambda.FunctionError",
                                "m",
                                4,
                                5,
                                Map.of("lambdaArn", "arn:aws:lambda:…")),
                        out);

        assertThat(new String(out.toByteArray(), StandardCharsets.UTF_8))
                .contains("\"rawData\":\"\",\"lambdaArn\":\"arn:aws:lambda:…\",\"stream\":\"s\",");
    }

    @Test
    void writesAnEmptyPayload() {
        assertThat(encoded(new Envelope("s", "0", "1", 0, "k", 0, new byte[0], 0, 0)))
                .contains("\"rawData\":\"\",");
    }

    @Test
    void writesOneLineForAPayloadOfTheLargestSize() {
        byte[] payload = new byte[1 << 20];

        String line = encoded(new Envelope("s", "0", "1", 0, "k", 0, payload, 0, payload.length));

        assertThat(line.lines()).hasSize(1);
        assertThat(line).hasSizeGreaterThan(payload.length * 4 / 3).endsWith("}\n");
    }

    private static String encoded(Envelope record) {
        GrowingBytes out = new GrowingBytes(0);
        new DeadLetterFormat().encode(record, FAILURE, out);
        return new String(out.toByteArray(), StandardCharsets.UTF_8);
    }
}
