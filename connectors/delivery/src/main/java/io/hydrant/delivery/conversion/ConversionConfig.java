package io.hydrant.delivery.conversion;

import io.hydrant.delivery.conversion.columnar.ColumnarConfig;
import io.hydrant.delivery.conversion.columnar.ColumnarFormat;
import io.hydrant.delivery.conversion.columnar.OrcConfig;
import io.hydrant.delivery.conversion.columnar.ParquetConfig;
import io.hydrant.delivery.conversion.json.JsonSerDe;
import io.hydrant.delivery.conversion.schema.HiveType;
import io.hydrant.delivery.conversion.schema.HiveTypeParser;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ReadableConfig;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * The conversion's options, resolved and validated once.
 *
 * @param columns the columns of the files; null while only their table is known
 * @param table where they come from, null where from no catalog
 * @param serDe how JSON is understood
 * @param file how files are written
 * @param pollInterval how often the table is looked at for other columns, zero for never
 * @param rollOnCheckpoint whether every file ends with the checkpoint
 */
public record ConversionConfig(
        HiveType.Struct columns,
        CatalogTable table,
        JsonSerDe serDe,
        ColumnarConfig file,
        Duration pollInterval,
        boolean rollOnCheckpoint)
        implements Serializable {

    private static final Duration LEAST_POLL_INTERVAL = Duration.ofSeconds(1);

    /** Validates that nothing is missing. */
    public ConversionConfig {
        if (columns == null && (table == null || table.databaseName() == null)) {
            throw new IllegalArgumentException(
                    ConversionOptions.COLUMNS.key()
                            + " is missing; with "
                            + ConversionOptions.FORMAT.key()
                            + " give the columns, "
                            + ConversionOptions.SCHEMA_FILE.key()
                            + " with a file that has them, or "
                            + ConversionOptions.TABLE_DATABASE.key()
                            + " and "
                            + ConversionOptions.TABLE_NAME.key());
        }
        Objects.requireNonNull(serDe, "serDe");
        Objects.requireNonNull(file, "file");
        if (!pollInterval.isZero() && pollInterval.compareTo(LEAST_POLL_INTERVAL) < 0) {
            throw new IllegalArgumentException(
                    ConversionOptions.TABLE_POLL_INTERVAL.key()
                            + " is "
                            + pollInterval
                            + "; it must be from 1 s, or 0 s for never");
        }
    }

    /**
     * Reads {@link ConversionOptions}.
     *
     * @return null where records are not converted
     * @throws IllegalArgumentException naming the option, its value and what it may be
     */
    public static ConversionConfig from(ReadableConfig config) {
        ColumnarFormat format = config.get(ConversionOptions.FORMAT);
        if (format == null) {
            return null;
        }
        return new ConversionConfig(
                columns(config),
                table(config),
                serDe(config),
                switch (format) {
                    case PARQUET -> parquet(config);
                    case ORC -> orc(config);
                },
                config.get(ConversionOptions.TABLE_POLL_INTERVAL),
                config.get(ConversionOptions.ROLL_ON_CHECKPOINT));
    }

    /**
     * Whether the columns follow those of the table while the job runs: they are not given, and no
     * version of it is.
     */
    public boolean followsTable() {
        return columns == null
                && !pollInterval.isZero()
                && table.versionId().equals(CatalogTable.LATEST);
    }

    /** The same for those columns. */
    public ConversionConfig with(HiveType.Struct newColumns) {
        return new ConversionConfig(newColumns, table, serDe, file, pollInterval, rollOnCheckpoint);
    }

    private static HiveType.Struct columns(ReadableConfig config) {
        String text = config.get(ConversionOptions.COLUMNS);
        if (text == null) {
            return null;
        }
        try {
            if (HiveTypeParser.parse(text) instanceof HiveType.Struct columns) {
                return columns;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    ConversionOptions.COLUMNS.key() + ": " + e.getMessage(), e);
        }
        throw new IllegalArgumentException(
                ConversionOptions.COLUMNS.key()
                        + ": '"
                        + text
                        + "' is no table; struct<name:type,…> is one");
    }

    private static CatalogTable table(ReadableConfig config) {
        String name = config.get(ConversionOptions.TABLE_NAME);
        return name == null
                ? null
                : new CatalogTable(
                        config.get(ConversionOptions.TABLE_CATALOG_ID),
                        config.get(ConversionOptions.TABLE_DATABASE),
                        name,
                        config.get(ConversionOptions.TABLE_REGION),
                        config.get(ConversionOptions.TABLE_VERSION));
    }

    private static JsonSerDe serDe(ReadableConfig config) {
        return switch (config.get(ConversionOptions.DESERIALIZER)) {
            case OPENX ->
                    new JsonSerDe.OpenX(
                            config.get(ConversionOptions.OPENX_CASE_INSENSITIVE),
                            config.get(ConversionOptions.OPENX_DOTS),
                            config.get(ConversionOptions.OPENX_KEYS));
            case HIVE -> {
                try {
                    yield new JsonSerDe.Hive(config.get(ConversionOptions.HIVE_FORMATS));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(
                            ConversionOptions.HIVE_FORMATS.key() + ": " + e.getMessage(), e);
                }
            }
        };
    }

    private static ParquetConfig parquet(ReadableConfig config) {
        return new ParquetConfig(
                bytes(config, ConversionOptions.PARQUET_BLOCK_SIZE),
                bytes(config, ConversionOptions.PARQUET_PAGE_SIZE),
                config.get(ConversionOptions.PARQUET_COMPRESSION),
                config.get(ConversionOptions.PARQUET_DICTIONARY),
                config.get(ConversionOptions.PARQUET_V2));
    }

    private static OrcConfig orc(ReadableConfig config) {
        return new OrcConfig(
                bytes(config, ConversionOptions.ORC_STRIPE_SIZE),
                bytes(config, ConversionOptions.ORC_BLOCK_SIZE),
                config.get(ConversionOptions.ORC_ROW_INDEX_STRIDE),
                config.get(ConversionOptions.ORC_PADDING),
                config.get(ConversionOptions.ORC_PADDING_TOLERANCE),
                config.get(ConversionOptions.ORC_COMPRESSION),
                config.get(ConversionOptions.ORC_BLOOM_COLUMNS),
                config.get(ConversionOptions.ORC_BLOOM_FPP),
                config.get(ConversionOptions.ORC_DICTIONARY_THRESHOLD),
                config.get(ConversionOptions.ORC_V11));
    }

    private static int bytes(ReadableConfig config, ConfigOption<MemorySize> option) {
        long bytes = config.get(option).getBytes();
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    option.key() + " is " + bytes + " bytes; it must be less than 2 gb");
        }
        return (int) bytes;
    }
}
