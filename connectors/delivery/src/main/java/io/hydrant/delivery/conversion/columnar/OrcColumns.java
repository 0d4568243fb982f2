package io.hydrant.delivery.conversion.columnar;

import io.hydrant.delivery.conversion.schema.HiveType;

import org.apache.orc.TypeDescription;

/** The columns of a table as ORC has them, which are Hive's own types. */
final class OrcColumns {

    private OrcColumns() {}

    static TypeDescription of(HiveType type) {
        if (type instanceof HiveType.Struct struct) {
            TypeDescription description = TypeDescription.createStruct();
            struct.fields().forEach(field -> description.addField(field.name(), of(field.type())));
            return description;
        }
        if (type instanceof HiveType.Array array) {
            return TypeDescription.createList(of(array.element()));
        }
        if (type instanceof HiveType.Map map) {
            return TypeDescription.createMap(of(map.key()), of(map.value()));
        }
        if (type instanceof HiveType.Decimal decimal) {
            // In this order: each is checked against the other's present value, 38 and 10 at first.
            return TypeDescription.createDecimal()
                    .withScale(decimal.scale())
                    .withPrecision(decimal.precision());
        }
        if (type instanceof HiveType.Varchar varchar) {
            return TypeDescription.createVarchar().withMaxLength(varchar.length());
        }
        if (type instanceof HiveType.Char fixed) {
            return TypeDescription.createChar().withMaxLength(fixed.length());
        }
        return simple((HiveType.Simple) type);
    }

    private static TypeDescription simple(HiveType.Simple type) {
        return switch (type) {
            case BOOLEAN -> TypeDescription.createBoolean();
            case TINYINT -> TypeDescription.createByte();
            case SMALLINT -> TypeDescription.createShort();
            case INT -> TypeDescription.createInt();
            case BIGINT -> TypeDescription.createLong();
            case FLOAT -> TypeDescription.createFloat();
            case DOUBLE -> TypeDescription.createDouble();
            case STRING -> TypeDescription.createString();
            case BINARY -> TypeDescription.createBinary();
            case DATE -> TypeDescription.createDate();
            case TIMESTAMP -> TypeDescription.createTimestamp();
        };
    }
}
