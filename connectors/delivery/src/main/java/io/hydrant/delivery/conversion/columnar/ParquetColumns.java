package io.hydrant.delivery.conversion.columnar;

import io.hydrant.delivery.conversion.schema.HiveType;

import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

import java.math.BigInteger;
import java.util.List;

/**
 * The columns of a table as Hive writes them to Parquet: all optional, timestamps as {@code INT96},
 * decimals as fixed bytes. Lists and maps have the three levels of the format's own specification.
 */
final class ParquetColumns {

    private ParquetColumns() {}

    static MessageType of(HiveType.Struct columns) {
        return new MessageType("hive_schema", fields(columns));
    }

    private static List<Type> fields(HiveType.Struct struct) {
        return struct.fields().stream().map(field -> type(field.name(), field.type())).toList();
    }

    private static Type type(String name, HiveType type) {
        if (type instanceof HiveType.Struct struct) {
            return new GroupType(Type.Repetition.OPTIONAL, name, fields(struct));
        }
        if (type instanceof HiveType.Array array) {
            return Types.optionalList().element(type("element", array.element())).named(name);
        }
        if (type instanceof HiveType.Map map) {
            PrimitiveType key = type("key", map.key()).asPrimitiveType();
            PrimitiveType required =
                    Types.required(key.getPrimitiveTypeName())
                            .length(key.getTypeLength())
                            .as(key.getLogicalTypeAnnotation())
                            .named("key");
            return Types.optionalMap().key(required).value(type("value", map.value())).named(name);
        }
        return simple(type).named(name);
    }

    private static Types.PrimitiveBuilder<PrimitiveType> simple(HiveType type) {
        if (type instanceof HiveType.Decimal decimal) {
            return Types.optional(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
                    .length(bytesOf(decimal.precision()))
                    .as(LogicalTypeAnnotation.decimalType(decimal.scale(), decimal.precision()));
        }
        if (type instanceof HiveType.Simple simple) {
            return switch (simple) {
                case BOOLEAN -> Types.optional(PrimitiveTypeName.BOOLEAN);
                case TINYINT -> whole(8);
                case SMALLINT -> whole(16);
                case INT -> Types.optional(PrimitiveTypeName.INT32);
                case BIGINT -> Types.optional(PrimitiveTypeName.INT64);
                case FLOAT -> Types.optional(PrimitiveTypeName.FLOAT);
                case DOUBLE -> Types.optional(PrimitiveTypeName.DOUBLE);
                case BINARY -> Types.optional(PrimitiveTypeName.BINARY);
                case DATE ->
                        Types.optional(PrimitiveTypeName.INT32)
                                .as(LogicalTypeAnnotation.dateType());
                case TIMESTAMP -> Types.optional(PrimitiveTypeName.INT96);
                case STRING -> text();
            };
        }
        return text();
    }

    private static Types.PrimitiveBuilder<PrimitiveType> whole(int bits) {
        return Types.optional(PrimitiveTypeName.INT32)
                .as(LogicalTypeAnnotation.intType(bits, true));
    }

    private static Types.PrimitiveBuilder<PrimitiveType> text() {
        return Types.optional(PrimitiveTypeName.BINARY).as(LogicalTypeAnnotation.stringType());
    }

    /** Bytes that hold every number of that many digits, with its sign. */
    static int bytesOf(int precision) {
        return BigInteger.TEN.pow(precision).bitLength() / Byte.SIZE + 1;
    }
}
