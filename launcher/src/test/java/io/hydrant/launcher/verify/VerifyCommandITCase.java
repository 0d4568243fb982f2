package io.hydrant.launcher.verify;

import io.hydrant.launcher.FakeCorridor;

import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/** A real delivery from and to servers in memory, spoiled in each way that must be found. */
class VerifyCommandITCase {

    private static final int RECORDS = 60;
    private static final String LEDGER = "_hydrant/ledger/";

    private static final String DOCUMENT =
            """
            {
              "DeliveryStreamName": "orders",
              "DeliveryStreamType": "KinesisStreamAsSource",
              "KinesisStreamSourceConfiguration": {
                "KinesisStreamARN": "arn:aws:kinesis:us-east-1:000000000000:stream/orders",
                "RoleARN": "arn:aws:iam::000000000000:role/orders"
              },
              "ExtendedS3DestinationConfiguration": {
                "RoleARN": "arn:aws:iam::000000000000:role/orders",
                "BucketARN": "arn:aws:s3:::lake",
                "Prefix": "orders/",
                "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 0},
                "CompressionFormat": "GZIP"
              },
              "Hydrant": {
                "source.init.position": "TRIM_HORIZON",
                "aws.credentials.provider": "BASIC",
                "aws.credentials.basic.accesskeyid": "test",
                "aws.credentials.basic.secretkey": "test"
              }
            }
            """;

    @RegisterExtension static final MiniClusterExtension CLUSTER = FakeCorridor.cluster();

    @RegisterExtension final FakeCorridor corridor = new FakeCorridor(DOCUMENT, "lake");

    @BeforeEach
    void deliver() throws Exception {
        put(0, RECORDS);
        corridor.deliver();
    }

    @Test
    void isContentWithACompleteDelivery() throws Exception {
        assertThat(corridor.verify("--read-back")).isZero();
        assertThat(corridor.said())
                .startsWith("COMPLETE: every record of the stream was delivered exactly once")
                .contains("stream    60 records in 2 shards")
                .contains("missing 0, doubled 0, pending 0, beyond retention 0")
                .contains(corridor.keys("orders/").size() + " read back in full");
    }

    @Test
    void saysThatNewRecordsArePending() throws Exception {
        put(RECORDS, 3);

        assertThat(corridor.verify()).isEqualTo(3);
        assertThat(corridor.said()).startsWith("PENDING: ").contains("pending 3");
    }

    @Test
    void waitsForPendingRecordsNoLongerThanItIsTold() throws Exception {
        put(RECORDS, 3);

        assertThat(corridor.verify("--wait", "PT0.2S")).isEqualTo(3);
    }

    @Test
    void findsAnObjectThatIsGone() throws Exception {
        String key = corridor.keys("orders/").get(0);
        corridor.objects().deleteObject(request -> request.bucket("lake").key(key));

        assertThat(corridor.verify()).isEqualTo(1);
        assertThat(corridor.said()).contains("s3://lake/" + key);
    }

    @Test
    void findsObjectsWhereAnEarlierConfigurationPutThem() throws Exception {
        String moved = "--set=ExtendedS3DestinationConfiguration.Prefix=elsewhere/";
        String errors = "--set=ExtendedS3DestinationConfiguration.ErrorOutputPrefix=errors/";

        assertThat(corridor.verify(moved, errors, "--read-back")).as(corridor::said).isZero();
        assertThat(corridor.said())
                .contains(corridor.keys("orders/").size() + " read back in full");

        String key = corridor.keys("orders/").get(0);
        corridor.objects().deleteObject(request -> request.bucket("lake").key(key));
        assertThat(corridor.verify(moved, errors)).isEqualTo(1);
        assertThat(corridor.said()).contains("s3://lake/" + key);
    }

    @Test
    void isNotContentWithADeliveryFromLatestThatHasNoLedger() throws Exception {
        assertThat(
                        corridor.verify(
                                "--set=source.init.position=LATEST",
                                "--set=ledger.prefix=another/ledger/"))
                .isEqualTo(3);
        assertThat(corridor.said()).contains("pending " + RECORDS);
    }

