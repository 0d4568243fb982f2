package io.hydrant.kinesis.table;

import io.hydrant.kinesis.change.ChangeFormatOptions;
import io.hydrant.kinesis.change.StreamViewType;
import io.hydrant.kinesis.change.ValueMismatch;

import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsReadingMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

class DynamoDbStreamsTableFactoryTest {

    private static final String VIEW_TYPE = "dynamodb-stream-json.view-type";

    private final TableFixture table =
            new TableFixture()
                    .with("connector", "dynamodb-streams")
                    .with(
                            "stream.arn",
                            "arn:aws:dynamodb:us-east-1:012345678901:table/orders/stream/2026-11-21T10:00:00.000")
                    .without("format");

    @Test
    void makesAFullChangelogByDefault() {
        assertThat(((ScanTableSource) table.source()).getChangelogMode())
                .isEqualTo(ChangelogMode.all());
    }

    @Test
    void makesAnUpsertChangelogOfNewImages() {
        ScanTableSource source =
                (ScanTableSource) table.keyedById().with(VIEW_TYPE, "NEW_IMAGE").source();

        assertThat(source.getChangelogMode()).isEqualTo(ChangelogMode.upsert());
    }

    @Test
    void readsRecordsAsTheyAreInAnotherFormat() {
        ScanTableSource source = (ScanTableSource) table.with("format", "json").source();

        assertThat(source.getChangelogMode()).isEqualTo(ChangelogMode.insertOnly());
    }

    @Test
    void takesTheFormatOverAKinesisStreamToo() {
        ScanTableSource source =
                (ScanTableSource)
                        new TableFixture().with("format", "dynamodb-stream-json").source();

        assertThat(source.getChangelogMode()).isEqualTo(ChangelogMode.all());
    }

    @Test
    void hasTheMetadataOfATable() {
        assertThat(((SupportsReadingMetadata) table.source()).listReadableMetadata())
                .containsOnlyKeys(
                        "timestamp",
                        "arrival-timestamp",
                        "shard-id",
                        "sequence-number",
                        "keys",
                        "table");
    }

    @Test
    void copiesItself() {
        assertThat(((SupportsReadingMetadata) table.source().copy()).listReadableMetadata())
                .containsKey("keys");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "source.init.position | TRIM_HORIZON",
                "scan.stream.initpos | TRIM_HORIZON",
                "source.shard.discovery.interval | 5 s",
                "source.position-lost | CONTINUE",
                "source.end.position | NONE",
                "dynamodb-stream-json.value-mismatch | NULL",
                "aws.endpoint | http://localhost:8000",
                "aws.region | us-east-1",
                "scan.parallelism | 2",
                "scan.shard.idle.interval | 1000",
            })
    void takes(String key, String value) {
        assertThat(table.with(key, value).source()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "source.reader.type",
                "source.efo.consumer.name",
                "source.deaggregation",
                "source.deduplication.enabled",
                "source.shard.get-records.decoding",
                "stream",
                "stream.pattern",
                "sink.partitioner",
                "dynamodb-stream-json.unknown",
            })
    void refusesWhatMeansNothingHere(String key) {
        Throwable error = catchThrowable(() -> table.with(key, "1").source());

        assertThat(error.getCause()).isInstanceOf(ValidationException.class);
        assertThat(error.getCause().getMessage()).contains("Unsupported options", key);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                VIEW_TYPE
                        + " | KEYS_ONLY | does not say what items became; enable the table's stream with NEW_AND_OLD_IMAGES",
                VIEW_TYPE + " | OLD_IMAGE | or read its records as they are with 'format' = 'json'",
                VIEW_TYPE + " | NEW_IMAGE | declare PRIMARY KEY (…) NOT ENFORCED",
                "stream.arn | arn:aws:kinesis:us-east-1:012345678901:stream/orders | stream.arn: 'arn:aws:kinesis:us-east-1:012345678901:stream/orders' is no ARN of the stream of a DynamoDB table",
                "aws.region | eu-west-1 | aws.region is eu-west-1, but arn:aws:dynamodb",
            })
    void saysWhatIsWrongAndWhatToDo(String key, String value, String message) {
        assertThatThrownBy(() -> table.with(key, value).source())
                .hasRootCauseInstanceOf(
                        key.equals("aws.region")
                                ? IllegalArgumentException.class
                                : ValidationException.class)
                .hasStackTraceContaining(message);
    }

    @Test
    void hasDefaults() {
        assertThat(DynamoDbStreamsTableOptions.FORMAT.defaultValue())
                .isEqualTo("dynamodb-stream-json");
        assertThat(ChangeFormatOptions.VIEW_TYPE.defaultValue())
                .isEqualTo(StreamViewType.NEW_AND_OLD_IMAGES);
        assertThat(ChangeFormatOptions.VALUE_MISMATCH.defaultValue()).isEqualTo(ValueMismatch.FAIL);
    }

    @Test
    void isNotWritten() {
        assertThatThrownBy(table::sink)
                .isInstanceOf(ValidationException.class)
                .hasStackTraceContaining("dynamodb-streams");
    }
}
