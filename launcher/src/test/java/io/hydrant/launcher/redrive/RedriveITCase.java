package io.hydrant.launcher.redrive;

import io.hydrant.launcher.FakeCorridor;

import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A delivery from and to servers in memory, what failed in it redriven, and the proof of both. */
class RedriveITCase {

    private static final int RECORDS = 40;
    private static final int BAD = 4;
    private static final String LEDGER = "_hydrant/ledger/";

    private static final String DOCUMENT =
            """
            {
              "DeliveryStreamName": "orders",
              "KinesisStreamSourceConfiguration": {
                "KinesisStreamARN": "arn:aws:kinesis:us-east-1:000000000000:stream/orders"
              },
              "ExtendedS3DestinationConfiguration": {
                "BucketARN": "arn:aws:s3:::lake",
                "Prefix": "orders/!{partitionKeyFromQuery:c}/",
                "ErrorOutputPrefix": "errors/!{firehose:error-output-type}/",
                "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 1},
                "DynamicPartitioningConfiguration": {"Enabled": true},
                "ProcessingConfiguration": {"Enabled": true, "Processors": [
                  {"Type": "MetadataExtraction", "Parameters": [
                    {"ParameterName": "MetadataExtractionQuery", "ParameterValue": "{c: .c}"},
                    {"ParameterName": "JsonParsingEngine", "ParameterValue": "JQ-1.6"}]},
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
    void aRedrivenRecordIsDeliveredAndItsErrorObjectSettled() throws Exception {
        put();
        corridor.deliver();
        assertThat(corridor.lines("orders/")).hasSize(RECORDS - BAD);

        String[] mended = {
            "--set=ExtendedS3DestinationConfiguration.ProcessingConfiguration={\"Enabled\":"
                    + "true,\"Processors\":[{\"Type\":\"AppendDelimiterToRecord\"}]}",
            "--set=ExtendedS3DestinationConfiguration.DynamicPartitioningConfiguration={\"Enabled\":false}",
            "--set=ExtendedS3DestinationConfiguration.Prefix=orders/mended/"
        };
        assertThat(redrive(mended)).as(corridor::said).isZero();
        assertThat(corridor.said()).contains("records   4 read: 4 delivered, 0 failed again");
        assertThat(redrive(mended)).isZero();
        assertThat(corridor.said()).contains("records   0 read");

        assertThat(corridor.lines("orders/")).hasSize(RECORDS).doesNotHaveDuplicates();
        assertThat(corridor.verify("--read-back")).as(corridor::said).isZero();
        assertThat(corridor.said())
                .startsWith("COMPLETE")
                .contains("stream    40 records", "delivered 40 records", "errors    4 records")
                .contains("redriven  4 records out of ")
                .doesNotContain("others that it does not know");

        List<String> ledgers = corridor.keys(LEDGER);
        String ledger = ledgers.get(ledgers.size() - 1);
        String lines = new String(corridor.read(ledger), StandardCharsets.UTF_8);
        corridor.objects()
                .putObject(
                        request -> request.bucket("lake").key(ledger),
                        RequestBody.fromString(lines.substring(lines.indexOf('\n') + 1)));
        assertThat(corridor.verify()).isEqualTo(1);
        assertThat(corridor.said()).contains("records redriven from s3://lake/errors/");
    }

    private void put() throws Exception {
        try (var putter = corridor.putter(2)) {
            for (int i = 0; i < RECORDS; i++) {
                String order = i < BAD ? "order " + i : "{\"c\":\"" + i % 2 + "\",\"n\":" + i + "}";
                putter.put("key-" + i, order.getBytes(StandardCharsets.UTF_8));
            }
            putter.flush();
        }
    }

    private int redrive(String... more) {
        return corridor.run(
                new RedriveCommand(),
                Stream.concat(Stream.of("--from", "s3://lake/errors/"), Stream.of(more))
                        .toArray(String[]::new));
    }
}
