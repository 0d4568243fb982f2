package io.hydrant.jobs.delivery.document;

import io.hydrant.delivery.conversion.ConversionOptions;
import io.hydrant.delivery.conversion.columnar.ColumnarFormat;
import io.hydrant.delivery.conversion.json.JsonSerDe;
import io.hydrant.jobs.delivery.document.FormatConversion.Given;

import org.apache.flink.configuration.ConfigOption;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a {@code DataFormatConversionConfiguration}.
 *
 * <p>Source: Firehose API reference, DataFormatConversionConfiguration, SchemaConfiguration,
 * OpenXJsonSerDe, HiveJsonSerDe, ParquetSerDe and OrcSerDe.
 */
final class FormatConversionReader {

    /** A gibibyte less one: what an option of Flink's and a field of Java's both hold. */
    private static final int MOST_BYTES = Integer.MAX_VALUE;

    private final List<Given> options = new ArrayList<>();

    private FormatConversionReader() {}

    /** What is to be converted, null where nothing is. */
    static FormatConversion read(Fields destination) {
        Fields fields = destination.object("DataFormatConversionConfiguration");
        if (fields == null) {
            return null;
        }
        Boolean enabled = fields.flag("Enabled");
        FormatConversionReader reader = new FormatConversionReader();
        boolean isWrong = fields.has("Enabled") && enabled == null;
        // On unless it is switched off, says the API reference.
        boolean isOn = !isWrong && !Boolean.FALSE.equals(enabled);
        Fields schema = fields.object("SchemaConfiguration");
        Fields input = fields.object("InputFormatConfiguration");
        Fields output = fields.object("OutputFormatConfiguration");
        if (isOn) {
            fields.require("SchemaConfiguration");
            fields.require("InputFormatConfiguration");
            fields.require("OutputFormatConfiguration");
        }
        if (schema != null) {
            reader.readSchema(schema, isOn);
        }
        if (input != null) {
            reader.readInput(input, isOn);
        }
        if (output != null) {
            reader.readOutput(output, isOn);
        }
        fields.done();
        return isOn ? new FormatConversion(fields.path(), reader.options) : null;
    }

    private void readSchema(Fields schema, boolean isOn) {
        if (isOn) {
            schema.require("DatabaseName");
            schema.require("TableName");
        }
        give(schema, ConversionOptions.TABLE_DATABASE, "DatabaseName");
        give(schema, ConversionOptions.TABLE_NAME, "TableName");
        give(schema, ConversionOptions.TABLE_CATALOG_ID, "CatalogId");
        give(schema, ConversionOptions.TABLE_REGION, "Region");
        give(schema, ConversionOptions.TABLE_VERSION, "VersionId");
        give(schema, ConversionOptions.TABLE_ROLE_ARN, "RoleARN");
        schema.done();
    }

    private void readInput(Fields input, boolean isOn) {
        Fields deserializer = input.object("Deserializer");
        if (isOn) {
            input.require("Deserializer");
        }
        if (deserializer != null) {
            Fields openX = deserializer.object("OpenXJsonSerDe");
            Fields hive = deserializer.object("HiveJsonSerDe");
            requireOne(deserializer, "OpenXJsonSerDe", "HiveJsonSerDe", isOn);
            if (openX != null) {
                put(
                        ConversionOptions.DESERIALIZER,
                        ConversionOptions.Deserializer.OPENX,
                        openX.path());
                readOpenX(openX);
            } else if (hive != null) {
                put(
                        ConversionOptions.DESERIALIZER,
                        ConversionOptions.Deserializer.HIVE,
                        hive.path());
                readHive(hive);
            }
            deserializer.done();
        }
        input.done();
    }

    private void readOpenX(Fields openX) {
        flag(openX, ConversionOptions.OPENX_CASE_INSENSITIVE, "CaseInsensitive");
        flag(openX, ConversionOptions.OPENX_DOTS, "ConvertDotsInJsonKeysToUnderscores");
        Fields mappings = openX.object("ColumnToJsonKeyMappings");
        if (mappings != null) {
            Map<String, String> keys = new LinkedHashMap<>();
            for (String column : mappings.names()) {
                String key = mappings.text(column, TextRule.COLUMN_OR_KEY);
                if (key != null) {
                    keys.put(column, key);
                }
            }
            put(ConversionOptions.OPENX_KEYS, OptionText.ofMap(keys), mappings.path());
        }
        openX.done();
    }

    private void readHive(Fields hive) {
        List<String> formats = hive.texts("TimestampFormats", TextRule.COLUMN_OR_KEY);
        if (!formats.isEmpty()) {
            try {
                put(
                        ConversionOptions.HIVE_FORMATS,
                        OptionText.ofList(new JsonSerDe.Hive(formats).timestampFormats()),
                        hive.path("TimestampFormats"));
            } catch (IllegalArgumentException e) {
                hive.problem("TimestampFormats", e.getMessage());
            }
        }
        hive.done();
    }

