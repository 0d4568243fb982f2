package io.hydrant.launcher.verify;

import io.hydrant.launcher.FakeCorridor;
import io.hydrant.localstack.harness.Conditions;

import org.apache.flink.core.execution.JobClient;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Deliveries of one record of many, by the whole job, and their proof. */
class SampleITCase {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

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
                "ErrorOutputPrefix": "errors/",
                "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 0},
                "ProcessingConfiguration": {"Enabled": true, "Processors": [
                  {"Type": "AppendDelimiterToRecord"}]}
              },
              "Hydrant": {
                "source.init.position": "TRIM_HORIZON",
                "delivery.sample.method": "LAST",
                "delivery.sample.key": ".device",
                "delivery.sample.interval": "1 h",
                "delivery.sample.time": ".at",
                "delivery.sample.lateness": "1 d",
                "aws.credentials.provider": "BASIC",
                "aws.credentials.basic.accesskeyid": "test",
                "aws.credentials.basic.secretkey": "test"
              }
            }
            """;

    /** The hours of the test end with the last full one, so no record is late. */
    private static final Instant FIRST_HOUR =
            Instant.now().truncatedTo(ChronoUnit.HOURS).minus(3, ChronoUnit.HOURS);

    @RegisterExtension static final MiniClusterExtension CLUSTER = FakeCorridor.cluster();

    @RegisterExtension final FakeCorridor corridor = new FakeCorridor(DOCUMENT, "lake");

    @Test
    void theLastOfEachKeyAndHourIsDeliveredAndEveryRecordAccountedFor() throws Exception {
        List<String> records = hours(3);
        records.add("no JSON");
        put(records);

        replay("--from", "TRIM_HORIZON");

        assertThat(corridor.lines("orders/"))
                .containsExactlyInAnyOrder(
                        record(0, 0, 50),
                        record(1, 0, 50),
                        record(0, 1, 50),
                        record(1, 1, 50),
                        record(0, 2, 50),
                        record(1, 2, 50));
        assertThat(corridor.lines("errors/")).hasSize(1);
        assertThat(corridor.verify("--from", "TRIM_HORIZON", "--read-back"))
                .as(corridor::said)
                .isZero();
        assertThat(corridor.said())
                .startsWith("COMPLETE")
                .contains("stream    37 records", "delivered 6 records", "dropped   30 records");
    }

    @Test
    void whatWaitsInARunningJobIsNeitherCalledMissingForCertainNorComplete() throws Exception {
        put(hours(1));
        JobClient job = corridor.addTo(FakeCorridor.environment()).executeAsync();
        try {
            assertThat(
                            Conditions.comeTrue(
                                    TIMEOUT,
                                    () -> {
                                        int code = corridor.verify();
                                        return corridor.said().contains("dropped   10 records")
                                                && code == VerifyCommand.UNDECIDED;
                                    }))
                    .as(corridor::said)
                    .isTrue();
            assertThat(corridor.said()).contains("UNDECIDED: this delivery samples");
            assertThat(corridor.lines("orders/")).isEmpty();
        } finally {
            job.cancel().get();
        }
    }

    /** Six records of each of two devices in an hour, in an order that is not theirs. */
    private static List<String> hours(int count) {
        List<String> records = new ArrayList<>();
        for (int hour = 0; hour < count; hour++) {
            for (int minute : new int[] {10, 50, 0, 40, 20, 30}) {
                records.add(record(0, hour, minute));
                records.add(record(1, hour, minute));
            }
        }
        return records;
    }

    private static String record(int device, int hour, int minute) {
        Instant time = FIRST_HOUR.plus(Duration.ofHours(hour).plusMinutes(minute));
        return "{\"device\":" + device + ",\"at\":\"" + time + "\"}";
    }

    private void put(List<String> records) throws Exception {
        try (var putter = corridor.putter(2)) {
            for (String record : records) {
                putter.put(record, record.getBytes(StandardCharsets.UTF_8));
            }
            putter.flush();
        }
    }

    private void replay(String... range) throws Exception {
        corridor.addTo(FakeCorridor.environment(), range).execute();
    }
}
