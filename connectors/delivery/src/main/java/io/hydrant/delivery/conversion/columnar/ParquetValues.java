package io.hydrant.delivery.conversion.columnar;

import io.hydrant.delivery.conversion.row.RowBytes;
import io.hydrant.delivery.conversion.row.RowInput;
import io.hydrant.delivery.conversion.schema.HiveType;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * Gives the values of rows to Parquet's columns, each with its levels: the definition level says
 * how much of the way to the value is there, the repetition level which list goes on with it.
 *
 * <p>The library finds levels out itself where it is told of every begin and end of a field, for
 * each value anew. They are known from the columns: what there is at a place in the table always
 * has the same definition level.
 *
 * <p>Source: parquet-format, "Nested Encoding"; Dremel.
 */
final class ParquetValues {

    /** The day that Julian days count from, as days before the epoch. */
    private static final int JULIAN_EPOCH = 2_440_588;

    private static final int SECONDS_OF_DAY = 86_400;
    private static final int INT96_BYTES = 12;
    private static final long NANOS = 1_000_000_000L;

    /** One place in the table, and all that is within it. */
    private interface Place {

        /** Writes a value that is there. */
        void write(RowInput row, int repetition) throws IOException;

        /**
         * Writes that there is none.
         *
         * @param definition level of the innermost place around it that is there
         */
        void writeNull(int repetition, int definition);
    }

    private final ColumnWriteStore store;
    private final Iterator<ColumnDescriptor> columns;
    private final Place row;

    /** Values of rows of a table, for the columns that {@link ParquetColumns} makes of it. */
    ParquetValues(HiveType.Struct table, MessageType schema, ColumnWriteStore store) {
        this.store = store;
        // The library has them in the order in which the table names them, from the outside in.
        this.columns = schema.getColumns().iterator();
        this.row = struct(table, 0, 0);
    }

    /** Writes the next row. */
    void write(RowInput input) throws IOException {
        row.write(input, 0);
        store.endRecord();
    }

    /**
     * The place of a type.
     *
     * @param definition its level where it is there
     * @param repetition level of the innermost list around it
     */
    private Place place(HiveType type, int definition, int repetition) {
        if (type instanceof HiveType.Struct struct) {
            return struct(struct, definition, repetition);
        }
        if (type instanceof HiveType.Array array) {
            return new Repeated(
                    null,
                    place(array.element(), definition + 2, repetition + 1),
                    definition,
                    repetition + 1);
        }
        if (type instanceof HiveType.Map map) {
            // A key is there wherever its entry is, and has no level of its own.
            Place key = place(map.key(), definition + 1, repetition + 1);
            return new Repeated(
                    key,
                    place(map.value(), definition + 2, repetition + 1),
                    definition,
                    repetition + 1);
        }
        return new Leaf(columns.next(), type, definition);
    }

    private Struct struct(HiveType.Struct type, int definition, int repetition) {
        List<HiveType.Field> fields = type.fields();
        Place[] places = new Place[fields.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = place(fields.get(i).type(), definition + 1, repetition);
        }
        return new Struct(type, places, definition);
    }

    private static final class Struct implements Place {

        private final HiveType.Struct type;
        private final Place[] fields;
        private final int definition;

        /** Which fields the struct has that is being written; it is within no other of its kind. */
        private final boolean[] isThere;

        Struct(HiveType.Struct type, Place[] fields, int definition) {
            this.type = type;
            this.fields = fields;
            this.definition = definition;
            this.isThere = new boolean[fields.length];
        }

        @Override
        public void write(RowInput row, int repetition) throws IOException {
            Arrays.fill(isThere, false);
            int missing = fields.length;
            for (int i = row.field(type); i >= 0; i = row.field(type)) {
                fields[i].write(row, repetition);
                isThere[i] = true;
                missing--;
            }
            for (int i = 0; missing > 0 && i < fields.length; i++) {
                if (!isThere[i]) {
                    fields[i].writeNull(repetition, definition);
                }
            }
        }

        @Override
        public void writeNull(int repetition, int missing) {
            for (Place field : fields) {
                field.writeNull(repetition, missing);
            }
        }
    }

