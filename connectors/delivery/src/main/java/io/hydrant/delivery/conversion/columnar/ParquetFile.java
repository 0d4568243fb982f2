package io.hydrant.delivery.conversion.columnar;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.conversion.row.RowInput;
import io.hydrant.delivery.conversion.schema.HiveType;

import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;

import java.io.IOException;
import java.util.Map;

/**
 * Writes a Parquet file by the library's own file writer and, where values are not written plainly,
 * its column writers. Its {@code ParquetWriter} above them would need much of Hadoop, for
 * encryption and codecs that nobody here asks for.
 */
final class ParquetFile implements ColumnarFile {

    /** Asking for the size of a row group looks at every column. */
    private static final int ROWS_BETWEEN_CHECKS = 1000;

    private final HiveType.Struct columns;
    private final ParquetConfig config;
    private final MessageType schema;
    private final ParquetProperties properties;
    private final BytesInputCompressor compressor;
    private final MemoryOutputFile output = new MemoryOutputFile();
    private final ParquetFileWriter file;

    private ColumnChunkPageWriteStore pages;
    private ColumnWriteStore columnStore;
    private ParquetValues values;
    private long rows;

    ParquetFile(HiveType.Struct columns, ParquetConfig config) throws IOException {
        this.columns = columns;
        this.config = config;
        this.schema = ParquetColumns.of(columns);
        this.properties =
                ParquetProperties.builder()
                        .withPageSize(config.pageSize())
                        .withDictionaryPageSize(config.pageSize())
                        .withDictionaryEncoding(config.dictionary())
                        .withWriterVersion(
                                config.isVersion2()
                                        ? ParquetProperties.WriterVersion.PARQUET_2_0
                                        : ParquetProperties.WriterVersion.PARQUET_1_0)
                        .build();
        this.compressor = PageCompressor.of(config.compression());
        this.file =
                new ParquetFileWriter(
                        output,
                        schema,
                        ParquetFileWriter.Mode.CREATE,
                        config.blockSize(),
                        0,
                        null,
                        properties);
        file.start();
        startRowGroup();
    }

    private void startRowGroup() {
        pages =
                new ColumnChunkPageWriteStore(
                        compressor,
                        schema,
                        properties.getAllocator(),
                        properties.getColumnIndexTruncateLength(),
                        properties.getPageWriteChecksumEnabled());
        columnStore =
                config.dictionary() || config.isVersion2()
                        ? properties.newColumnWriteStore(schema, pages, pages)
                        : new PlainColumns(schema, pages, properties);
        values = new ParquetValues(columns, schema, columnStore);
        rows = 0;
    }

    @Override
    public void append(RowInput input) throws IOException {
        values.write(input);
        rows++;
        if (rows % ROWS_BETWEEN_CHECKS == 0
                && columnStore.getBufferedSize() >= config.blockSize()) {
            endRowGroup();
            startRowGroup();
        }
    }

    private void endRowGroup() throws IOException {
        if (rows > 0) {
            file.startBlock(rows);
            columnStore.flush();
            pages.flushToFileWriter(file);
            file.endBlock();
        }
        closeRowGroup();
    }

    private void closeRowGroup() {
        if (columnStore != null) {
            columnStore.close();
            pages.close();
            columnStore = null;
        }
    }

    @Override
    public GrowingBytes finish() throws IOException {
        endRowGroup();
        file.end(Map.of());
        close();
        return output.bytes();
    }

    @Override
    public void close() {
        closeRowGroup();
        compressor.release();
    }
}
