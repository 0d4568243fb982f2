package io.hydrant.delivery.conversion;

import io.hydrant.delivery.conversion.columnar.ColumnarFormat;
import io.hydrant.delivery.conversion.columnar.OrcConfig;
import io.hydrant.delivery.conversion.columnar.ParquetConfig;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The options of the conversion from JSON to a columnar format. */
public final class ConversionOptions {

    /** The deserializers that there are. */
    public enum Deserializer {
        /** OpenX JSON SerDe. */
        OPENX,
        /** Hive JSON SerDe. */
        HIVE
    }

    /** Columnar format that records are converted to from JSON. */
    public static final ConfigOption<ColumnarFormat> FORMAT =
            ConfigOptions.key("delivery.conversion.format")
                    .enumType(ColumnarFormat.class)
                    .noDefaultValue()
                    .withDescription(
                            "Columnar format that records are converted to from JSON: PARQUET or ORC. Without it they are delivered as they are. Firehose: "
                                    + "DataFormatConversionConfiguration.OutputFormatConfiguration.");

    /** Columns of the files, as one type of Hive. */
    public static final ConfigOption<String> COLUMNS =
            ConfigOptions.key("delivery.conversion.columns")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Columns of the files, as one type of Hive: struct<id:bigint,at:timestamp,tags:array<string>>. A schema file sets it.");

