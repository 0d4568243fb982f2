package io.hydrant.kinesis.table;

import io.hydrant.kinesis.sink.KinesisSinkOptions;
import io.hydrant.kinesis.sink.PartitionKey;
import io.hydrant.kinesis.sink.PartitionKeyStrategy;

import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.types.logical.RowType;

import java.util.List;

/**
 * Chooses what gives the rows of a table their partition keys: the columns of PARTITIONED BY, or a
 * class that {@code sink.partitioner} names, or else {@code sink.partition-key.strategy}, to which
 * {@link OptionTranslation} brings the other values of {@code sink.partitioner}.
 */
final class PartitionKeyChoice {

    private static final String PARTITIONER = KinesisTableOptions.SINK_PARTITIONER.key();
    private static final String STRATEGY = KinesisSinkOptions.PARTITION_KEY_STRATEGY.key();

    private PartitionKeyChoice() {}

    /**
     * The choice of a table; null leaves it to the strategy.
     *
     * @param options translated options
     * @param table what the planner says of the table
     * @throws ValidationException naming the option or the column that does not fit
     */
    static PartitionKey<? super RowData> of(
            ReadableConfig options, DynamicTableFactory.Context table) {
        List<String> columns = table.getCatalogTable().getPartitionKeys();
        String partitioner = table.getCatalogTable().getOptions().get(PARTITIONER);
        String loaded = options.get(KinesisTableOptions.SINK_PARTITIONER);
        PartitionKeyStrategy strategy = options.get(KinesisSinkOptions.PARTITION_KEY_STRATEGY);
        if (!columns.isEmpty()) {
            String already = "the table is PARTITIONED BY " + columns;
            if (partitioner != null) {
                throw oneTooMany(PARTITIONER, partitioner, already);
            }
            requireFieldOrNone(strategy, already);
            return ColumnsPartitionKey.of(
                    (RowType) table.getPhysicalRowDataType().getLogicalType(),
                    columns,
                    options.get(KinesisTableOptions.SINK_PARTITIONER_FIELD_DELIMITER));
        }
        if (loaded != null) {
            requireFieldOrNone(strategy, PARTITIONER + " is '" + loaded + "'");
            return load(loaded, table.getClassLoader());
        }
        if (strategy == PartitionKeyStrategy.FIELD) {
            throw new ValidationException(
                    STRATEGY + " is FIELD, but the table has no PARTITIONED BY");
        }
        return null;
    }

    private static void requireFieldOrNone(PartitionKeyStrategy strategy, String already) {
        if (strategy != null && strategy != PartitionKeyStrategy.FIELD) {
            throw oneTooMany(STRATEGY, strategy.toString(), already);
        }
    }

    private static ValidationException oneTooMany(String key, String value, String already) {
        return new ValidationException(
                key + " is '" + value + "' and " + already + "; leave out one of the two");
    }

    private static PartitionKey<RowData> load(String className, ClassLoader classes) {
        try {
            Object key =
                    Class.forName(className, true, classes).getDeclaredConstructor().newInstance();
            if (key instanceof PartitionKey<?>) {
                @SuppressWarnings("unchecked") // What it takes shows when it gets a row.
                PartitionKey<RowData> ofRows = (PartitionKey<RowData>) key;
                return ofRows;
            }
        } catch (ReflectiveOperationException | LinkageError e) {
            throw refused(className, e);
        }
        throw refused(className, null);
    }

    private static ValidationException refused(String className, Throwable cause) {
        return new ValidationException(
                PARTITIONER
                        + " is '"
                        + className
                        + "'; it must be random, fixed, or the name of a public class with a public"
                        + " constructor without parameters that implements "
                        + PartitionKey.class.getName(),
                cause);
    }
}
