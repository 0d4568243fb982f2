package io.hydrant.launcher.verify;

import io.hydrant.kinesis.sink.BatchPutter;
import io.hydrant.launcher.FakeCorridor;
import io.hydrant.localstack.fakes.http.Fault;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

import static org.assertj.core.api.Assertions.assertThat;

/** A delivery with a backup beside it, whose job fails again and again on the way. */
class VerifyBackupITCase {

    private static final int RECORDS = 60;

    private static final String DOCUMENT =
            """
            {
              "DeliveryStreamName": "orders",
              "KinesisStreamSourceConfiguration": {
                "KinesisStreamARN": "arn:aws:kinesis:us-east-1:000000000000:stream/orders",
                "RoleARN": "arn:aws:iam::000000000000:role/orders"
              },
              "ExtendedS3DestinationConfiguration": {
                "RoleARN": "arn:aws:iam::000000000000:role/orders",
                "BucketARN": "arn:aws:s3:::lake",
                "Prefix": "orders/",
                "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 0},
                "ProcessingConfiguration": {"Enabled": true, "Processors": [
                  {"Type": "RecordDeAggregation",
                   "Parameters": [{"ParameterName": "SubRecordType", "ParameterValue": "JSON"}]},
                  {"Type": "AppendDelimiterToRecord"}]},
                "S3BackupMode": "Enabled",
                "S3BackupConfiguration": {
                  "RoleARN": "arn:aws:iam::000000000000:role/orders",
                  "BucketARN": "arn:aws:s3:::vault",
                  "Prefix": "raw/",
                  "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 1},
                  "CompressionFormat": "GZIP"
                }
              },
              "Hydrant": {
                "backup.append-newline": true,
                "source.init.position": "TRIM_HORIZON",
                "aws.credentials.provider": "BASIC",
                "aws.credentials.basic.accesskeyid": "test",
                "aws.credentials.basic.secretkey": "test"
              }
            }
            """;

    @RegisterExtension static final MiniClusterExtension CLUSTER = FakeCorridor.cluster();

    @RegisterExtension final FakeCorridor corridor = new FakeCorridor(DOCUMENT, "lake", "vault");

    @BeforeEach
    void put() throws Exception {
        try (BatchPutter putter = corridor.putter(2)) {
            for (int i = 0; i < RECORDS; i++) {
                putter.put("key-" + i, raw(i).getBytes(StandardCharsets.UTF_8));
            }
            putter.flush();
        }
    }

    @Test
    void keepsEveryRecordAsItCameOnceBesideWhatBecameOfIt() throws Exception {
        // Some of these calls are the delivery's, some the backup's, some the ledger's.
        for (int passing : new int[] {1, 3, 4}) {
            corridor.s3()
                    .faults()
                    .after("PutObject", passing, 1, Fault.refuse(403, "AccessDenied", "no"));
        }
        corridor.awaitVerified(corridor.addTo(stubborn()).executeAsync(), "--read-back");

        assertThat(corridor.s3().faults().outstanding()).isZero();
        assertThat(lines("lake", "orders/"))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, RECORDS)
                                .boxed()
                                .flatMap(i -> List.of(json("a", i), json("b", i)).stream())
                                .toList());
        assertThat(lines("vault", "raw/"))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, RECORDS).mapToObj(VerifyBackupITCase::raw).toList());
        assertThat(corridor.said())
                .startsWith("COMPLETE")
                .contains("\nbackup\nCOMPLETE")
                .contains("delivered 60 records in ");

        String key = corridor.s3().keys("vault").get(0);
        corridor.objects().deleteObject(request -> request.bucket("vault").key(key));
        assertThat(corridor.verify()).isEqualTo(1);
        assertThat(corridor.said())
                .contains("s3://vault/" + key + " is in the ledger and not in the bucket");
        assertThat(corridor.verify("--set", "ledger.prefix=no/such/ledger/")).isEqualTo(3);
        assertThat(corridor.said()).contains("\nbackup\nPENDING");
    }

    @Test
    void keepsOfFailedRecordsOnlyTheirPayload() throws Exception {
        String[] settings = {
            "--set", "backup.mode=FAILED_ONLY",
            "--set", "delivery.conversion.format=PARQUET",
            // A number is no truth value.
            "--set", "delivery.conversion.columns=struct<a:int,b:boolean>"
        };
        // Some of these calls are the delivery's, some the backup's, some the ledger's.
        corridor.s3().faults().after("PutObject", 2, 1, Fault.refuse(403, "AccessDenied", "no"));

        corridor.awaitVerified(corridor.addTo(stubborn(), settings).executeAsync(), settings);

        assertThat(corridor.s3().faults().outstanding()).isZero();
        assertThat(lines("vault", "raw/"))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, RECORDS).mapToObj(i -> json("b", i)).toList());
        assertThat(corridor.said()).startsWith("COMPLETE").contains("\nbackup\nCOMPLETE");
    }

    private static StreamExecutionEnvironment stubborn() {
        Configuration config = new Configuration();
        config.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 5);
        config.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        StreamExecutionEnvironment env = FakeCorridor.environment();
        env.configure(config);
        return env;
    }

    private List<String> lines(String bucket, String prefix) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String key : corridor.s3().keys(bucket)) {
            if (key.startsWith(prefix)) {
                byte[] stored =
                        corridor.objects()
                                .getObjectAsBytes(r -> r.bucket(bucket).key(key))
                                .asByteArray();
                byte[] content =
                        key.endsWith(".gz")
                                ? new GZIPInputStream(new ByteArrayInputStream(stored))
                                        .readAllBytes()
                                : stored;
                new String(content, StandardCharsets.UTF_8).lines().forEach(lines::add);
            }
        }
        return lines;
    }

    private static String raw(int i) {
        return json("a", i) + json("b", i);
    }

    private static String json(String name, int i) {
        return "{\"" + name + "\":" + i + "}";
    }
}