    /** File with the columns, read where the job is submitted. */
    public static final ConfigOption<String> SCHEMA_FILE =
            ConfigOptions.key("delivery.conversion.schema-file")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "File with the columns, read where the job is submitted: what `aws glue get-table` prints, or a part of it such as [{\"Name\": "
                                    + "\"id\", \"Type\": \"bigint\"}]. A path or an address that starts with s3://.");

    /** Whether every open file ends with the next checkpoint, which then waits for it. */
    public static final ConfigOption<Boolean> ROLL_ON_CHECKPOINT =
            ConfigOptions.key("delivery.conversion.roll-on-checkpoint")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether every open file ends with the next checkpoint, which then waits for it; files are smaller, and visible as soon as "
                                    + "can be. Otherwise buffer size and interval alone decide.");

    /** Data base of the table in the Glue Data Catalog. */
    public static final ConfigOption<String> TABLE_DATABASE =
            ConfigOptions.key("delivery.conversion.table.database")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Data base of the table in the Glue Data Catalog. Firehose: SchemaConfiguration.DatabaseName.");

    /** Table in the Glue Data Catalog. */
    public static final ConfigOption<String> TABLE_NAME =
            ConfigOptions.key("delivery.conversion.table.name")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Table in the Glue Data Catalog; named in error records. Firehose: SchemaConfiguration.TableName.");

    /** Account of the Glue Data Catalog. */
    public static final ConfigOption<String> TABLE_CATALOG_ID =
            ConfigOptions.key("delivery.conversion.table.catalog-id")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Account of the Glue Data Catalog. Firehose: SchemaConfiguration.CatalogId.");

    /** Region of the Glue Data Catalog. */
    public static final ConfigOption<String> TABLE_REGION =
            ConfigOptions.key("delivery.conversion.table.region")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Region of the Glue Data Catalog. Firehose: SchemaConfiguration.Region.");

    /** Role that reads the table. */
    public static final ConfigOption<String> TABLE_ROLE_ARN =
            ConfigOptions.key("delivery.conversion.table.role-arn")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Role that is assumed to read the table, where aws.credentials.provider is ASSUME_ROLE. Firehose: SchemaConfiguration.RoleARN.");

    /** Version of the table. */
    public static final ConfigOption<String> TABLE_VERSION =
            ConfigOptions.key("delivery.conversion.table.version")
                    .stringType()
                    .defaultValue(CatalogTable.LATEST)
                    .withDescription(
                            "Version of the table: LATEST or a number. Firehose: SchemaConfiguration.VersionId.");

    /** How soon a new version is seen. */
    public static final ConfigOption<Duration> TABLE_POLL_INTERVAL =
            ConfigOptions.key("delivery.conversion.table.poll-interval")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(5))
                    .withDescription(
                            "How often every sink task looks for a new version of a table whose version is LATEST, from 1 s. Records from then on go to objects with its columns; those that are open end with theirs. "
                                    + "0 s: only when the job is started. Needs glue:GetTable where the tasks run.");

    /** How JSON is understood. */
    public static final ConfigOption<Deserializer> DESERIALIZER =
            ConfigOptions.key("delivery.conversion.deserializer")
                    .enumType(Deserializer.class)
                    .defaultValue(Deserializer.OPENX)
                    .withDescription(
                            "How JSON is understood: OPENX or HIVE. Firehose: Deserializer.OpenXJsonSerDe and HiveJsonSerDe.");

    /** Whether keys are found in any case. */
    public static final ConfigOption<Boolean> OPENX_CASE_INSENSITIVE =
            ConfigOptions.key("delivery.conversion.openx.case-insensitive")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Whether keys are found in any case. Firehose: OpenXJsonSerDe.CaseInsensitive.");

    /** Whether dots in keys become underscores. */
    public static final ConfigOption<Boolean> OPENX_DOTS =
            ConfigOptions.key("delivery.conversion.openx.dots-to-underscores")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether dots in keys become underscores. Firehose: OpenXJsonSerDe.ConvertDotsInJsonKeysToUnderscores.");

    /** Keys of columns that are called otherwise in the JSON, such as ts. */
    public static final ConfigOption<Map<String, String>> OPENX_KEYS =
            ConfigOptions.key("delivery.conversion.openx.column-to-key")
                    .mapType()
                    .defaultValue(Map.of())
                    .withDescription(
                            "Keys of columns that are called otherwise in the JSON, such as ts:timestamp. Firehose: OpenXJsonSerDe.ColumnToJsonKeyMappings.");

    /** Formats of timestamps, separated by semicolons. */
    public static final ConfigOption<List<String>> HIVE_FORMATS =
            ConfigOptions.key("delivery.conversion.hive.timestamp-formats")
                    .stringType()
                    .asList()
                    .defaultValues()
                    .withDescription(
                            "Formats of timestamps, separated by semicolons: patterns of Joda-Time, or millis. Behind them yyyy-M-d HH:mm:ss[.S] is tried. "
                                    + "Firehose: HiveJsonSerDe.TimestampFormats.");

    /** Bytes of a row group, at least 64 mb. */
    public static final ConfigOption<MemorySize> PARQUET_BLOCK_SIZE =
            ConfigOptions.key("delivery.conversion.parquet.block-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(256))
                    .withDescription(
                            "Bytes of a row group, at least 64 mb. Firehose: ParquetSerDe.BlockSizeBytes.");

    /** Bytes of a page, at least 64 kb. */
    public static final ConfigOption<MemorySize> PARQUET_PAGE_SIZE =
            ConfigOptions.key("delivery.conversion.parquet.page-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(1))
                    .withDescription(
                            "Bytes of a page, at least 64 kb. Firehose: ParquetSerDe.PageSizeBytes.");

    /** Codec of the pages. */
    public static final ConfigOption<ParquetConfig.PageCompression> PARQUET_COMPRESSION =
            ConfigOptions.key("delivery.conversion.parquet.compression")
                    .enumType(ParquetConfig.PageCompression.class)
                    .defaultValue(ParquetConfig.PageCompression.SNAPPY)
                    .withDescription(
                            "Codec of the pages: UNCOMPRESSED, GZIP or SNAPPY. Firehose: ParquetSerDe.Compression.");

    /** Whether values are written as indexes into a dictionary where that is smaller. */
    public static final ConfigOption<Boolean> PARQUET_DICTIONARY =
            ConfigOptions.key("delivery.conversion.parquet.dictionary")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether values are written as indexes into a dictionary where that is smaller. Firehose: ParquetSerDe.EnableDictionaryCompression.");

    /** Whether data pages are of version 2. */
    public static final ConfigOption<Boolean> PARQUET_V2 =
            ConfigOptions.key("delivery.conversion.parquet.v2")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether data pages are of version 2. Firehose: ParquetSerDe.WriterVersion.");

    /** Bytes of a stripe, at least 8 mb. */
    public static final ConfigOption<MemorySize> ORC_STRIPE_SIZE =
            ConfigOptions.key("delivery.conversion.orc.stripe-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(64))
                    .withDescription(
                            "Bytes of a stripe, at least 8 mb. Firehose: OrcSerDe.StripeSizeBytes.");

    /** Bytes of a block that padding keeps stripes within, at least 64 mb. */
    public static final ConfigOption<MemorySize> ORC_BLOCK_SIZE =
            ConfigOptions.key("delivery.conversion.orc.block-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(256))
                    .withDescription(
                            "Bytes of a block that padding keeps stripes within, at least 64 mb. Firehose: OrcSerDe.BlockSizeBytes.");

    /** Rows between entries of the index, at least 1000. */
    public static final ConfigOption<Integer> ORC_ROW_INDEX_STRIDE =
            ConfigOptions.key("delivery.conversion.orc.row-index-stride")
                    .intType()
                    .defaultValue(10_000)
                    .withDescription(
                            "Rows between entries of the index, at least 1000. Firehose: OrcSerDe.RowIndexStride.");

    /** Whether stripes are padded to blocks. */
    public static final ConfigOption<Boolean> ORC_PADDING =
            ConfigOptions.key("delivery.conversion.orc.padding")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether stripes are padded to blocks. Firehose: OrcSerDe.EnablePadding.");

    /** Share of a stripe that may be padding, 0 to 1. */
    public static final ConfigOption<Double> ORC_PADDING_TOLERANCE =
            ConfigOptions.key("delivery.conversion.orc.padding-tolerance")
                    .doubleType()
                    .defaultValue(0.05)
                    .withDescription(
                            "Share of a stripe that may be padding, 0 to 1. Firehose: OrcSerDe.PaddingTolerance.");

    /** Codec of the streams. */
    public static final ConfigOption<OrcConfig.StreamCompression> ORC_COMPRESSION =
            ConfigOptions.key("delivery.conversion.orc.compression")
                    .enumType(OrcConfig.StreamCompression.class)
                    .defaultValue(OrcConfig.StreamCompression.SNAPPY)
                    .withDescription(
                            "Codec of the streams: NONE, ZLIB or SNAPPY. Firehose: OrcSerDe.Compression.");

    /** Columns that get a Bloom filter, separated by semicolons. */
    public static final ConfigOption<List<String>> ORC_BLOOM_COLUMNS =
            ConfigOptions.key("delivery.conversion.orc.bloom-filter-columns")
                    .stringType()
                    .asList()
                    .defaultValues()
                    .withDescription(
                            "Columns that get a Bloom filter, separated by semicolons. Firehose: OrcSerDe.BloomFilterColumns.");

    /** Share of false positives of the Bloom filters, 0 to 1. */
    public static final ConfigOption<Double> ORC_BLOOM_FPP =
            ConfigOptions.key("delivery.conversion.orc.bloom-filter-fpp")
                    .doubleType()
                    .defaultValue(0.05)
                    .withDescription(
                            "Share of false positives of the Bloom filters, 0 to 1. Firehose: OrcSerDe.BloomFilterFalsePositiveProbability.");

    /** Share of distinct texts up to which they go into a dictionary, 0 to 1. */
    public static final ConfigOption<Double> ORC_DICTIONARY_THRESHOLD =
            ConfigOptions.key("delivery.conversion.orc.dictionary-threshold")
                    .doubleType()
                    .defaultValue(0.8)
                    .withDescription(
                            "Share of distinct texts up to which they go into a dictionary, 0 to 1. Firehose: OrcSerDe.DictionaryKeyThreshold.");

    /** Whether files are written for Hive 0.11. */
    public static final ConfigOption<Boolean> ORC_V11 =
            ConfigOptions.key("delivery.conversion.orc.v0-11")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether files are written for Hive 0.11. Firehose: OrcSerDe.FormatVersion.");

    private ConversionOptions() {}
}
