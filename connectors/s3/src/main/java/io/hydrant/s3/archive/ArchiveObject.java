package io.hydrant.s3.archive;

import io.hydrant.core.record.Envelope;
import io.hydrant.s3.read.DeliveredObjects;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/**
 * One object of an archive, record by record. A record's identity is where it stands: stream is the
 * bucket's address, shard the object's key, sequence number its number in the object, from 1.
 */
public final class ArchiveObject implements Closeable {

    private final ArchiveConfig config;
    private final String key;
    private final long arrivalMillis;
    private final ArchiveRecords records;
    private long number;

    private ArchiveObject(
            ArchiveConfig config, String key, long arrivalMillis, ArchiveRecords records) {
        this.config = config;
        this.key = key;
        this.arrivalMillis = arrivalMillis;
        this.records = records;
    }

    /**
     * Opens an object.
     *
     * @param objects reads the archive's bucket
     * @param lastModifiedMillis when the object was written: the arrival of its records, unless its
     *     name says better
     * @throws UnreadableArchiveException if it is damaged
     */
    public static ArchiveObject open(
            ArchiveConfig config, DeliveredObjects objects, String key, long lastModifiedMillis)
            throws IOException, InterruptedException {
        InputStream content;
        try {
            content = objects.openAny(key);
        } catch (ZipException | EOFException e) {
            throw unreadable(config, key, 0, e);
        }
        return new ArchiveObject(
                config,
                key,
                ArrivalInName.of(key, config.timeZone(), lastModifiedMillis),
                new ArchiveRecords(content, config.format(), config.maxRecordSize()));
    }

    /**
     * The next record, null behind the last one.
     *
     * @throws UnreadableArchiveException if it is damaged from here on
     */
    public Envelope next() throws IOException {
        byte[] payload;
        try {
            payload = records.next();
        } catch (ZipException | EOFException | UnreadableArchiveException e) {
            throw unreadable(config, key, number, e);
        }
        if (payload == null) {
            return null;
        }
        number++;
        return new Envelope(
                config.stream(),
                key,
                Long.toString(number),
                0,
                key,
                arrivalMillis,
                payload,
                0,
                payload.length);
    }

    private static UnreadableArchiveException unreadable(
            ArchiveConfig config, String key, long number, IOException cause) {
        return new UnreadableArchiveException(
                "s3://"
                        + config.bucket()
                        + '/'
                        + key
                        + " cannot be read behind its record "
                        + number
                        + ": "
                        + cause.getMessage()
                        + ". Way out: mend or move the object, or set "
                        + ArchiveOptions.UNREADABLE.key()
                        + " to SKIP, which leaves the rest of it out.",
                cause);
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
