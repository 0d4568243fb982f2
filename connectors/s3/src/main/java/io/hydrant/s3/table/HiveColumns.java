package io.hydrant.s3.table;

import io.hydrant.delivery.conversion.schema.HiveType;

import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;

import java.util.ArrayList;
import java.util.List;

/**
 * The columns of a table as those of a Parquet or ORC file.
 *
 * <p>Texts of a bounded length become {@code string}, since Flink has seen to their length; a
 * {@code TIME} becomes its text, for Hive has none.
 */
final class HiveColumns {

    private HiveColumns() {}

    /**
     * Some columns of a row.
     *
     * @param columns which, by their places
     * @throws IllegalArgumentException naming the column whose type no file has
     */
    static HiveType.Struct of(RowType row, int[] columns) {
        List<HiveType.Field> fields = new ArrayList<>(columns.length);
        for (int column : columns) {
            fields.add(field(row, column, ""));
        }
        return new HiveType.Struct(fields);
    }

    private static HiveType.Field field(RowType row, int index, String within) {
        String name = row.getFieldNames().get(index);
        return new HiveType.Field(name, type(row.getTypeAt(index), within + name));
    }

    private static HiveType type(LogicalType type, String path) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> HiveType.Simple.BOOLEAN;
            case TINYINT -> HiveType.Simple.TINYINT;
            case SMALLINT -> HiveType.Simple.SMALLINT;
            case INTEGER -> HiveType.Simple.INT;
            case BIGINT -> HiveType.Simple.BIGINT;
            case FLOAT -> HiveType.Simple.FLOAT;
            case DOUBLE -> HiveType.Simple.DOUBLE;
            case DATE -> HiveType.Simple.DATE;
            case VARCHAR, CHAR, TIME_WITHOUT_TIME_ZONE -> HiveType.Simple.STRING;
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    HiveType.Simple.TIMESTAMP;
            case DECIMAL -> {
                DecimalType decimal = (DecimalType) type;
                yield new HiveType.Decimal(decimal.getPrecision(), decimal.getScale());
            }
            case ARRAY ->
                    new HiveType.Array(type(((ArrayType) type).getElementType(), path + "[]"));
            case MAP -> map((MapType) type, path);
            case ROW -> row((RowType) type, path);
            default ->
                    throw new IllegalArgumentException(
                            "column '"
                                    + path
                                    + "' is of type "
                                    + type.asSummaryString()
                                    + ", which Parquet and ORC files do not get from here; cast it"
                                    + " to a type that they do, bytes to text by TO_BASE64 or HEX");
        };
    }

    private static HiveType map(MapType type, String path) {
        if (!type.getKeyType().is(LogicalTypeRoot.VARCHAR)
                && !type.getKeyType().is(LogicalTypeRoot.CHAR)) {
            throw new IllegalArgumentException(
                    "column '"
                            + path
                            + "' is a map whose keys are of type "
                            + type.getKeyType().asSummaryString()
                            + "; they must be texts");
        }
        return new HiveType.Map(HiveType.Simple.STRING, type(type.getValueType(), path + "[]"));
    }

    private static HiveType row(RowType type, String path) {
        List<HiveType.Field> fields = new ArrayList<>(type.getFieldCount());
        for (int i = 0; i < type.getFieldCount(); i++) {
            fields.add(field(type, i, path + "."));
        }
        return new HiveType.Struct(fields);
    }
}
