/**
 * The table connector {@code 'connector' = 'kinesis'}: {@link
 * io.hydrant.kinesis.table.KinesisTableFactory} makes source and sink of a table from its options,
 * which are those of Flink's official connector and Hydrant's own.
 */
package io.hydrant.kinesis.table;
