package io.hydrant.delivery.conversion.columnar;

import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.SizeStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * One column of a row group in Parquet's encoding {@code PLAIN}: numbers in little-endian order,
 * texts behind their length, bytes of a fixed length as they are. Pages are those of the library's
 * own writer, byte for byte.
 *
 * <p>The library asks a chain of objects about every value, for its levels, its bounds and its
 * size. Here a value goes into an array; what is said of a page is found out once for it where it
 * can be, and compared in place where it cannot.
 *
 * <p>Source: parquet-format, "Encodings", Plain; "Data Pages", version 1; "Statistics".
 */
final class PlainColumn implements ColumnWriter {

    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int TIMESTAMP_BYTES = Long.BYTES + Integer.BYTES;
    private static final int LEAST_ROOM = 1024;

    private final ColumnDescriptor column;
    private final PrimitiveTypeName type;
    private final PageWriter pages;
    private final ColumnLevels repetitions;
    private final ColumnLevels definitions;

    /** Packs bits, of truths alone. */
    private final ValuesWriter truths;

    private byte[] values = new byte[0];
    private int length;

    private final TextBounds textBounds = new TextBounds();
    private Statistics<?> statistics;
    private boolean hasNumber;
    private long least;
    private long greatest;
    private long textBytes;

    /**
     * Where the first timestamp of the page is that is not the one in front, 0 if there is none.
     */
    private int otherTimestamp;

    private long rowsOnPages;

    PlainColumn(ColumnDescriptor column, PageWriter pages, ParquetProperties properties) {
        this.column = column;
        this.type = column.getPrimitiveType().getPrimitiveTypeName();
        this.pages = pages;
        this.repetitions =
                new ColumnLevels(
                        properties.newRepetitionLevelWriter(column),
                        column.getMaxRepetitionLevel());
        this.definitions =
                new ColumnLevels(
                        properties.newDefinitionLevelWriter(column),
                        column.getMaxDefinitionLevel());
        this.truths = type == PrimitiveTypeName.BOOLEAN ? properties.newValuesWriter(column) : null;
        this.statistics = Statistics.createStats(column.getPrimitiveType());
    }

    @Override
    public void write(int value, int repetition, int definition) {
        levels(repetition, definition);
        putInt(value);
        bound(value);
    }

    @Override
    public void write(long value, int repetition, int definition) {
        levels(repetition, definition);
        putLong(value);
        bound(value);
    }

    private void bound(long value) {
        if (!hasNumber) {
            hasNumber = true;
            least = value;
            greatest = value;
        } else if (value < least) {
            least = value;
        } else if (value > greatest) {
            greatest = value;
        }
    }

    // Numbers that are none, and zeros of both signs, have rules of their own in the library.

    @Override
    public void write(float value, int repetition, int definition) {
        levels(repetition, definition);
        putInt(Float.floatToIntBits(value));
        statistics.updateStats(value);
    }

    @Override
    public void write(double value, int repetition, int definition) {
        levels(repetition, definition);
        putLong(Double.doubleToLongBits(value));
        statistics.updateStats(value);
    }

    @Override
    public void write(boolean value, int repetition, int definition) {
        levels(repetition, definition);
        truths.writeBoolean(value);
        statistics.updateStats(value);
    }

    /** Writes bytes of a fixed length. */
    @Override
    public void write(Binary value, int repetition, int definition) {
        levels(repetition, definition);
        byte[] bytes = value.getBytesUnsafe();
        reserve(bytes.length);
        System.arraycopy(bytes, 0, values, length, bytes.length);
        length += bytes.length;
        statistics.updateStats(value);
    }

    /** Writes a text, which is copied. */
    void writeText(byte[] source, int offset, int count, int repetition, int definition) {
        levels(repetition, definition);
        putInt(count);
        reserve(count);
        System.arraycopy(source, offset, values, length, count);
        length += count;
        textBytes += count;
        textBounds.add(source, offset, count);
    }

