package io.hydrant.jobs.ingest.objects;

import io.hydrant.delivery.format.Decompression;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/** Takes records out of an object, without holding more of it than one of them. */
final class ObjectRecords implements Closeable {

    private static final int BUFFER = 64 * 1024;
    private static final int END = -1;

    private final InputStream in;
    private final QueueConfig config;
    private final ByteArrayOutputStream record = new ByteArrayOutputStream();
    private boolean isOver;

    private ObjectRecords(InputStream in, QueueConfig config) {
        this.in = in;
        this.config = config;
    }

    /** The records of an object whose content is closed with this. */
    static ObjectRecords of(InputStream content, QueueConfig config) throws IOException {
        if (config.records() == QueueConfig.Records.WHOLE) {
            return new ObjectRecords(content, config);
        }
        try {
            ObjectRecords records =
                    new ObjectRecords(
                            new BufferedInputStream(Decompression.ofAny(content), BUFFER), config);
            for (int i = 0; i < config.headerLines(); i++) {
                records.line();
            }
            return records;
        } catch (ZipException | EOFException e) {
            content.close();
            throw damaged(e);
        }
    }

    /**
     * The next record, a line with its line feed; null behind the last one.
     *
     * @throws UnreadableObjectException if it is too large, or the object is damaged
     */
    byte[] next() throws IOException {
        if (isOver) {
            return null;
        }
        try {
            if (config.records() == QueueConfig.Records.LINES) {
                return line();
            }
        } catch (ZipException | EOFException e) {
            throw damaged(e);
        }
        isOver = true;
        byte[] whole = in.readNBytes(config.recordBytes() + 1);
        if (whole.length > config.recordBytes()) {
            throw tooLarge("it is");
        }
        return whole;
    }

    private byte[] line() throws IOException {
        record.reset();
        for (int b = in.read(); b != END; b = in.read()) {
            if (record.size() == config.recordBytes()) {
                throw tooLarge("it has a line of");
            }
            record.write(b);
            if (b == '\n') {
                return record.toByteArray();
            }
        }
        isOver = true;
        return record.size() == 0 ? null : record.toByteArray();
    }

    private UnreadableObjectException tooLarge(String what) {
        return new UnreadableObjectException(
                what + " more than " + config.recordBytes() + " bytes", null);
    }

    private static UnreadableObjectException damaged(IOException e) {
        return new UnreadableObjectException("it is damaged: " + e.getMessage(), e);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
