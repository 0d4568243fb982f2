package io.hydrant.s3.table;

import io.hydrant.delivery.format.Compression;
import io.hydrant.s3.sink.S3SinkConfig;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.types.RowKind;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What becomes of the options of a table. */
class S3TableFactoryTest {

    private final Map<String, String> options =
            new HashMap<>(
                    Map.of(
                            "connector", "hydrant-s3",
                            "s3.bucket", "archive",
                            "aws.region", "eu-central-1",
                            "format", "json"));

    @Test
    void meansTheSameAsADeliveryUnlessATableCanSayItBetter() {
        S3SinkConfig sink = sink().delivery().sink();

        assertThat(sink.bucket()).isEqualTo("archive");
        assertThat(sink.naming().streamName()).isEqualTo("orders");
        assertThat(sink.naming().prefix()).isEmpty();
        assertThat(sink.naming().errorPrefix()).isEmpty();
        assertThat(sink.format().appendNewline()).isTrue();
        assertThat(sink.format().compression()).isEqualTo(Compression.UNCOMPRESSED);
        assertThat(sink.conversion()).isNull();
        assertThat(sink.buffer().size()).isEqualTo(5L * 1024 * 1024);
        assertThat(sink.buffer().interval()).isEqualTo(Duration.ofMinutes(5));
        assertThat(sink.ledger().enabled()).isTrue();
        assertThat(S3TableOptions.DEFAULT_PARTITION.defaultValue())
                .isEqualTo("__HIVE_DEFAULT_PARTITION__");
    }

    @Test
    void takesTheOptionsOfADelivery() {
        options.put("delivery.stream.name", "clicks");
        options.put("delivery.prefix", "in/!{timestamp:yyyy}/");
        options.put("delivery.error-prefix", "bad/!{firehose:error-output-type}/");
        options.put("delivery.time-zone", "Asia/Tokyo");
        options.put("delivery.file-extension", ".jsonl.gz");
        options.put("delivery.compression", "GZIP");
        options.put("delivery.buffer.size", "64 mb");
        options.put("delivery.buffer.interval", "30 s");
        options.put("delivery.append-newline", "false");
        options.put("ledger.enabled", "false");

        S3SinkConfig sink = sink().delivery().sink();

        assertThat(sink.naming().streamName()).isEqualTo("clicks");
        assertThat(sink.naming().prefix()).isEqualTo("in/!{timestamp:yyyy}/");
        assertThat(sink.naming().errorPrefix()).isEqualTo("bad/!{firehose:error-output-type}/");
        assertThat(sink.naming().timeZone().getId()).isEqualTo("Asia/Tokyo");
        assertThat(sink.naming().dataExtension()).isEqualTo(".jsonl.gz");
        assertThat(sink.format().compression()).isEqualTo(Compression.GZIP);
        assertThat(sink.format().appendNewline()).isFalse();
        assertThat(sink.buffer().size()).isEqualTo(64L * 1024 * 1024);
        assertThat(sink.buffer().interval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(sink.ledger().enabled()).isFalse();
    }

    @Test
    void givesAnErrorPrefixWhereFirehoseWantsOne() {
        options.put("delivery.prefix", "in/!{timestamp:yyyy}/");

        assertThat(sink().delivery().sink().naming().errorPrefix())
                .isEqualTo("_hydrant/errors/!{firehose:error-output-type}/");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|city=!{partitionKeyFromQuery:city}/",
                "in/|in/city=!{partitionKeyFromQuery:city}/",
                "in/!{timestamp:yyyy}/|in/!{timestamp:yyyy}/city=!{partitionKeyFromQuery:city}/",
                "!{partitionKeyFromQuery:city}/x/|!{partitionKeyFromQuery:city}/x/"
            })
    void putsPartitionColumnsIntoThePrefixUnlessItNamesThem(String given, String expected) {
        options.put("delivery.prefix", given);

        TableDelivery delivery = sink("city").delivery();

        assertThat(delivery.sink().naming().prefix()).isEqualTo(expected);
        assertThat(delivery.columns()).as("what is left in objects").containsExactly(0, 2);
    }