    /**
     * A list or a map.
     *
     * @param key null for a list
     * @param definition level of the list itself; an element has one more, whether it is null
     * @param own repetition level of its second element
     */
    private record Repeated(Place key, Place element, int definition, int own) implements Place {

        @Override
        public void write(RowInput row, int repetition) throws IOException {
            int count = row.count();
            if (count == 0) {
                writeNull(repetition, definition);
            }
            int level = repetition;
            for (int i = 0; i < count; i++) {
                if (key != null) {
                    key.write(row, level);
                }
                if (row.presence()) {
                    element.write(row, level);
                } else {
                    element.writeNull(level, definition + 1);
                }
                level = own;
            }
        }

        @Override
        public void writeNull(int repetition, int missing) {
            if (key != null) {
                key.writeNull(repetition, missing);
            }
            element.writeNull(repetition, missing);
        }
    }

    /** A column. */
    private final class Leaf implements Place {

        private final ColumnWriter column;

        /** The column, if it takes values where they lie; otherwise null. */
        private final PlainColumn plain;

        private final int definition;
        private final HiveType type;
        private final Kind kind;

        Leaf(ColumnDescriptor column, HiveType type, int definition) {
            this.column = store.getColumnWriter(column);
            this.plain = this.column instanceof PlainColumn own ? own : null;
            this.type = type;
            this.kind = Kind.of(type);
            this.definition = definition;
            if (column.getMaxDefinitionLevel() != definition) {
                throw new IllegalStateException(
                        "The column "
                                + column
                                + " has the definition level "
                                + column.getMaxDefinitionLevel()
                                + ", and its place is at "
                                + definition);
            }
        }

        @Override
        public void write(RowInput row, int repetition) throws IOException {
            switch (kind) {
                case TRUTH -> column.write(row.bool(), repetition, definition);
                case INT -> column.write((int) row.number(), repetition, definition);
                case LONG -> column.write(row.number(), repetition, definition);
                case FLOAT -> column.write((float) row.floating(), repetition, definition);
                case DOUBLE -> column.write(row.floating(), repetition, definition);
                case BYTES -> writeBytes(row, repetition);
                case TIMESTAMP -> writeTimestamp(row.number(), (int) row.number(), repetition);
                case DECIMAL ->
                        column.write(decimal((HiveType.Decimal) type, row), repetition, definition);
            }
        }

        private void writeBytes(RowInput row, int repetition) throws IOException {
            int length = row.pass();
            if (plain != null) {
                plain.writeText(row.array(), row.offset(), length, repetition, definition);
            } else {
                // Parquet's writers copy what they keep of it.
                column.write(
                        Binary.fromReusedByteArray(row.array(), row.offset(), length),
                        repetition,
                        definition);
            }
        }

        private void writeTimestamp(long second, int nanos, int repetition) {
            int day = (int) Math.floorDiv(second, (long) SECONDS_OF_DAY) + JULIAN_EPOCH;
            long nanosOfDay = Math.floorMod(second, (long) SECONDS_OF_DAY) * NANOS + nanos;
            if (plain != null) {
                plain.writeTimestamp(nanosOfDay, day, repetition, definition);
            } else {
                byte[] bytes = new byte[INT96_BYTES];
                ByteBuffer.wrap(bytes)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(nanosOfDay)
                        .putInt(day);
                column.write(Binary.fromConstantByteArray(bytes), repetition, definition);
            }
        }

        @Override
        public void writeNull(int repetition, int missing) {
            column.writeNull(repetition, missing);
        }
    }

    /** How a value is read and given to its column. */
    private enum Kind {
        TRUTH,
        INT,
        LONG,
        FLOAT,
        DOUBLE,
        BYTES,
        TIMESTAMP,
        DECIMAL;

        static Kind of(HiveType type) {
            if (type instanceof HiveType.Decimal) {
                return DECIMAL;
            }
            if (type instanceof HiveType.Simple simple) {
                return switch (simple) {
                    case BOOLEAN -> TRUTH;
                    case TINYINT, SMALLINT, INT, DATE -> INT;
                    case BIGINT -> LONG;
                    case FLOAT -> FLOAT;
                    case DOUBLE -> DOUBLE;
                    case STRING, BINARY -> BYTES;
                    case TIMESTAMP -> TIMESTAMP;
                };
            }
            return BYTES;
        }
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
