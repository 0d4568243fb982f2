package io.hydrant.delivery.conversion.json;

import io.hydrant.delivery.conversion.schema.HiveType;

import java.util.List;

/** Finds the reader of each type, by the rules of a SerDe. */
final class ValueReaders {

    private final boolean isOpenX;
    private final Timestamps timestamps;
    private final KeyNames names;

    ValueReaders(JsonSerDe serDe) {
        this.isOpenX = serDe instanceof JsonSerDe.OpenX;
        this.timestamps =
                serDe instanceof JsonSerDe.Hive hive
                        ? new JodaTimestamps(hive.timestampFormats())
                        : new OpenXTimestamps();
        this.names = new KeyNames(serDe);
    }

    ValueReader of(HiveType type) {
        if (type instanceof HiveType.Struct struct) {
            List<HiveType.Field> fields = struct.fields();
            ValueReader[] values = new ValueReader[fields.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = of(fields.get(i).type());
            }
            return new StructReader(struct, values, names);
        }
        if (type instanceof HiveType.Array array) {
            return new ArrayReader(of(array.element()));
        }
        if (type instanceof HiveType.Map map) {
            return new MapReader(simple(map.key()), of(map.value()));
        }
        return simple(type);
    }

    private SimpleReader simple(HiveType type) {
        if (type instanceof HiveType.Decimal decimal) {
            return NumberReader.ofDecimal(decimal, isOpenX);
        }
        if (type instanceof HiveType.Simple simple) {
            return simple(simple);
        }
        return new TextReader(type, isOpenX);
    }

    private SimpleReader simple(HiveType.Simple type) {
        return switch (type) {
            case BOOLEAN -> new BooleanReader(isOpenX);
            case TINYINT -> NumberReader.ofWhole(type, isOpenX, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case SMALLINT -> NumberReader.ofWhole(type, isOpenX, Short.MIN_VALUE, Short.MAX_VALUE);
            case INT -> NumberReader.ofWhole(type, isOpenX, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case BIGINT -> NumberReader.ofWhole(type, isOpenX, Long.MIN_VALUE, Long.MAX_VALUE);
            case FLOAT, DOUBLE -> new FloatingReader(type, isOpenX);
            case DATE -> new DateReader();
            case TIMESTAMP -> new TimestampReader(timestamps);
            case STRING, BINARY -> new TextReader(type, isOpenX);
        };
    }
}
