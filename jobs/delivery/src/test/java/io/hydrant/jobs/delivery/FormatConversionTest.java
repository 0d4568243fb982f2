package io.hydrant.jobs.delivery;

import io.hydrant.delivery.buffer.BufferConfig;
import io.hydrant.delivery.conversion.CatalogTable;
import io.hydrant.delivery.conversion.ConversionConfig;
import io.hydrant.delivery.conversion.columnar.OrcConfig;
import io.hydrant.delivery.conversion.columnar.ParquetConfig;
import io.hydrant.delivery.conversion.json.JsonSerDe;
import io.hydrant.jobs.delivery.document.InvalidConfigurationException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A document's format conversion as the job's plan has it. */
class FormatConversionTest {

    private static final String OPENX = "{\"OpenXJsonSerDe\": {}}";
    private static final String PARQUET = "{\"ParquetSerDe\": {}}";

    @TempDir private Path folder;

    @Test
    void defaultsAreFirehosesOwn() throws Exception {
        DeliveryPlan plan = plan("", OPENX, PARQUET);

        ConversionConfig conversion = plan.sink().conversion();
        assertThat(conversion.columns().text()).isEqualTo("struct<id:bigint,at:timestamp>");
        assertThat(conversion.table())
                .isEqualTo(new CatalogTable(null, "air", "flights", null, "LATEST"));
        assertThat(conversion.serDe()).isEqualTo(new JsonSerDe.OpenX(true, false, Map.of()));
        assertThat(conversion.file())
                .isEqualTo(
                        new ParquetConfig(
                                268_435_456,
                                1_048_576,
                                ParquetConfig.PageCompression.SNAPPY,
                                false,
                                false));
        assertThat(conversion.rollOnCheckpoint()).isFalse();
        assertThat(plan.sink().buffer().size()).as("default size hint").isEqualTo(128L << 20);
        assertThat(plan.sink().naming().dataExtension()).isEqualTo(".parquet");
        assertThat(plan.sink().naming().errorExtension()).isEmpty();
    }

    @Test
    void everyFieldReachesThePlan() throws Exception {
        ConversionConfig openX =
                plan(
                                "",
                                "{\"OpenXJsonSerDe\": {\"CaseInsensitive\": false, \"ConvertDotsInJsonKeysToUnderscores\": true, \"ColumnToJsonKeyMappings\": {\"at\": \"it's, a:key\", \"id\": \"k\"}}}",
                                "{\"ParquetSerDe\": {\"BlockSizeBytes\": 67108864, \"PageSizeBytes\": 65536, \"Compression\": \"GZIP\", \"EnableDictionaryCompression\": true, \"WriterVersion\": \"V2\"}}")
                        .sink()
                        .conversion();
        assertThat(openX.serDe())
                .isEqualTo(
                        new JsonSerDe.OpenX(false, true, Map.of("at", "it's, a:key", "id", "k")));
        assertThat(openX.file())
                .isEqualTo(
                        new ParquetConfig(
                                67_108_864,
                                65_536,
                                ParquetConfig.PageCompression.GZIP,
                                true,
                                true));

        ConversionConfig hive =
                plan(
                                "",
                                "{\"HiveJsonSerDe\": {\"TimestampFormats\": [\"yyyy-MM-dd'T'HH:mm:ss;SSS\", \"millis\"]}}",
                                "{\"OrcSerDe\": {\"StripeSizeBytes\": 8388608, \"BlockSizeBytes\": 67108864, \"RowIndexStride\": 1000, \"EnablePadding\": true, \"PaddingTolerance\": 0.5, \"Compression\": \"NONE\", \"BloomFilterColumns\": [\"id\", \"at\"], \"BloomFilterFalsePositiveProbability\": 0.25, \"DictionaryKeyThreshold\": 1, \"FormatVersion\": \"V0_11\"}}")
                        .sink()
                        .conversion();
        assertThat(hive.serDe())
                .isEqualTo(new JsonSerDe.Hive(List.of("yyyy-MM-dd'T'HH:mm:ss;SSS", "millis")));
        assertThat(hive.file())
                .isEqualTo(
                        new OrcConfig(
                                8_388_608,
                                67_108_864,
                                1000,
                                true,
                                0.5,
                                OrcConfig.StreamCompression.NONE,
                                List.of("id", "at"),
                                0.25,
                                1,
                                true));
    }

    @Test
    void hintsAndCompressionHaveToGoWithFiles() {
        assertThatThrownBy(
                        () ->
                                plan(
                                        ", \"BufferingHints\": {\"SizeInMBs\": 63, \"IntervalInSeconds\": 60}, \"CompressionFormat\": \"GZIP\"",
                                        OPENX,
                                        PARQUET))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(
                        "BufferingHints.SizeInMBs: 63 is not allowed with DataFormatConversionConfiguration; 64 to 128")
                .hasMessageContaining(
                        "CompressionFormat: \"GZIP\" is not allowed with DataFormatConversionConfiguration; UNCOMPRESSED");
    }

    @Test
    void aSizeHintOfItsOwnCounts() throws Exception {
        BufferConfig buffer =
                plan(
                                ", \"BufferingHints\": {\"SizeInMBs\": 64, \"IntervalInSeconds\": 60}",
                                OPENX,
                                PARQUET)
                        .sink()
                        .buffer();

        assertThat(buffer.size()).isEqualTo(64L << 20);
    }

    @Test
    void saysWhatIsWrongWithTheSchemaFile() throws Exception {
        Path schema = folder.resolve("schema.json");
        Files.writeString(schema, "[{\"Name\": \"id\", \"Type\": \"array<money>\"}]");

        assertThatThrownBy(() -> plan("", OPENX, PARQUET, schema))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(
                        "delivery.conversion.schema-file "
                                + schema
                                + ": [0].Type, of column 'id': 'array<money>', position 7: 'money' is not a type");
        assertThatThrownBy(() -> plan("", OPENX, PARQUET, folder.resolve("none.json")))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("none.json does not exist");
    }

    private DeliveryPlan plan(String more, String deserializer, String serializer)
            throws IOException {
        Path schema = folder.resolve("schema.json");
        Files.writeString(
                schema,
                "{\"Table\": {\"StorageDescriptor\": {\"Columns\": [{\"Name\": \"id\", \"Type\": \"bigint\"}, {\"Name\": \"at\", \"Type\": \"timestamp\"}]}}}");
        return plan(more, deserializer, serializer, schema);
    }

    private DeliveryPlan plan(String more, String deserializer, String serializer, Path schema)
            throws IOException {
        Path document = folder.resolve("stream.json");
        Files.writeString(
                document,
                """
                {"DeliveryStreamName": "orders",
                 "KinesisStreamSourceConfiguration": {"KinesisStreamARN": "arn:aws:kinesis:eu-west-1:111122223333:stream/orders"},
                 "ExtendedS3DestinationConfiguration": {"BucketARN": "arn:aws:s3:::lake",
                  "DataFormatConversionConfiguration": {
                   "SchemaConfiguration": {"DatabaseName": "air", "TableName": "flights"},
                   "InputFormatConfiguration": {"Deserializer": %s},
                   "OutputFormatConfiguration": {"Serializer": %s}}%s},
                 "Hydrant": {"delivery.conversion.schema-file": "%s"}}
                """
                        .formatted(deserializer, serializer, more, schema));
        return DeliveryPlan.of(List.of("--config", document.toString()));
    }
}
