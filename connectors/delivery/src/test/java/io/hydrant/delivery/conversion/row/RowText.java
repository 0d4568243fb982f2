package io.hydrant.delivery.conversion.row;

import io.hydrant.delivery.conversion.schema.HiveType;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.StringJoiner;

/** Shows a row as text. */
public final class RowText {

    private RowText() {}

    /** The next row, its fields in the order in which they were written. */
    public static String of(HiveType.Struct struct, RowInput row) throws IOException {
        StringJoiner text = new StringJoiner(", ", "{", "}");
        for (int i = row.field(struct); i >= 0; i = row.field(struct)) {
            HiveType.Field field = struct.fields().get(i);
            text.add(field.name() + "=" + value(field.type(), row));
        }
        return text.toString();
    }

    private static String value(HiveType type, RowInput row) throws IOException {
        if (type instanceof HiveType.Struct struct) {
            return of(struct, row);
        }
        if (type instanceof HiveType.Array array) {
            StringJoiner text = new StringJoiner(", ", "[", "]");
            for (int i = row.count(); i > 0; i--) {
                text.add(element(array.element(), row));
            }
            return text.toString();
        }
        if (type instanceof HiveType.Map map) {
            StringJoiner text = new StringJoiner(", ", "(", ")");
            for (int i = row.count(); i > 0; i--) {
                text.add(value(map.key(), row) + "->" + element(map.value(), row));
            }
            return text.toString();
        }
        if (type instanceof HiveType.Decimal decimal) {
            BigInteger unscaled =
                    RowBytes.isNumber(type) ? BigInteger.valueOf(row.number()) : row.decimal();
            return new BigDecimal(unscaled, decimal.scale()).toPlainString();
        }
        return simple(type, row);
    }

    private static String element(HiveType type, RowInput row) throws IOException {
        return row.presence() ? value(type, row) : "null";
    }

    private static String simple(HiveType type, RowInput row) throws IOException {
        if (type == HiveType.Simple.BOOLEAN) {
            return String.valueOf(row.bool());
        }
        if (type == HiveType.Simple.FLOAT || type == HiveType.Simple.DOUBLE) {
            return String.valueOf(row.floating());
        }
        if (type == HiveType.Simple.TIMESTAMP) {
            return Instant.ofEpochSecond(row.number(), row.number()).toString();
        }
        if (type == HiveType.Simple.DATE) {
            return LocalDate.ofEpochDay(row.number()).toString();
        }
        return RowBytes.isNumber(type)
                ? String.valueOf(row.number())
                : new String(row.bytes(), StandardCharsets.UTF_8);
    }
}
