package io.hydrant.jobs.ingest.objects;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * How a queue and the objects that it names are read.
 *
 * @param queue its URL
 * @param records what of an object is a record
 * @param headerLines lines at an object's beginning that are no records
 * @param recordBytes bytes of a record at the most
 * @param hidden how long a message is hidden from other readers at a time; hidden anew while its
 *     objects are read
 * @param remembered objects that were read of which further notifications are known as copies
 * @param badMessages what becomes of messages that say nothing of objects
 * @param unreadableObjects what becomes of messages whose objects cannot be read
 */
public record QueueConfig(
        String queue,
        Records records,
        int headerLines,
        int recordBytes,
        Duration hidden,
        int remembered,
        Rest badMessages,
        Rest unreadableObjects)
        implements Serializable {

    /** What of an object is a record. */
    public enum Records {
        /** Each line, of an object that may be compressed. */
        LINES,

        /** The object as it is. */
        WHOLE
    }

    /** What becomes of a message. */
    public enum Rest {
        /** It stays in the queue, which shows it again or gives it to its dead-letter queue. */
        LEAVE,

        /** It is deleted. */
        DELETE
    }

    /** Validates that nothing is missing. */
    public QueueConfig {
        Objects.requireNonNull(queue, "queue");
        Objects.requireNonNull(records, "records");
        Objects.requireNonNull(hidden, "hidden");
        Objects.requireNonNull(badMessages, "badMessages");
        Objects.requireNonNull(unreadableObjects, "unreadableObjects");
    }
}
