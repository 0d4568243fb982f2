package io.hydrant.sql.kda.translate;

import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.CharType;
import org.apache.flink.table.types.logical.DateType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.FloatType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.SmallIntType;
import org.apache.flink.table.types.logical.TimeType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.TinyIntType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;

import java.util.Locale;

/**
 * The types of the dialect as Flink's.
 *
 * <p>Source: SQL reference, "Data Types". Times have a precision of a millisecond.
 */
public final class Types {

    private static final int MILLISECONDS = 3;
    private static final int LARGEST_PRECISION = 38;

    /** The most characters, or bytes, of a value. */
    private static final int LONGEST = 65535;

    /** What DECIMAL without digits means: the reference's largest. */
    private static final int DEFAULT_PRECISION = 19;

    private Types() {}

    /** Flink's type of a declared one. */
    static LogicalType flink(SqlDataTypeSpec declared) {
        if (!(declared.getTypeNameSpec() instanceof SqlBasicTypeNameSpec type)) {
            throw unknown(declared, declared.toString());
        }
        String name = type.getTypeName().getSimple().toUpperCase(Locale.ROOT);
        return switch (name) {
            case "BOOLEAN" -> new BooleanType();
            case "TINYINT" -> new TinyIntType();
            case "SMALLINT" -> new SmallIntType();
            case "INTEGER", "INT" -> new IntType();
            case "BIGINT" -> new BigIntType();
            case "REAL" -> new FloatType();
            case "FLOAT", "DOUBLE" -> new DoubleType();
            case "DECIMAL", "DEC", "NUMERIC" -> decimal(declared, type);
            case "CHAR", "CHARACTER" -> new CharType(length(declared, type, 1));
            case "VARCHAR" -> new VarCharType(length(declared, type, VarCharType.MAX_LENGTH));
            case "BINARY", "VARBINARY" ->
                    new VarBinaryType(length(declared, type, VarBinaryType.MAX_LENGTH));
            case "DATE" -> new DateType();
            case "TIME" -> new TimeType(MILLISECONDS);
            case "TIMESTAMP" -> new TimestampType(MILLISECONDS);
            default -> throw unknown(declared, name);
        };
    }

    private static int length(SqlDataTypeSpec declared, SqlBasicTypeNameSpec type, int ifLeftOut) {
        int length = type.getPrecision();
        if (length == 0 || length > LONGEST) {
            throw new Refusal(
                    declared,
                    type.getTypeName().getSimple()
                            + " takes a length from 1 to "
                            + LONGEST
                            + ", not "
                            + length
                            + ".");
        }
        return length < 0 ? ifLeftOut : length;
    }

    /** The dialect's words for a type of Flink's. */
    public static String words(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case INTEGER -> "INTEGER";
            case FLOAT -> "REAL";
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> "TIMESTAMP";
            case TIME_WITHOUT_TIME_ZONE -> "TIME";
            case INTERVAL_DAY_TIME, INTERVAL_YEAR_MONTH -> "INTERVAL";
            case VARCHAR ->
                    ((VarCharType) type).getLength() == VarCharType.MAX_LENGTH
                            ? "VARCHAR"
                            : type.copy(true).asSummaryString();
            default -> type.copy(true).asSummaryString();
        };
    }

    private static Refusal unknown(SqlDataTypeSpec declared, String name) {
        return new Refusal(
                declared,
                "The type "
                        + name
                        + " is not one of the dialect's: BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT,"
                        + " DECIMAL, REAL, DOUBLE, CHAR, VARCHAR, BINARY, VARBINARY, DATE, TIME,"
                        + " TIMESTAMP.");
    }

    private static LogicalType decimal(SqlDataTypeSpec declared, SqlBasicTypeNameSpec type) {
        int precision = type.getPrecision() < 0 ? DEFAULT_PRECISION : type.getPrecision();
        int scale = Math.max(0, type.getScale());
        if (precision < 1 || precision > LARGEST_PRECISION || scale > precision) {
            throw new Refusal(
                    declared,
                    "DECIMAL takes 1 to 38 digits, and no more behind the point than that.");
        }
        return new DecimalType(precision, scale);
    }
}
