package io.hydrant.kinesis.table;

import io.hydrant.core.aws.AwsOptions;
import io.hydrant.core.options.OptionCatalog;
import io.hydrant.kinesis.sink.KinesisSinkOptions;
import io.hydrant.kinesis.sink.PartitionKeyStrategy;
import io.hydrant.kinesis.source.KinesisSourceOptions;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KinesisTableFactoryTest {

    private final TableFixture table = new TableFixture();

    @Test
    void needsAStreamAndAFormat() {
        assertThatThrownBy(() -> table.without("stream.arn").source())
                .rootCause()
                .isInstanceOf(ValidationException.class)
                .hasMessage(
                        "The table names no stream: give its ARN with 'stream.arn', its name with"
                                + " 'stream', or a pattern of names with 'stream.pattern'");
        assertThatThrownBy(() -> new TableFixture().without("format").sink())
                .rootCause()
                .hasMessageContaining("format");
    }

    @Test
    void takesEveryOptionOfSourceSinkAndClient() {
        Set<String> known =
                new KinesisTableFactory()
                        .optionalOptions().stream()
                                .map(ConfigOption::key)
                                .collect(Collectors.toSet());
        Set<String> expected =
                new HashSet<>(
                        OptionCatalog.of(
                                        KinesisSourceOptions.class,
                                        KinesisSinkOptions.class,
                                        AwsOptions.class)
                                .options()
                                .keySet());
        expected.addAll(
                Set.of(
                        "stream.arn",
                        "stream",
                        "stream.pattern",
                        "sink.partitioner",
                        "sink.partitioner-field-delimiter",
                        "scan.shard.idle.interval",
                        "scan.parallelism",
                        "sink.parallelism"));

        assertThat(known).isEqualTo(expected);
    }

    @Test
    void tableOptionsHaveTheDefaultsOfTheOfficialConnector() {
        assertThat(
                        OptionCatalog.of(KinesisTableOptions.class).options().values().stream()
                                .filter(ConfigOption::hasDefaultValue)
                                .collect(
                                        Collectors.toMap(
                                                ConfigOption::key,
                                                option -> String.valueOf(option.defaultValue()))))
                .isEqualTo(
                        Map.of(
                                "scan.shard.idle.interval", "-1",
                                "sink.partitioner-field-delimiter", "|"));
    }

    @Test
    void refusesAKeyThatNobodyKnows() {
        assertThatThrownBy(() -> table.with("source.init.positon", "LATEST").source())
                .rootCause()
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("Unsupported options:\n\nsource.init.positon")
                .hasMessageContaining("source.init.position");
    }

    @ParameterizedTest
    @CsvSource({
        "source.init.position, AT_TIMESTAMP, AT_TIMESTAMP needs a time",
        "source.shard.get-records.max-record-count, 0, it must be from 1 to 10000",
        "stream.arn, orders, 'stream.arn: ''orders'' is no ARN of a Kinesis stream'",
        "stream, or/ders, 'stream: ''or/ders'' is no name of a stream'",
        "stream.pattern, orders, '''stream.pattern'' is given beside ''stream.arn'' or ''stream'''",
        "aws.region, eu-west-1, 'aws.region is eu-west-1, but arn:aws:kinesis:us-east-1:012345678901:stream/orders'",
        "aws.endpoint, localhost, aws.endpoint is 'localhost'",
        "scan.stream.efo.registration, SOMETIMES, 'it must be LAZY, EAGER or NONE'"
    })
    void namesTheOptionThatIsWrong(String key, String value, String message) {
        assertThatThrownBy(() -> table.with(key, value).source())
                .rootCause()
                .hasMessageContaining(message);
    }

    @Test
    void neverShowsASecret() {
        assertThatThrownBy(
                        () ->
                                table.with("aws.credentials.basic.secretkey", "hush")
                                        .with("nonsense", "1")
                                        .source())
                .satisfies(
                        problem -> {
                            for (Throwable cause = problem;
                                    cause != null;
                                    cause = cause.getCause()) {
                                assertThat(cause.getMessage()).doesNotContain("hush");
                            }
                        });
    }

    @Test
    void takesOptionsByTheNamesOfTheOlderConnector() {
        assertThat(
                        table.with("scan.stream.initpos", "TRIM_HORIZON")
                                .with("scan.shard.getrecords.intervalmillis", "300")
                                .with("scan.list.shards.maxretries", "3")
                                .source())
                .isInstanceOf(KinesisTableSource.class);
    }

    @Test
    void takesTheWatermarkOptionsOfFlink() {
        assertThat(
                        table.with("scan.watermark.idle-timeout", "1 min")
                                .with("scan.watermark.emit.strategy", "on-event")
                                .source())
                .isInstanceOf(KinesisTableSource.class);
    }

    @Test
    void isInsertOnlyUnlessTheFormatSaysOtherwise() {
        assertThat(((ScanTableSource) table.source()).getChangelogMode())
                .isEqualTo(ChangelogMode.insertOnly());
        assertThat(
                        ((ScanTableSource) table.with("format", "debezium-json").source())
                                .getChangelogMode())
                .isEqualTo(ChangelogMode.all());
    }

    @Test
    void handsTheSinkItsOptions() {
        KinesisTableSink sink =
                table.with("sink.batch.max-size", "100")
                        .with("sink.flush-buffer.timeout", "1500")
                        .with("sink.parallelism", "3")
                        .with("aws.region", "us-east-1")
                        .with("sink.http-client.read-timeout", "360000")
                        .sink();

        assertThat(sink.config().batchRecords()).isEqualTo(100);
        assertThat(sink.config().flushTimeout()).isEqualTo(Duration.ofMillis(1_500));
        assertThat(sink.client().readTimeout()).isEqualTo(Duration.ofMinutes(6));
        assertThat(sink.parallelism()).isEqualTo(3);
    }

    @Test
    void readsSeveralStreams() {
        assertThat(table.with("stream", "one;two").with("aws.region", "us-east-1").source())
                .isInstanceOf(KinesisTableSource.class);
        assertThat(new TableFixture().without("stream.arn").with("stream.pattern", "o.*").source())
                .isInstanceOf(KinesisTableSource.class);
        assertThatThrownBy(
                        () ->
                                new TableFixture()
                                        .without("stream.arn")
                                        .with("stream.pattern", "(")
                                        .source())
                .rootCause()
                .hasMessageContaining("stream.pattern: '(' is no regular expression");
    }

    @ParameterizedTest
    @CsvSource({
        "stream, two",
        "stream.pattern, o.*",
        "stream.arn, arn:aws:kinesis:us-east-1:012345678901:stream/a;arn:aws:kinesis:us-east-1:012345678901:stream/b"
    })
    void writesOneStream(String key, String value) {
        assertThatThrownBy(() -> table.with(key, value).sink())
                .rootCause()
                .hasMessage(
                        "A table that is written needs one stream: give its ARN with 'stream.arn' or"
                                + " its name with 'stream', one of them, and no 'stream.pattern'");
    }

    @Test
    void writesToAStreamByItsName() {
        assertThat(table.without("stream.arn").with("stream", " orders ").sink().stream())
                .isEqualTo(new WrittenStream(null, "orders"));
        assertThatThrownBy(
                        () -> table.without("stream.arn").with("stream", "orders;returns").sink())
                .rootCause()
                .hasMessageContaining("needs one stream");
    }

    @Test
    void writesToTheRegionOfItsStream() {
        assertThatThrownBy(() -> table.with("aws.region", "eu-west-1").sink())
                .rootCause()
                .hasMessage(
                        "'aws.region' is 'eu-west-1', but 'stream.arn' names a stream of"
                                + " us-east-1; give the same region or leave 'aws.region' out");
        assertThat(
                        table.with("aws.endpoint", "http://localhost:4566").sink().stream()
                                .arn()
                                .region())
                .isEqualTo("us-east-1");
    }

    @Test
    void isThereByTheNameOfTheOlderConnector() {
        assertThat(
                        table.with("connector", "kinesis-legacy")
                                .without("stream.arn")
                                .with("stream", "user_behavior")
                                .source())
                .isInstanceOf(KinesisTableSource.class);
    }

    @ParameterizedTest
    @CsvSource({"fixed, FIXED", "random, RANDOM"})
    void leavesSomePartitionersToTheSink(String partitioner, PartitionKeyStrategy strategy) {
        KinesisTableSink sink = table.with("sink.partitioner", partitioner).sink();

        assertThat(sink.partitionKey()).isNull();
        assertThat(sink.config().rules().partitionKey()).isEqualTo(strategy);
    }

    @Test
    void makesPartitionKeysOfThePartitionColumns() {
        KinesisTableSink sink =
                table.partitionedBy("name", "id")
                        .with("sink.partitioner-field-delimiter", "#")
                        .sink();

        assertThat(keyOf(sink, 7)).isEqualTo("row 7#7");
    }

    @Test
    void refusesAPartitionerBesidePartitionColumns() {
        assertThatThrownBy(() -> table.partitionedBy("id").with("sink.partitioner", "fixed").sink())
                .rootCause()
                .hasMessage(
                        "sink.partitioner is 'fixed' and the table is PARTITIONED BY [id]; leave"
                                + " out one of the two");
    }

    @Test
    void refusesAnotherStrategyBesidePartitionColumns() {
        assertThatThrownBy(
                        () ->
                                table.partitionedBy("id")
                                        .with("sink.partition-key.strategy", "HASH")
                                        .sink())
                .rootCause()
                .hasMessage(
                        "sink.partition-key.strategy is 'HASH' and the table is PARTITIONED BY"
                                + " [id]; leave out one of the two");
        assertThatThrownBy(
                        () ->
                                new TableFixture()
                                        .with("sink.partition-key.strategy", "FIELD")
                                        .sink())
                .rootCause()
                .hasMessage(
                        "sink.partition-key.strategy is FIELD, but the table has no PARTITIONED BY");
    }

    @Test
    void takesAPartitionerOfTheUsers() {
        KinesisTableSink sink = table.with("sink.partitioner", EvenOrOdd.class.getName()).sink();

        assertThat(keyOf(sink, 3)).isEqualTo("odd");
    }

    @ParameterizedTest
    @CsvSource({"org.example.Missing", "java.lang.String", "java.util.List"})
    void refusesAPartitionerThatIsNone(String name) {
        assertThatThrownBy(() -> table.with("sink.partitioner", name).sink())
                .cause()
                .hasMessage(
                        "sink.partitioner is '"
                                + name
                                + "'; it must be random, fixed, or the name of a public class with a"
                                + " public constructor without parameters that implements"
                                + " io.hydrant.kinesis.sink.PartitionKey");
    }

    private static String keyOf(KinesisTableSink sink, long id) {
        return sink.partitionKey().of(GenericRowData.of(id, StringData.fromString("row " + id)));
    }
}
