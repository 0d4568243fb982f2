package io.hydrant.delivery.conversion.columnar;

import io.hydrant.delivery.buffer.GrowingBytes;

import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.factory.DefaultV1ValuesWriterFactory;
import org.apache.parquet.column.values.factory.ValuesWriterFactory;
import org.apache.parquet.io.api.Binary;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Values of one column in Parquet's encoding {@code PLAIN}: numbers in little-endian order, texts
 * behind their length, bytes of a fixed length as they are.
 *
 * <p>The library's own writer does the same, a byte at a time through two streams and a chain of
 * buffers that it allocates for every page. This one has an array, which it keeps.
 *
 * <p>Source: parquet-format, "Encodings", Plain.
 */
final class ParquetPlainValues extends ValuesWriter {

    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final GrowingBytes values = new GrowingBytes(0);
    private final boolean hasLengths;

    /**
     * Values of a column.
     *
     * @param hasLengths whether each of several bytes is behind its length
     */
    private ParquetPlainValues(boolean hasLengths) {
        this.hasLengths = hasLengths;
    }

    /** Has columns written plainly, all that are not truths. */
    static final class Factory implements ValuesWriterFactory {

        private final ValuesWriterFactory others = new DefaultV1ValuesWriterFactory();

        @Override
        public void initialize(ParquetProperties properties) {
            others.initialize(properties);
        }

        @Override
        public ValuesWriter newValuesWriter(ColumnDescriptor column) {
            return switch (column.getPrimitiveType().getPrimitiveTypeName()) {
                case INT32, INT64, FLOAT, DOUBLE, BINARY -> new ParquetPlainValues(true);
                case INT96, FIXED_LEN_BYTE_ARRAY -> new ParquetPlainValues(false);
                case BOOLEAN -> others.newValuesWriter(column);
            };
        }
    }

    @Override
    public void writeInteger(int value) {
        values.reserve(Integer.BYTES);
        INT.set(values.array(), values.length(), value);
        values.advance(Integer.BYTES);
    }

    @Override
    public void writeLong(long value) {
        values.reserve(Long.BYTES);
        LONG.set(values.array(), values.length(), value);
        values.advance(Long.BYTES);
    }

    @Override
    public void writeFloat(float value) {
        writeInteger(Float.floatToIntBits(value));
    }

    @Override
    public void writeDouble(double value) {
        writeLong(Double.doubleToLongBits(value));
    }

    @Override
    public void writeBytes(Binary value) {
        if (hasLengths) {
            writeInteger(value.length());
        }
        try {
            value.writeTo(values);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
    }

    @Override
    public long getBufferedSize() {
        return values.length();
    }

    /** Valid until the next value; the library copies a page before that. */
    @Override
    public BytesInput getBytes() {
        return BytesInput.from(values.array(), 0, values.length());
    }

    @Override
    public Encoding getEncoding() {
        return Encoding.PLAIN;
    }

    @Override
    public void reset() {
        values.clear();
    }

    @Override
    public void close() {
        values.clear(0);
    }

    @Override
    public long getAllocatedSize() {
        return values.capacity();
    }

    @Override
    public String memUsageString(String prefix) {
        return prefix + " plain values: " + values.length() + " of " + values.capacity() + " bytes";
    }
}
