package io.hydrant.localstack.bench.cases;

import io.hydrant.core.record.Envelope;

import org.apache.flink.api.common.serialization.BulkWriter;
import org.apache.flink.core.fs.FSDataOutputStream;

import java.io.IOException;
import java.util.zip.GZIPOutputStream;

/** GZIP JSON lines as a FileSink writes them. */
final class GzipLines implements BulkWriter<Envelope> {

    private static final int BUFFER = 64 * 1024;

    private final GZIPOutputStream gzip;
    private final FSDataOutputStream file;

    private GzipLines(FSDataOutputStream file) throws IOException {
        this.file = file;
        this.gzip = new GZIPOutputStream(file, BUFFER);
    }

    static BulkWriter<Envelope> create(FSDataOutputStream file) throws IOException {
        return new GzipLines(file);
    }

    @Override
    public void addElement(Envelope record) throws IOException {
        record.writePayloadTo(gzip);
        gzip.write('\n');
    }

    @Override
    public void flush() throws IOException {
        gzip.flush();
    }

    /** Ends the member, but leaves the file to Flink, which closes it. */
    @Override
    public void finish() throws IOException {
        gzip.finish();
        file.flush();
    }
}
