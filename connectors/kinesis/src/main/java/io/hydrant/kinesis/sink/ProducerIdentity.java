package io.hydrant.kinesis.sink;

import io.hydrant.kinesis.aggregation.ProducerStamp;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;

/**
 * Numbers the records of one writer, under a name that no other has: each attempt of a task is a
 * producer of its own, because after a restore other records may come in the place of those that
 * the attempt before had numbered.
 *
 * <p>Knows which of the last {@link ProducerStamp#WINDOW} are in the stream for certain, so that it
 * can keep what the window promises to readers.
 *
 * <p>Used by the task's thread alone.
 */
final class ProducerIdentity implements Stamps {

    private static final int NAME_BYTES = 16;

    private final String producer;

    /**
     * Of the numbers from {@link #oldest} to {@link #next}, those delivered, by their remainder.
     */
    private final BitSet delivered = new BitSet(ProducerStamp.WINDOW);

    private long oldest;
    private long next;

    ProducerIdentity(String producer) {
        this.producer = producer;
    }

    /** A producer with a name by chance; 128 bits, so that no other will ever have it. */
    static ProducerIdentity random() {
        byte[] name = new byte[NAME_BYTES];
        new SecureRandom().nextBytes(name);
        return new ProducerIdentity(Base64.getUrlEncoder().withoutPadding().encodeToString(name));
    }

    /** Whether the oldest record on its way has to arrive before another one may be numbered. */
    boolean isFull() {
        return next - oldest >= ProducerStamp.WINDOW;
    }

    /** The stamp that the next record will get. */
    ProducerStamp peek() {
        return new ProducerStamp(producer, next);
    }

    /**
     * The stamp of another record.
     *
     * @throws IllegalStateException when there are too many on their way
     */
    ProducerStamp next() {
        if (isFull()) {
            throw new IllegalStateException(
                    "Record " + oldest + " is not delivered yet, so " + next + " has no number");
        }
        return new ProducerStamp(producer, next++);
    }

    @Override
    public boolean admits(ProducerStamp stamp) {
        return !isFull();
    }

    @Override
    public void taken(ProducerStamp stamp) {
        next();
    }

    @Override
    public boolean mayWaitInState() {
        return true;
    }

    /** These are in the stream; those with stamps of an earlier attempt count for nothing here. */
    @Override
    public void delivered(List<PutEntry> entries) {
        for (PutEntry entry : entries) {
            ProducerStamp stamp = entry.stamp();
            if (stamp != null && stamp.producer().equals(producer)) {
                delivered.set(place(stamp.number()));
            }
        }
        while (oldest < next && delivered.get(place(oldest))) {
            delivered.clear(place(oldest));
            oldest++;
        }
    }

    private static int place(long number) {
        return (int) (number % ProducerStamp.WINDOW);
    }
}
