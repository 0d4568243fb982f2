package io.hydrant.kinesis.change;

import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.Projection;
import org.apache.flink.table.connector.format.ProjectableDecodingFormat;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

import java.util.List;

/**
 * The format as the planner sees it.
 *
 * @param view what is read of the records
 * @param mismatch what happens to values that do not fit
 * @param key columns of the primary key, empty where none is declared
 */
record ChangeFormat(StreamViewType view, ValueMismatch mismatch, List<String> key)
        implements ProjectableDecodingFormat<DeserializationSchema<RowData>> {

    @Override
    public ChangelogMode getChangelogMode() {
        return view == StreamViewType.NEW_IMAGE ? ChangelogMode.upsert() : ChangelogMode.all();
    }

    @Override
    public DeserializationSchema<RowData> createRuntimeDecoder(
            DynamicTableSource.Context context, DataType physicalType, int[][] projections) {
        DataType produced = Projection.of(projections).project(physicalType);
        RowType row = (RowType) produced.getLogicalType();
        row.getFields()
                .forEach(
                        field ->
                                AttributeConverters.requireSupported(
                                        field.getName(), field.getType()));
        return new ChangeRowDecoder(
                view, mismatch, key, row, context.createTypeInformation(produced));
    }
}