    /**
     * Writes an {@code INT96}. There is no order of those, and files say no bounds of them but
     * where all are the same.
     */
    void writeTimestamp(long nanosOfDay, int julianDay, int repetition, int definition) {
        levels(repetition, definition);
        if (otherTimestamp == 0
                && length > 0
                && ((long) LONG.get(values, 0) != nanosOfDay
                        || (int) INT.get(values, Long.BYTES) != julianDay)) {
            otherTimestamp = length;
        }
        putLong(nanosOfDay);
        putInt(julianDay);
    }

    @Override
    public void writeNull(int repetition, int definition) {
        levels(repetition, definition);
    }

    private void levels(int repetition, int definition) {
        repetitions.add(repetition);
        definitions.add(definition);
    }

    private void putInt(int value) {
        reserve(Integer.BYTES);
        INT.set(values, length, value);
        length += Integer.BYTES;
    }

    private void putLong(long value) {
        reserve(Long.BYTES);
        LONG.set(values, length, value);
        length += Long.BYTES;
    }

    private void reserve(int more) {
        if (more > values.length - length) {
            values =
                    Arrays.copyOf(
                            values,
                            Math.max(
                                    Math.addExact(length, more),
                                    Math.max(LEAST_ROOM, values.length * 2)));
        }
    }

    /** Bytes of the page that is not written yet, before compression. */
    long pageSize() {
        return repetitions.size() + definitions.size() + valuesSize();
    }

    private long valuesSize() {
        return truths == null ? length : truths.getBufferedSize();
    }

    /** Values on the page that is not written yet, those that are null among them. */
    long pageValues() {
        return definitions.count();
    }

    /** Rows on pages that are written. */
    long rowsOnPages() {
        return rowsOnPages;
    }

    /** Writes what is there as a page, up to that row of the group. */
    void endPage(long rows) {
        long[] definitionCounts = definitions.counts();
        long[] repetitionCounts = repetitions.counts();
        long all = definitions.count();
        sayBounds();
        statistics.incrementNumNulls(all - definitionCounts[definitionCounts.length - 1]);
        try {
            pages.writePage(
                    BytesInput.concat(
                            repetitions.bytes(),
                            definitions.bytes(),
                            truths == null
                                    ? BytesInput.from(values, 0, length)
                                    : truths.getBytes()),
                    Math.toIntExact(all),
                    Math.toIntExact(rows - rowsOnPages),
                    statistics,
                    new SizeStatistics(
                            column.getPrimitiveType(),
                            textBytes,
                            LongStream.of(repetitionCounts).boxed().toList(),
                            LongStream.of(definitionCounts).boxed().toList()),
                    repetitions.encoding(),
                    definitions.encoding(),
                    Encoding.PLAIN);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing a page to memory failed", e);
        }
        rowsOnPages = rows;
        beginPage();
    }

    private void sayBounds() {
        if (hasNumber && type == PrimitiveTypeName.INT32) {
            statistics.updateStats((int) least);
            statistics.updateStats((int) greatest);
        } else if (hasNumber) {
            statistics.updateStats(least);
            statistics.updateStats(greatest);
        } else if (type == PrimitiveTypeName.BINARY) {
            textBounds.tell(statistics);
        } else if (type == PrimitiveTypeName.INT96 && length > 0) {
            statistics.updateStats(timestampAt(0));
            if (otherTimestamp > 0) {
                statistics.updateStats(timestampAt(otherTimestamp));
            }
        }
    }

    private Binary timestampAt(int position) {
        return Binary.fromReusedByteArray(values, position, TIMESTAMP_BYTES);
    }

    private void beginPage() {
        repetitions.begin();
        definitions.begin();
        length = 0;
        if (truths != null) {
            truths.reset();
        }
        statistics = Statistics.createStats(column.getPrimitiveType());
        textBounds.begin();
        hasNumber = false;
        textBytes = 0;
        otherTimestamp = 0;
    }

    @Override
    public long getBufferedSizeInMemory() {
        return pageSize() + pages.getMemSize();
    }

    /** Bytes that its arrays take, filled or not. */
    long capacity() {
        return values.length + (truths == null ? 0 : truths.getAllocatedSize());
    }

    @Override
    public void close() {
        repetitions.close();
        definitions.close();
        if (truths != null) {
            truths.close();
        }
        values = new byte[0];
        length = 0;
    }
}
