package io.hydrant.launcher.verify;

import io.hydrant.jobs.delivery.document.InvalidConfigurationException;
import io.hydrant.launcher.FakeCorridor;
import io.hydrant.localstack.harness.Conditions;

import org.apache.flink.core.execution.JobClient;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Bounded runs over a stream and over an archive, from and to servers in memory, and their proof.
 */
class ReplayITCase {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final String DOCUMENT =
            """
            {
              "DeliveryStreamName": "orders",
              "KinesisStreamSourceConfiguration": {
                "KinesisStreamARN": "arn:aws:kinesis:us-east-1:000000000000:stream/orders"
              },
              "ExtendedS3DestinationConfiguration": {
                "BucketARN": "arn:aws:s3:::lake",
                "Prefix": "orders/",
                "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 0},
                "ProcessingConfiguration": {"Enabled": true, "Processors": [
                  {"Type": "AppendDelimiterToRecord"}]}
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

    @Test
    void aReplayHandsOverToALiveDeliveryWithoutGapOrOverlap() throws Exception {
        put(0, 30);
        Instant handover = pause();
        put(30, 30);
        String[] live = {
            "--set",
            "source.init.position=AT_TIMESTAMP",
            "--set",
            "source.init.timestamp="
                    + BigDecimal.valueOf(handover.toEpochMilli(), 3).toPlainString()
        };

        corridor.deliver(live);
        assertThat(corridor.lines("orders/")).hasSize(30);
        replay("--from", "TRIM_HORIZON", "--to", handover.toString());

        assertThat(corridor.lines("orders/")).hasSize(60).doesNotHaveDuplicates();
        assertThat(corridor.verify("--from", "TRIM_HORIZON", "--read-back"))
                .as(corridor::said)
                .isZero();
        assertThat(corridor.said()).startsWith("COMPLETE").contains("stream    60 records");

        replay("--from", handover.toString());
        assertThat(corridor.verify("--from", "TRIM_HORIZON")).isEqualTo(1);
        assertThat(corridor.said()).contains("doubled 30");
    }

    @Test
    void aReplayHandsOverToADeliveryThatBeganAtLatest() throws Exception {
        put(0, 30);
        String latest = "--set=source.init.position=LATEST";
        assertThatThrownBy(() -> replay("--from", "TRIM_HORIZON", "--to", "LIVE"))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("--to: LIVE is not known")
                .hasMessageContaining("s3://lake/_hydrant/ledger/orders/")
                .hasMessageContaining("wait for one; or give the time");
        JobClient live = corridor.addTo(FakeCorridor.environment(), latest).executeAsync();
        try {
            int[] next = {30};
            // Whatever is put while the job begins is older or younger than its beginning.
            assertThat(
                            Conditions.comeTrue(
                                    TIMEOUT,
                                    () -> {
                                        put(next[0], 10);
                                        next[0] += 10;
                                        return corridor.keys("orders/").size() > 3;
                                    }))
                    .isTrue();
            corridor.awaitVerified(live, latest);

            replay("--from", "TRIM_HORIZON", "--to", "LIVE");

            assertThat(corridor.lines("orders/")).hasSize(next[0]).doesNotHaveDuplicates();
            assertThat(corridor.verify("--from", "TRIM_HORIZON", "--read-back"))
                    .as(corridor::said)
                    .isZero();
            assertThat(corridor.said()).contains("stream    %,d records".formatted(next[0]));
        } finally {
            if (!live.getJobStatus().get().isTerminalState()) {
                live.cancel().get();
            }
        }
    }

    @Test
    void replaysOfOneStretchAreToldApart() throws Exception {
        put(0, 30);
        corridor.deliver();
        String[] again = {"--from", "TRIM_HORIZON", "--replay-id", "again"};

        replay(again);

        assertThat(corridor.lines("orders/")).hasSize(60);
        assertThat(corridor.keys("orders/"))
                .anyMatch(key -> key.contains("/orders-1-"))
                .anyMatch(key -> key.contains("/orders-replay-again-1-"));
        assertThat(corridor.verify("--from", "TRIM_HORIZON")).as(corridor::said).isZero();
        assertThat(corridor.verify(again)).as(corridor::said).isZero();
        assertThat(corridor.said()).startsWith("COMPLETE").contains("delivered 30 records");
        assertThat(corridor.verify("--from", "TRIM_HORIZON", "--replay-id", "other")).isEqualTo(3);
    }

    @Test
    void anArchiveIsReplayedAndProven() throws Exception {
        archive("raw/a.gz", gzip("1\n2\n3\n"), gzip("4\n"));
        archive("raw/b", "{\"n\":5}{\"n\":6}".getBytes(StandardCharsets.UTF_8));
        archive("raw/empty");

        replay("--from", "s3://lake/raw/");

        assertThat(corridor.lines("orders/"))
                .containsExactlyInAnyOrder("1", "2", "3", "4", "{\"n\":5}", "{\"n\":6}");
        assertThat(corridor.verify("--from", "s3://lake/raw/")).as(corridor::said).isZero();
        assertThat(corridor.said())
                .contains("stream    6 records in 2 shards", "s3://lake raw/a.gz: 4 records");

        archive("raw/c", "7\n".getBytes(StandardCharsets.UTF_8));
        assertThat(corridor.verify("--from", "s3://lake/raw/")).isEqualTo(3);
    }

    @Test
    void anArchiveObjectThatIsDamagedFailsTheReplayOrIsLeftOut() throws Exception {
        byte[] whole = gzip("1\n2\n");
        archive("raw/a.gz", Arrays.copyOf(whole, whole.length - 12));

        assertThatThrownBy(() -> replay("--from", "s3://lake/raw/"))
                .hasStackTraceContaining("s3://lake/raw/a.gz cannot be read behind its record 0")
                .hasStackTraceContaining("or set archive.unreadable to SKIP");

        archive("raw/b", "3\n".getBytes(StandardCharsets.UTF_8));
        String skip = "--set=archive.unreadable=SKIP";
        replay("--from", "s3://lake/raw/", skip);
        assertThat(corridor.lines("orders/")).containsExactly("3");
        assertThat(corridor.verify("--from", "s3://lake/raw/", skip)).as(corridor::said).isZero();
    }

    private void put(int first, int count) throws Exception {
        try (var putter = corridor.putter(2)) {
            for (int i = first; i < first + count; i++) {
                putter.put("key-" + i, ("order " + i).getBytes(StandardCharsets.UTF_8));
            }
            putter.flush();
        }
    }

    /** A time between what came and what comes; arrivals are in milliseconds. */
    private static Instant pause() {
        Instant between = Instant.now().plusMillis(2).truncatedTo(ChronoUnit.MILLIS);
        assertThat(Conditions.comeTrue(TIMEOUT, () -> Instant.now().isAfter(between))).isTrue();
        return between;
    }

    private void archive(String key, byte[]... content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] each : content) {
            bytes.writeBytes(each);
        }
        corridor.objects()
                .putObject(
                        request -> request.bucket("lake").key(key),
                        RequestBody.fromBytes(bytes.toByteArray()));
    }

    private static byte[] gzip(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /** Ends by itself. */
    private void replay(String... range) throws Exception {
        corridor.addTo(FakeCorridor.environment(), range).execute();
    }
}
