package io.hydrant.s3.table;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.delivery.buffer.BufferOptions;
import io.hydrant.delivery.conversion.ConversionOptions;
import io.hydrant.delivery.format.FormatOptions;
import io.hydrant.delivery.partition.NamingOptions;
import io.hydrant.delivery.partition.PrefixTemplate;
import io.hydrant.s3.sink.S3SinkConfig;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

import java.io.Serializable;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The options of a table, resolved and validated once.
 *
 * <p>They are those of a delivery, and mean and default to the same, but for what a table can say
 * better: the delivery stream is called like the table, rows of text end with a newline, partition
 * columns that the prefix does not name follow it as {@code column=value/}, and error records have
 * a prefix where Firehose wants one to be given.
 *
 * @param sink where rows go and how
 * @param aws how S3 is reached
 * @param partitions what {@code PARTITIONED BY} makes of a row, null where there is none
 * @param columns the columns that are written into objects, by their places in a row
 */
record TableDelivery(
        S3SinkConfig sink, AwsClientConfig aws, TablePartitions partitions, int[] columns)
        implements Serializable {

    private static final String ERROR_PREFIX = "_hydrant/errors/!{firehose:error-output-type}/";
    private static final String CONVERSION = "delivery.conversion.";

    /**
     * Reads a table's options.
     *
     * @param given the options as they stand in the DDL
     * @param file the format that makes files, null where one makes bytes of each row
     * @param table name of the table
     * @param partitionColumns the columns of {@code PARTITIONED BY}
     * @param row the physical columns
     * @throws IllegalArgumentException naming the option or the column, and what it may be
     */
    static TableDelivery of(
            Configuration given,
            FileFormat file,
            String table,
            List<String> partitionColumns,
            DataType row) {
        Configuration options = new Configuration(given);
        if (!options.contains(NamingOptions.STREAM_NAME)) {
            options.set(NamingOptions.STREAM_NAME, table);
        }
        RowType type = (RowType) row.getLogicalType();
        int[] columns = writtenColumns(type, partitionColumns);
        format(options, file, type, columns);
        prefixes(options, partitionColumns);
        return new TableDelivery(
                S3SinkConfig.from(options),
                AwsClientConfig.from(options),
                partitionColumns.isEmpty()
                        ? null
                        : TablePartitions.of(
                                type,
                                partitionColumns,
                                options.get(NamingOptions.PREFIX),
                                options.get(NamingOptions.TIME_ZONE),
                                options.get(BufferOptions.PARTITION_TIME),
                                options.get(S3TableOptions.DEFAULT_PARTITION)),
                columns);
    }

    private static void format(Configuration options, FileFormat file, RowType row, int[] columns) {
        if (file != null) {
            options.set(ConversionOptions.FORMAT, file.columnar());
            options.set(ConversionOptions.COLUMNS, HiveColumns.of(row, columns).text());
            // So that names of two cases within a row or a map stay what they are.
            options.set(ConversionOptions.OPENX_CASE_INSENSITIVE, false);
            return;
        }
        options.keySet().stream()
                .filter(key -> key.startsWith(CONVERSION))
                .findAny()
                .ifPresent(
                        key -> {
                            throw new IllegalArgumentException(
                                    key
                                            + " has no effect; it goes with 'format' = 'parquet' or"
                                            + " 'orc'");
                        });
        if (!options.contains(FormatOptions.APPEND_NEWLINE)) {
            options.set(FormatOptions.APPEND_NEWLINE, true);
        }
    }

    private static void prefixes(Configuration options, List<String> partitionColumns) {
        String prefix = options.get(NamingOptions.PREFIX);
        PrefixTemplate template = template(prefix);
        if (!template.hasKeys()) {
            StringBuilder partitioned = new StringBuilder(prefix);
            for (String column : partitionColumns) {
                partitioned
                        .append(PartitionText.escaped(column))
                        .append("=!{partitionKeyFromQuery:")
                        .append(column)
                        .append("}/");
            }
            prefix = partitioned.toString();
            options.set(NamingOptions.PREFIX, prefix);
        } else if (!template.lambdaKeys().isEmpty()
                || !template.queryKeys().equals(Set.copyOf(partitionColumns))) {
            throw new IllegalArgumentException(
                    NamingOptions.PREFIX.key()
                            + ": '"
                            + prefix
                            + "' does not name the columns of PARTITIONED BY "
                            + partitionColumns
                            + "; name each by !{partitionKeyFromQuery:column} and nothing else, or"
                            + " none, and column=value/ follows for each");
        }
        if (prefix.contains("!{") && !options.contains(NamingOptions.ERROR_PREFIX)) {
            options.set(NamingOptions.ERROR_PREFIX, ERROR_PREFIX);
        }
    }

    private static PrefixTemplate template(String prefix) {
        try {
            return PrefixTemplate.forData(prefix, ZoneOffset.UTC);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    NamingOptions.PREFIX.key() + ": " + e.getMessage(), e);
        }
    }

    /** As everywhere with Hive's tables, what the prefix says is not in the object as well. */
    private static int[] writtenColumns(RowType row, List<String> partitionColumns) {
        int[] columns =
                IntStream.range(0, row.getFieldCount())
                        .filter(i -> !partitionColumns.contains(row.getFieldNames().get(i)))
                        .toArray();
        if (columns.length == 0) {
            throw new IllegalArgumentException(
                    "PARTITIONED BY "
                            + partitionColumns
                            + " names all columns, and nothing is left to be in an object");
        }
        return columns;
    }
}
