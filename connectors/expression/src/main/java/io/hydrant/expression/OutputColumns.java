package io.hydrant.expression;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.type.SqlTypeFamily;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Judges whether the columns that a SELECT gives can be members of a JSON object. */
final class OutputColumns {

    /** Begins the name of a column that is a partitioning key. */
    static final String KEY_PREFIX = "partitionKeys.";

    private static final String UNNAMED = "EXPR$";

    private OutputColumns() {}

    /**
     * The columns as they are.
     *
     * @throws IllegalArgumentException naming the one that cannot be
     */
    static List<RelDataTypeField> check(List<RelDataTypeField> columns) {
        Set<String> names = new HashSet<>();
        for (RelDataTypeField column : columns) {
            if (column.getName().startsWith(UNNAMED)) {
                throw new IllegalArgumentException(
                        "column "
                                + (column.getIndex() + 1)
                                + " has no name; give it one, as in delay * 60 AS delay_s");
            }
            if (!names.add(column.getName())) {
                throw new IllegalArgumentException(
                        "the name '" + column.getName() + "' is given twice; rename one with AS");
            }
            if (!isWritable(column.getType())) {
                throw new IllegalArgumentException(
                        "column '"
                                + column.getName()
                                + "' is of type "
                                + column.getType()
                                + ", which JSON cannot hold; CAST it to VARCHAR or a number");
            }
            boolean isKey = isKey(column);
            if (isKey && column.getName().length() == KEY_PREFIX.length()) {
                throw new IllegalArgumentException(
                        "'" + KEY_PREFIX + "' names no key; write AS \"partitionKeys.carrier\"");
            }
            if (isKey && column.getType().getSqlTypeName().getFamily() != SqlTypeFamily.CHARACTER) {
                throw new IllegalArgumentException(
                        "column '"
                                + column.getName()
                                + "' is of type "
                                + column.getType()
                                + "; a partitioning key is text: CAST it to VARCHAR");
            }
        }
        if (columns.stream().allMatch(OutputColumns::isKey)) {
            throw new IllegalArgumentException(
                    "nothing but partitioning keys is selected; select what the record shall hold");
        }
        return columns;
    }

    /** Whether it is a partitioning key and no member of the object. */
    static boolean isKey(RelDataTypeField column) {
        return column.getName().startsWith(KEY_PREFIX);
    }

    private static boolean isWritable(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case BOOLEAN,
                    TINYINT,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    DECIMAL,
                    REAL,
                    FLOAT,
                    DOUBLE,
                    CHAR,
                    VARCHAR,
                    BINARY,
                    VARBINARY,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    TIMESTAMP_WITH_LOCAL_TIME_ZONE,
                    NULL ->
                    true;
            case ARRAY, MULTISET -> isWritable(type.getComponentType());
            case MAP -> isWritable(type.getKeyType()) && isWritable(type.getValueType());
            case ROW -> type.getFieldList().stream().allMatch(field -> isWritable(field.getType()));
            default -> false;
        };
    }
}
