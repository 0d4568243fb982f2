package io.hydrant.delivery.conversion.columnar;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.conversion.row.RowInput;
import io.hydrant.delivery.conversion.schema.HiveType;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.orc.CompressionKind;
import org.apache.orc.InMemoryKeystore;
import org.apache.orc.MemoryManager;
import org.apache.orc.OrcConf;
import org.apache.orc.OrcFile;
import org.apache.orc.TypeDescription;
import org.apache.orc.Writer;
import org.apache.orc.impl.PhysicalFsWriter;
import org.apache.orc.impl.WriterImpl;
import org.apache.orc.impl.writer.WriterEncryptionVariant;
import org.apache.orc.storage.ql.exec.vector.VectorizedRowBatch;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes an ORC file by the library's own writer, into memory instead of a Hadoop file system. */
final class OrcColumnarFile implements ColumnarFile {

    private static final int FIRST_CAPACITY = 64 * 1024;
    private static final Path NOWHERE = new Path("memory.orc");

    private final HiveType.Struct columns;
    private final GrowingBytes bytes = new GrowingBytes(FIRST_CAPACITY);
    private final VectorizedRowBatch batch;
    private final Writer writer;
    private boolean isClosed;

    OrcColumnarFile(HiveType.Struct columns, OrcConfig config) throws IOException {
        this.columns = columns;
        TypeDescription schema = OrcColumns.of(columns);
        OrcFile.WriterOptions options = options(schema, config);
        options.physicalWriter(
                new PhysicalFsWriter(
                        new FSDataOutputStream(bytes, null),
                        options,
                        new WriterEncryptionVariant[0]));
        this.writer = new WriterImpl(null, NOWHERE, options);
        this.batch = schema.createRowBatch();
    }

    private static OrcFile.WriterOptions options(TypeDescription schema, OrcConfig config) {
        // Nothing of a Hadoop installation that may be near has a say in these files.
        Configuration hadoop = new Configuration(false);
        hadoop.setDouble(
                OrcConf.DICTIONARY_KEY_SIZE_THRESHOLD.getAttribute(), config.dictionaryThreshold());
        OrcFile.WriterOptions options =
                OrcFile.writerOptions(hadoop)
                        .setSchema(schema)
                        .stripeSize(config.stripeSize())
                        .blockSize(config.blockSize())
                        .rowIndexStride(config.rowIndexStride())
                        .blockPadding(config.padding())
                        .paddingTolerance(config.paddingTolerance())
                        .compress(
                                switch (config.compression()) {
                                    case NONE -> CompressionKind.NONE;
                                    case ZLIB -> CompressionKind.ZLIB;
                                    case SNAPPY -> CompressionKind.SNAPPY;
                                })
                        .bloomFilterFpp(config.bloomFilterFpp())
                        .version(
                                config.isVersion11()
                                        ? OrcFile.Version.V_0_11
                                        : OrcFile.Version.V_0_12)
                        .useUTCTimestamp(true)
                        // Without one the writer would look for Hadoop's, though it encrypts
                        // nothing.
                        .setKeyProvider(new InMemoryKeystore())
                        .memory(new OneFile());
        if (!config.bloomFilterColumns().isEmpty()) {
            options.bloomFilterColumns(String.join(",", config.bloomFilterColumns()));
        }
        return options;
    }

    @Override
    public void append(RowInput rows) throws IOException {
        OrcValues.putFields(columns, batch.cols, batch.size, rows);
        batch.size++;
        if (batch.size == batch.getMaxSize()) {
            writeBatch();
        }
    }

    private void writeBatch() throws IOException {
        writer.addRowBatch(batch);
        batch.reset();
    }

    @Override
    public GrowingBytes finish() throws IOException {
        if (batch.size > 0) {
            writeBatch();
        }
        isClosed = true;
        writer.close();
        return bytes;
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            try {
                writer.close();
            } catch (IOException e) {
                throw new UncheckedIOException("Writing to memory failed", e);
            }
        }
    }

    /**
     * Lets the one file of a writer have its whole stripe; the objects' memory is bounded
     * elsewhere.
     */
    private static final class OneFile implements MemoryManager {

        @Override
        public void addWriter(Path path, long requestedAllocation, Callback callback) {
            // Has what it asks for.
        }

        @Override
        public void removeWriter(Path path) {
            // Nobody else waits for it.
        }

        @Override
        @Deprecated
        public void addedRow(int rows) {
            // The writer looks at its stripe by itself.
        }
    }
}
