package io.hydrant.localstack.bench.cases;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.conversion.columnar.ColumnarFile;
import io.hydrant.delivery.conversion.columnar.ParquetConfig;
import io.hydrant.delivery.conversion.row.RowInput;
import io.hydrant.delivery.conversion.schema.HiveType;

import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.xerial.snappy.Snappy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

/**
 * The yardstick of Parquet: flights by the library's own record consumer and value writers, as
 * whoever uses the library has them. Its file is that of the corridor's own writer, byte for byte.
 */
final class LibraryParquet implements ColumnarFile {

    private static final int FIRST_CAPACITY = 64 * 1024;
    private static final int JULIAN_EPOCH = 2_440_588;
    private static final int SECONDS_OF_DAY = 86_400;
    private static final int INT96_BYTES = 12;
    private static final long NANOS = 1_000_000_000L;

    private final HiveType.Struct columns;
    private final GrowingBytes bytes = new GrowingBytes(FIRST_CAPACITY);
    private final ParquetFileWriter file;
    private final ColumnChunkPageWriteStore pages;
    private final ColumnWriteStore values;
    private final RecordConsumer consumer;
    private long rows;

    /** A file of one row group, which all of these files are; columns are texts, numbers, times. */
    LibraryParquet(HiveType.Struct columns) throws IOException {
        this.columns = columns;
        ParquetConfig config = ParquetConfig.DEFAULT;
        MessageType schema =
                new MessageType(
                        "hive_schema",
                        columns.fields().stream().map(LibraryParquet::column).toList());
        ParquetProperties properties =
                ParquetProperties.builder()
                        .withPageSize(config.pageSize())
                        .withDictionaryPageSize(config.pageSize())
                        .withDictionaryEncoding(config.dictionary())
                        .build();
        file =
                new ParquetFileWriter(
                        new InMemory(bytes),
                        schema,
                        ParquetFileWriter.Mode.CREATE,
                        config.blockSize(),
                        0,
                        null,
                        properties);
        file.start();
        pages =
                new ColumnChunkPageWriteStore(
                        new SnappyPages(),
                        schema,
                        properties.getAllocator(),
                        properties.getColumnIndexTruncateLength(),
                        properties.getPageWriteChecksumEnabled());
        values = properties.newColumnWriteStore(schema, pages, pages);
        consumer = new ColumnIOFactory(false).getColumnIO(schema).getRecordWriter(values);
    }

    private static Type column(HiveType.Field field) {
        return switch ((HiveType.Simple) field.type()) {
            case INT -> Types.optional(PrimitiveType.PrimitiveTypeName.INT32).named(field.name());
            case TIMESTAMP ->
                    Types.optional(PrimitiveType.PrimitiveTypeName.INT96).named(field.name());
            case STRING ->
                    Types.optional(PrimitiveType.PrimitiveTypeName.BINARY)
                            .as(LogicalTypeAnnotation.stringType())
                            .named(field.name());
            default -> throw new IllegalArgumentException("A flight has no " + field.type());
        };
    }

    @Override
    public void append(RowInput row) throws IOException {
        consumer.startMessage();
        List<HiveType.Field> fields = columns.fields();
        for (int i = row.field(columns); i >= 0; i = row.field(columns)) {
            HiveType.Field field = fields.get(i);
            consumer.startField(field.name(), i);
            switch ((HiveType.Simple) field.type()) {
                case INT -> consumer.addInteger((int) row.number());
                case TIMESTAMP -> consumer.addBinary(timestamp(row.number(), (int) row.number()));
                default -> consumer.addBinary(text(row));
            }
            consumer.endField(field.name(), i);
        }
        consumer.endMessage();
        rows++;
    }

    private static Binary text(RowInput row) throws IOException {
        int length = row.pass();
        return Binary.fromReusedByteArray(row.array(), row.offset(), length);
    }

    private static Binary timestamp(long second, int nanos) {
        long day = Math.floorDiv(second, (long) SECONDS_OF_DAY);
        ByteBuffer value = ByteBuffer.allocate(INT96_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        value.putLong(Math.floorMod(second, (long) SECONDS_OF_DAY) * NANOS + nanos);
        value.putInt((int) day + JULIAN_EPOCH);
        return Binary.fromConstantByteArray(value.array());
    }

    @Override
    public GrowingBytes finish() throws IOException {
        consumer.flush();
        if (rows > 0) {
            file.startBlock(rows);
            values.flush();
            pages.flushToFileWriter(file);
            file.endBlock();
        }
        file.end(Map.of());
        close();
        return bytes;
    }

    @Override
    public void close() {
        values.close();
        pages.close();
    }

    /** Valid until the next page; the library copies it before. */
    private static final class SnappyPages implements BytesInputCompressor {

        private final GrowingBytes plain = new GrowingBytes(0);
        private byte[] compressed = new byte[0];

        @Override
        public BytesInput compress(BytesInput page) throws IOException {
            plain.clear();
            plain.reserve((int) page.size());
            page.writeAllTo(plain);
            int most = Snappy.maxCompressedLength(plain.length());
            if (compressed.length < most) {
                compressed = new byte[most];
            }
            int length = Snappy.compress(plain.array(), 0, plain.length(), compressed, 0);
            return BytesInput.from(compressed, 0, length);
        }

        @Override
        public CompressionCodecName getCodecName() {
            return CompressionCodecName.SNAPPY;
        }

        @Override
        public void release() {
            // Holds nothing.
        }
    }

    private record InMemory(GrowingBytes bytes) implements OutputFile {

        @Override
        public PositionOutputStream create(long blockSizeHint) {
            return new PositionOutputStream() {
                @Override
                public long getPos() {
                    return bytes.length();
                }

                @Override
                public void write(int value) {
                    bytes.write(value);
                }

                @Override
                public void write(byte[] source, int offset, int count) {
                    bytes.write(source, offset, count);
                }
            };
        }

        @Override
        public PositionOutputStream createOrOverwrite(long blockSizeHint) {
            return create(blockSizeHint);
        }

        @Override
        public boolean supportsBlockSize() {
            return false;
        }

        @Override
        public long defaultBlockSize() {
            return 0;
        }
    }
}
