package io.hydrant.sql.functions.windows;

import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.functions.TableSemantics;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.StaticArgument;
import org.apache.flink.table.types.inference.StaticArgumentTrait;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeUtils;
import org.apache.flink.table.types.utils.TypeConversions;
import org.apache.flink.types.Row;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;

/** The table that a function works on: what its columns are, and which of them are keys. */
public final class InputTable {

    /** What the argument is called. */
    public static final String NAME = "input";

    private final List<RowType.RowField> fields;
    private final int[] keys;
    private final int time;

    private InputTable(TableSemantics table) {
        this.fields = ((RowType) table.dataType().getLogicalType()).getFields();
        this.keys = table.partitionByColumns();
        this.time = table.timeColumn();
    }

    /** The argument of a function that gives rows when the time of its rows has passed. */
    public static StaticArgument argumentWithTime() {
        return argument(StaticArgumentTrait.REQUIRE_ON_TIME);
    }

    /** The argument of a function that gives every row at once, with more columns. */
    public static StaticArgument argumentThatPassesThrough() {
        return argument(StaticArgumentTrait.PASS_COLUMNS_THROUGH);
    }

    private static StaticArgument argument(StaticArgumentTrait trait) {
        return StaticArgument.table(
                NAME,
                Row.class,
                false,
                EnumSet.of(
                        StaticArgumentTrait.TABLE,
                        StaticArgumentTrait.SET_SEMANTIC_TABLE,
                        StaticArgumentTrait.OPTIONAL_PARTITION_BY,
                        trait));
    }

    /** The key of a row; the same for all rows where there are no keys. */
    public Row key(Row row) {
        return Row.project(row, keys);
    }

    /** The table of a call that is being planned; it is the first argument. */
    public static InputTable of(CallContext call) {
        return new InputTable(
                call.getTableSemantics(0)
                        .orElseThrow(
                                () ->
                                        call.newValidationError(
                                                "The first argument of %s must be a table.",
                                                call.getName())));
    }

    /** The table of a call that runs. */
    public static InputTable of(TableSemantics table) {
        return new InputTable(table);
    }

    /** The type of a whole row, without Flink's marks of time columns. */
    public DataType rowType() {
        return TypeConversions.fromLogicalToDataType(
                new RowType(
                        false,
                        fields.stream()
                                .map(
                                        field ->
                                                new RowType.RowField(
                                                        field.getName(),
                                                        LogicalTypeUtils.removeTimeAttributes(
                                                                field.getType())))
                                .toList()));
    }

    /** The columns that are no keys: Flink puts the keys in front of what a function gives. */
    public List<DataTypes.Field> columnsBesidesKeys() {
        List<DataTypes.Field> columns = new ArrayList<>();
        for (int column : besidesKeys()) {
            columns.add(DataTypes.FIELD(fields.get(column).getName(), type(column)));
        }
        return columns;
    }

    /** Where the columns that are no keys stand in a row. */
    public int[] besidesKeys() {
        return java.util.stream.IntStream.range(0, fields.size())
                .filter(column -> Arrays.stream(keys).noneMatch(key -> key == column))
                .toArray();
    }

    /** The type of a column, without Flink's mark of time columns. */
    public DataType type(int column) {
        return TypeConversions.fromLogicalToDataType(
                LogicalTypeUtils.removeTimeAttributes(fields.get(column).getType()));
    }

    /** The name of a column. */
    public String name(int column) {
        return fields.get(column).getName();
    }

    /** Where the column of a name stands, or -1 where there is none. */
    public int column(String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).getName().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** The names of all columns, for messages. */
    public List<String> names() {
        return fields.stream().map(RowType.RowField::getName).toList();
    }

    /** The type that times of windows have: that of the column of time, with milliseconds. */
    public DataType windowTime() {
        LogicalType type = time < 0 ? null : fields.get(time).getType();
        return type != null && type.is(LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE)
                ? DataTypes.TIMESTAMP_LTZ(3)
                : DataTypes.TIMESTAMP(3);
    }
}