    @Test
    void findsAnObjectThatIsNoLongerCompressed() throws Exception {
        String key = corridor.keys("orders/").get(0);
        byte[] content = corridor.read(key);
        content[0] ^= 0x55;
        corridor.objects()
                .putObject(
                        request -> request.bucket("lake").key(key), RequestBody.fromBytes(content));

        assertThat(corridor.verify("--read-back")).isEqualTo(1);
        assertThat(corridor.said()).contains("s3://lake/" + key + " cannot be decompressed");
    }

    @Test
    void findsAnObjectWhoseSizeChanged() throws Exception {
        String key = corridor.keys("orders/").get(0);
        byte[] content = corridor.read(key);
        write(key, new String(content, StandardCharsets.ISO_8859_1) + "x");

        assertThat(corridor.verify()).isEqualTo(1);
        assertThat(corridor.said())
                .contains(
                        "s3://lake/%s has %,d bytes, %,d by the ledger"
                                .formatted(key, content.length + 1, content.length));
    }

    @Test
    void findsContentThatChangedOnlyWhenItReadsBack() throws Exception {
        String key = corridor.keys("orders/").get(0);
        byte[] content = corridor.read(key);
        content[content.length / 2] ^= 0x55;
        corridor.objects()
                .putObject(
                        request -> request.bucket("lake").key(key), RequestBody.fromBytes(content));

        assertThat(corridor.verify()).isZero();
        assertThat(corridor.verify("--read-back")).isEqualTo(1);
        assertThat(corridor.said()).contains("s3://lake/" + key);
    }

    @Test
    void findsRecordsThatNoObjectHolds() throws Exception {
        String ledger = corridor.keys(LEDGER).get(0);
        corridor.objects().deleteObject(request -> request.bucket("lake").key(ledger));

        assertThat(corridor.verify()).isIn(1, 3);
        assertThat(corridor.said()).doesNotContain("COMPLETE: every");
    }

    @Test
    void findsRecordsThatTwoObjectsHold() throws Exception {
        String ledger = corridor.keys(LEDGER).get(0);
        String lines = new String(corridor.read(ledger), StandardCharsets.UTF_8);
        String again = lines.replaceAll("\"id\":\"[0-9a-f]{8}", "\"id\":\"00000000");
        assertThat(again).isNotEqualTo(lines);
        write(ledger.replace(".jsonl", "0.jsonl"), again);

        assertThat(corridor.verify()).isEqualTo(1);
        assertThat(corridor.said()).contains("NOT COMPLETE").doesNotContain("doubled 0");
    }

    @Test
    void takesARepeatedCommitForOneDelivery() throws Exception {
        String ledger = corridor.keys(LEDGER).get(0);
        write(
                ledger.replace(".jsonl", "0.jsonl"),
                new String(corridor.read(ledger), StandardCharsets.UTF_8));

        assertThat(corridor.verify()).isZero();
    }

    @Test
    void saysWhatIsWrongWithTheConfiguration() throws Exception {
        assertThat(corridor.verify("--set", "delivery.bufer.size=1 mb")).isNotZero();
        assertThat(corridor.said()).contains("delivery.bufer.size", "delivery.buffer.size");
    }

    @Test
    void saysThatTheConfigurationIsNotOfRedshift() throws Exception {
        assertThat(corridor.verify("--redshift")).isEqualTo(2);
        assertThat(corridor.said())
                .startsWith(
                        "--redshift is given, and the configuration has no RedshiftDestinationConfiguration");
    }

    private void put(int first, int count) throws Exception {
        try (var putter = corridor.putter(2)) {
            for (int i = first; i < first + count; i++) {
                putter.put("key-" + i, ("order " + i).getBytes(StandardCharsets.UTF_8));
            }
            putter.flush();
        }
    }

    private void write(String key, String content) {
        corridor.objects()
                .putObject(
                        request -> request.bucket("lake").key(key),
                        RequestBody.fromBytes(content.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