    private void readOutput(Fields output, boolean isOn) {
        Fields serializer = output.object("Serializer");
        if (isOn) {
            output.require("Serializer");
        }
        if (serializer != null) {
            Fields parquet = serializer.object("ParquetSerDe");
            Fields orc = serializer.object("OrcSerDe");
            requireOne(serializer, "ParquetSerDe", "OrcSerDe", isOn);
            if (parquet != null) {
                put(ConversionOptions.FORMAT, ColumnarFormat.PARQUET, parquet.path());
                readParquet(parquet);
            } else if (orc != null) {
                put(ConversionOptions.FORMAT, ColumnarFormat.ORC, orc.path());
                readOrc(orc);
            }
            serializer.done();
        }
        output.done();
    }

    private void readParquet(Fields parquet) {
        bytes(parquet, ConversionOptions.PARQUET_BLOCK_SIZE, "BlockSizeBytes", 64 << 20);
        bytes(parquet, ConversionOptions.PARQUET_PAGE_SIZE, "PageSizeBytes", 64 << 10);
        put(
                ConversionOptions.PARQUET_COMPRESSION,
                parquet.choice("Compression", List.of("UNCOMPRESSED", "GZIP", "SNAPPY"), List.of()),
                parquet.path("Compression"));
        flag(parquet, ConversionOptions.PARQUET_DICTIONARY, "EnableDictionaryCompression");
        Integer padding = parquet.integer("MaxPaddingBytes", 0, MOST_BYTES);
        if (padding != null && padding > 0) {
            parquet.notice("MaxPaddingBytes", "has no effect; S3 has no blocks to pad to");
        }
        String version = parquet.choice("WriterVersion", List.of("V1", "V2"), List.of());
        put(
                ConversionOptions.PARQUET_V2,
                version == null ? null : version.equals("V2"),
                parquet.path("WriterVersion"));
        parquet.done();
    }

    private void readOrc(Fields orc) {
        bytes(orc, ConversionOptions.ORC_STRIPE_SIZE, "StripeSizeBytes", 8 << 20);
        bytes(orc, ConversionOptions.ORC_BLOCK_SIZE, "BlockSizeBytes", 64 << 20);
        put(
                ConversionOptions.ORC_ROW_INDEX_STRIDE,
                orc.integer("RowIndexStride", 1000, MOST_BYTES),
                orc.path("RowIndexStride"));
        flag(orc, ConversionOptions.ORC_PADDING, "EnablePadding");
        share(orc, ConversionOptions.ORC_PADDING_TOLERANCE, "PaddingTolerance");
        put(
                ConversionOptions.ORC_COMPRESSION,
                orc.choice("Compression", List.of("NONE", "ZLIB", "SNAPPY"), List.of()),
                orc.path("Compression"));
        List<String> columns = orc.texts("BloomFilterColumns", TextRule.COLUMN_OR_KEY);
        if (!columns.isEmpty()) {
            put(
                    ConversionOptions.ORC_BLOOM_COLUMNS,
                    OptionText.ofList(columns),
                    orc.path("BloomFilterColumns"));
        }
        share(orc, ConversionOptions.ORC_BLOOM_FPP, "BloomFilterFalsePositiveProbability");
        share(orc, ConversionOptions.ORC_DICTIONARY_THRESHOLD, "DictionaryKeyThreshold");
        String version = orc.choice("FormatVersion", List.of("V0_11", "V0_12"), List.of());
        put(
                ConversionOptions.ORC_V11,
                version == null ? null : version.equals("V0_11"),
                orc.path("FormatVersion"));
        orc.done();
    }

    private static void requireOne(Fields fields, String one, String other, boolean isOn) {
        if (fields.has(one) && fields.has(other)) {
            fields.problem(other, "stands beside " + one + "; give one of them");
        } else if (isOn && !fields.has(one) && !fields.has(other)) {
            fields.problem(one, "is missing; give it or " + other + ", {} for its defaults");
        }
    }

    private void give(Fields fields, ConfigOption<String> option, String name) {
        TextRule rule = name.equals("RoleARN") ? TextRule.ROLE_ARN : TextRule.SCHEMA_TEXT;
        put(option, fields.text(name, rule), fields.path(name));
    }

    private void flag(Fields fields, ConfigOption<Boolean> option, String name) {
        put(option, fields.flag(name), fields.path(name));
    }

    private void share(Fields fields, ConfigOption<Double> option, String name) {
        put(option, fields.share(name), fields.path(name));
    }

    private void bytes(Fields fields, ConfigOption<?> option, String name, int least) {
        Integer bytes = fields.integer(name, least, MOST_BYTES);
        put(option, bytes == null ? null : bytes + " b", fields.path(name));
    }

    private void put(ConfigOption<?> option, Object value, String path) {
        if (value != null) {
            options.add(new Given(option, value.toString(), path));
        }
    }
}
