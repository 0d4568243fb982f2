package io.hydrant.localstack.bench.cases;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.conversion.columnar.ColumnarFile;
import io.hydrant.delivery.conversion.row.RowInput;

import org.apache.flink.api.common.serialization.BulkWriter;
import org.apache.flink.core.fs.FSDataOutputStream;

import java.io.IOException;

/** Parquet as a FileSink writes it, by the corridor's own decoder and the library's writer. */
final class ParquetRows implements BulkWriter<Envelope> {

    private static final int BATCH = 1024 * 1024;

    private final FlightRows rows = new FlightRows();
    private final ColumnarFile parquet;
    private final FSDataOutputStream file;

    private ParquetRows(FSDataOutputStream file) throws IOException {
        this.file = file;
        this.parquet = FlightRows.open();
    }

    static BulkWriter<Envelope> create(FSDataOutputStream file) throws IOException {
        return new ParquetRows(file);
    }

    @Override
    public void addElement(Envelope record) throws IOException {
        rows.decode(record.payloadArray(), record.payloadOffset(), record.payloadLength());
        if (rows.length() >= BATCH) {
            flush();
        }
    }

    @Override
    public void flush() throws IOException {
        RowInput input = rows.input();
        while (!input.isAtEnd()) {
            parquet.append(input);
        }
        rows.clear();
    }

    @Override
    public void finish() throws IOException {
        flush();
        GrowingBytes bytes = parquet.finish();
        file.write(bytes.array(), 0, bytes.length());
        file.flush();
    }
}
