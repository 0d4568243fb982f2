package io.hydrant.expression;

import io.hydrant.delivery.conversion.row.RowBytes;
import io.hydrant.delivery.conversion.row.RowInput;
import io.hydrant.delivery.conversion.schema.HiveType;

import org.apache.calcite.avatica.util.ByteString;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads values of rows as Calcite's code takes them. */
final class RowValues {

    private static final long MILLIS = 1_000L;
    private static final int NANOS_OF_MILLI = 1_000_000;

    private RowValues() {}

    static Object read(HiveType type, RowInput in) throws IOException {
        if (type instanceof HiveType.Simple simple) {
            return simple(simple, in);
        }
        if (type instanceof HiveType.Decimal decimal) {
            return decimal(decimal, in);
        }
        if (type instanceof HiveType.Struct struct) {
            Object[] fields = new Object[struct.fields().size()];
            for (int field = in.field(struct); field >= 0; field = in.field(struct)) {
                fields[field] = read(struct.fields().get(field).type(), in);
            }
            return fields;
        }
        if (type instanceof HiveType.Array array) {
            int count = in.count();
            List<Object> elements = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                elements.add(in.presence() ? read(array.element(), in) : null);
            }
            return elements;
        }
        if (type instanceof HiveType.Map map) {
            int count = in.count();
            Map<Object, Object> entries = new LinkedHashMap<>();
            for (int i = 0; i < count; i++) {
                Object key = read(map.key(), in);
                entries.put(key, in.presence() ? read(map.value(), in) : null);
            }
            return entries;
        }
        return text(in);
    }

    static BigDecimal decimal(HiveType.Decimal type, RowInput in) throws IOException {
        BigInteger unscaled =
                RowBytes.isNumber(type) ? BigInteger.valueOf(in.number()) : in.decimal();
        return new BigDecimal(unscaled, type.scale());
    }

    private static Object simple(HiveType.Simple type, RowInput in) throws IOException {
        return switch (type) {
            case BOOLEAN -> in.bool();
            case TINYINT -> (byte) in.number();
            case SMALLINT -> (short) in.number();
            case INT, DATE -> (int) in.number();
            case BIGINT -> in.number();
            case FLOAT -> (float) in.floating();
            case DOUBLE -> in.floating();
            case STRING -> text(in);
            case BINARY -> new ByteString(in.bytes());
            case TIMESTAMP -> {
                long seconds = in.number();
                yield seconds * MILLIS + in.number() / NANOS_OF_MILLI;
            }
        };
    }

    private static String text(RowInput in) throws IOException {
        return new String(in.bytes(), StandardCharsets.UTF_8);
    }
}