    @Test
    void makesFilesOfTheColumnsThatAreNotInThePrefix() {
        options.put("format", "parquet");
        options.put("delivery.conversion.parquet.compression", "GZIP");

        S3SinkConfig sink = sink("city").delivery().sink();

        assertThat(sink.conversion().columns().text()).isEqualTo("struct<id:bigint,at:timestamp>");
        assertThat(sink.naming().dataExtension()).isEqualTo(".parquet");
    }

    @Test
    void refusesPartitionColumnsThatThePrefixOrTheTypeLeavesNoPlaceFor() {
        options.put("delivery.prefix", "!{partitionKeyFromQuery:town}/");
        assertRefused("city").withMessageContaining("does not name the columns of PARTITIONED BY");
        assertRefused().withMessageContaining("does not name the columns of PARTITIONED BY []");
        options.put("delivery.prefix", "!{partitionKeyFromLambda:city}/");
        assertRefused("city").withMessageContaining("column=value/");
        options.remove("delivery.prefix");
        assertRefused("at").withMessageContaining("'at' of type TIMESTAMP(3)");
        assertRefused("id", "city", "at").withMessageContaining("names all columns");
        options.put("partition.default-name", "");
        assertRefused("city").withMessageContaining("partition.default-name is empty");
    }

    @Test
    void refusesWhatItDoesNotKnowOrCannotHonour() {
        options.put("delivery.bufer.size", "5 mb");
        assertRefused().withStackTraceContaining("delivery.bufer.size");
        options.remove("delivery.bufer.size");
        options.put("delivery.conversion.parquet.v2", "true");
        assertRefused().withMessageContaining("'format' = 'parquet'");
        options.put("format", "parquet");
        options.put("delivery.compression", "GZIP");
        assertRefused().withMessageContaining("delivery.compression is GZIP");
        options.remove("delivery.compression");
        options.put("delivery.prefix", "!{timestamp:yyyy");
        assertRefused().withMessageContaining("Table 'orders': delivery.prefix: ");
        options.remove("delivery.prefix");
        options.remove("s3.bucket");
        assertRefused().withStackTraceContaining("s3.bucket");
    }

    @Test
    void refusesRowsThatChangeUnlessTheFormatWritesChanges() {
        assertThatThrownBy(() -> sink().getChangelogMode(ChangelogMode.upsert()))
                .hasMessageContaining("Table 'orders'")
                .hasMessageContaining("debezium-json")
                .hasMessageContaining("PRIMARY KEY");
        assertThat(sink().getChangelogMode(ChangelogMode.insertOnly()))
                .isEqualTo(ChangelogMode.insertOnly());
        options.put("format", "debezium-json");
        assertThat(sink().getChangelogMode(ChangelogMode.all()).contains(RowKind.DELETE)).isTrue();
    }

    private ThrowableAssertAlternative<?> assertRefused(String... partitionColumns) {
        return assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> sink(partitionColumns))
                .havingCause();
    }

    private S3TableSink sink(String... partitionColumns) {
        ResolvedSchema schema =
                ResolvedSchema.of(
                        Column.physical("id", DataTypes.BIGINT()),
                        Column.physical("city", DataTypes.STRING()),
                        Column.physical("at", DataTypes.TIMESTAMP(3)));
        return (S3TableSink)
                FactoryUtil.createDynamicTableSink(
                        null,
                        ObjectIdentifier.of("c", "d", "orders"),
                        new ResolvedCatalogTable(
                                CatalogTable.newBuilder()
                                        .schema(
                                                Schema.newBuilder()
                                                        .fromResolvedSchema(schema)
                                                        .build())
                                        .partitionKeys(List.of(partitionColumns))
                                        .options(options)
                                        .build(),
                                schema),
                        Map.of(),
                        new Configuration(),
                        S3TableFactoryTest.class.getClassLoader(),
                        false);
    }
}
