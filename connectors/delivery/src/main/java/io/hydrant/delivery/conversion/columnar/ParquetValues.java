package io.hydrant.delivery.conversion.columnar;

import io.hydrant.delivery.conversion.row.RowBytes;
import io.hydrant.delivery.conversion.row.RowInput;
import io.hydrant.delivery.conversion.schema.HiveType;

import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** Gives the values of a row to Parquet's columns. */
final class ParquetValues {

    /** The day that Julian days count from, as days before the epoch. */
    private static final int JULIAN_EPOCH = 2_440_588;

    private static final int SECONDS_OF_DAY = 86_400;
    private static final int INT96_BYTES = 12;
    private static final long NANOS = 1_000_000_000L;

    private ParquetValues() {}

    /** Writes the fields of a struct, or of the whole row. */
    static void writeFields(HiveType.Struct struct, RowInput row, RecordConsumer out)
            throws IOException {
        List<HiveType.Field> fields = struct.fields();
        for (int i = row.field(struct); i >= 0; i = row.field(struct)) {
            HiveType.Field field = fields.get(i);
            out.startField(field.name(), i);
            write(field.type(), row, out);
            out.endField(field.name(), i);
        }
    }

    private static void write(HiveType type, RowInput row, RecordConsumer out) throws IOException {
        if (type instanceof HiveType.Simple simple) {
            writeSimple(simple, row, out);
        } else if (type instanceof HiveType.Decimal decimal) {
            out.addBinary(decimal(decimal, row));
        } else if (type instanceof HiveType.Struct struct) {
            out.startGroup();
            writeFields(struct, row, out);
            out.endGroup();
        } else if (type instanceof HiveType.Array array) {
            writeRepeated("list", null, "element", array.element(), row, out);
        } else if (type instanceof HiveType.Map map) {
            writeRepeated("key_value", map.key(), "value", map.value(), row, out);
        } else {
            out.addBinary(bytes(row));
        }
    }

    private static void writeRepeated(
            String repeated,
            HiveType key,
            String elementName,
            HiveType element,
            RowInput row,
            RecordConsumer out)
            throws IOException {
        int count = row.count();
        int elementIndex = key == null ? 0 : 1;
        out.startGroup();
        if (count > 0) {
            out.startField(repeated, 0);
            for (int i = 0; i < count; i++) {
                out.startGroup();
                if (key != null) {
                    out.startField("key", 0);
                    write(key, row, out);
                    out.endField("key", 0);
                }
                if (row.presence()) {
                    out.startField(elementName, elementIndex);
                    write(element, row, out);
                    out.endField(elementName, elementIndex);
                }
                out.endGroup();
            }
            out.endField(repeated, 0);
        }
        out.endGroup();
    }

    private static void writeSimple(HiveType.Simple type, RowInput row, RecordConsumer out)
            throws IOException {
        switch (type) {
            case BOOLEAN -> out.addBoolean(row.bool());
            case TINYINT, SMALLINT, INT, DATE -> out.addInteger((int) row.number());
            case BIGINT -> out.addLong(row.number());
            case FLOAT -> out.addFloat((float) row.floating());
            case DOUBLE -> out.addDouble(row.floating());
            case STRING, BINARY -> out.addBinary(bytes(row));
            case TIMESTAMP -> out.addBinary(timestamp(row.number(), (int) row.number()));
        }
    }

    /** Parquet's writers copy what they keep of it. */
    private static Binary bytes(RowInput row) throws IOException {
        int length = row.pass();
        return Binary.fromReusedByteArray(row.array(), row.offset(), length);
    }

    private static Binary timestamp(long second, int nanos) {
        long day = Math.floorDiv(second, (long) SECONDS_OF_DAY);
        long nanosOfDay = Math.floorMod(second, (long) SECONDS_OF_DAY) * NANOS + nanos;
        byte[] bytes = new byte[INT96_BYTES];
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(nanosOfDay)
                .putInt((int) day + JULIAN_EPOCH);
        return Binary.fromConstantByteArray(bytes);
    }

    private static Binary decimal(HiveType.Decimal type, RowInput row) throws IOException {
        BigInteger unscaled =
                RowBytes.isNumber(type) ? BigInteger.valueOf(row.number()) : row.decimal();
        byte[] value = unscaled.toByteArray();
        byte[] fixed = new byte[ParquetColumns.bytesOf(type.precision())];
        Arrays.fill(fixed, (byte) (unscaled.signum() < 0 ? -1 : 0));
        System.arraycopy(value, 0, fixed, fixed.length - value.length, value.length);
        return Binary.fromConstantByteArray(fixed);
    }
}
