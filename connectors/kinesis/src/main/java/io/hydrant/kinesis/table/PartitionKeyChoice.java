package io.hydrant.kinesis.table;

import io.hydrant.kinesis.sink.PartitionKey;

import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.types.logical.RowType;

import java.util.List;

/**
 * Chooses what gives the rows of a table their partition keys: the columns of PARTITIONED BY, or
 * else {@code sink.partitioner}.
 */
final class PartitionKeyChoice {

    private static final String RANDOM = "random";
    private static final String FIXED = "fixed";

    private PartitionKeyChoice() {}

    /**
     * The choice of a table.
     *
     * @throws ValidationException naming the option or the column that does not fit
     */
    static PartitionKey<? super RowData> of(
            ReadableConfig options, DynamicTableFactory.Context table) {
        List<String> columns = table.getCatalogTable().getPartitionKeys();
        String partitioner = options.get(KinesisTableOptions.SINK_PARTITIONER);
        if (!columns.isEmpty()) {
            if (partitioner != null) {
                throw new ValidationException(
                        KinesisTableOptions.SINK_PARTITIONER.key()
                                + " is '"
                                + partitioner
                                + "' and the table is PARTITIONED BY "
                                + columns
                                + "; leave out one of the two");
            }
            return ColumnsPartitionKey.of(
                    (RowType) table.getPhysicalRowDataType().getLogicalType(),
                    columns,
                    options.get(KinesisTableOptions.SINK_PARTITIONER_FIELD_DELIMITER));
        }
        if (partitioner == null || partitioner.equals(RANDOM)) {
            return PartitionKey.random();
        }
        return partitioner.equals(FIXED)
                ? new TaskPartitionKey()
                : load(partitioner, table.getClassLoader());
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
                KinesisTableOptions.SINK_PARTITIONER.key()
                        + " is '"
                        + className
                        + "'; it must be random, fixed, or the name of a public class with a public"
                        + " constructor without parameters that implements "
                        + PartitionKey.class.getName(),
                cause);
    }
}
