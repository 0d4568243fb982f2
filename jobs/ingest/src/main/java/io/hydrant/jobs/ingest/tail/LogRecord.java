package io.hydrant.jobs.ingest.tail;

import java.util.Objects;

/**
 * A record read from a file. It has the same producer and number whenever it is read.
 *
 * <p>Immutable by contract: nobody may write to {@link #data()}.
 */
public final class LogRecord {

    private final String producer;
    private final long number;
    private final byte[] data;

    /**
     * A record.
     *
     * @param producer name of the content of the file
     * @param number of the record in it
     * @param data the bytes, given away
     */
    public LogRecord(String producer, long number, byte[] data) {
        this.producer = Objects.requireNonNull(producer, "producer");
        this.number = number;
        this.data = Objects.requireNonNull(data, "data");
    }

    /** Name of the content of the file: 22 letters, digits, {@code -} and {@code _}. */
    public String producer() {
        return producer;
    }

    /** Which of the content's records it is, from 0. */
    public long number() {
        return number;
    }

    /** The bytes, with the line feed at their end where there is one. */
    public byte[] data() {
        return data;
    }

    /** The same record with other bytes. */
    public LogRecord withData(byte[] other) {
        return new LogRecord(producer, number, other);
    }

    /** Which it is; the bytes are the user's. */
    @Override
    public String toString() {
        return "record " + number + " of " + producer + ", " + data.length + " bytes";
    }
}
