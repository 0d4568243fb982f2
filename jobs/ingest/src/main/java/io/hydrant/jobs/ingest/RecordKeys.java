package io.hydrant.jobs.ingest;

import io.hydrant.jobs.ingest.agent.AgentFlow.PartitionKeyOption;
import io.hydrant.jobs.ingest.tail.LogRecord;
import io.hydrant.kinesis.sink.PartitionKey;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Gives records their partition keys. A record that is read again has the same key, so that its
 * copy is in the same shard; the agent's keys by chance would spread copies over all shards.
 *
 * <p>Records that go into aggregates share a key with their neighbours: an aggregate holds each key
 * once, and a key takes a quarter of what a line of a log does.
 */
final class RecordKeys implements PartitionKey<LogRecord> {

    private static final long serialVersionUID = 1L;

    /** Characters of a key, at the most. */
    static final int LONGEST = 32;

    private static final int RADIX = 36;
    private static final int OF_PRODUCER = 16;

    /** Records in a row that share a key, where they are aggregated. */
    private static final int NEIGHBOURS = 32;

    private final PartitionKeyOption option;
    private final int sharing;

    private transient String lastProducer;
    private transient long lastNumber;
    private transient String lastKey;

    private RecordKeys(PartitionKeyOption option, int sharing) {
        this.option = option;
        this.sharing = sharing;
    }

    /** Keys of records that go as they are, or in aggregates. */
    static RecordKeys of(PartitionKeyOption option, boolean aggregated) {
        return new RecordKeys(option, aggregated ? NEIGHBOURS : 1);
    }

    @Override
    public String of(LogRecord record) {
        return switch (option) {
            case RANDOM -> ofPlace(record.producer(), record.number() / sharing);
            case DETERMINISTIC -> md5(record.data());
        };
    }

    /** Kinesis takes the MD5 of the key, which spreads these as well as keys by chance. */
    private String ofPlace(String producer, long number) {
        if (lastKey == null || number != lastNumber || !producer.equals(lastProducer)) {
            lastKey = Long.toString(number, RADIX) + '.' + producer.substring(0, OF_PRODUCER);
            lastProducer = producer;
            lastNumber = number;
        }
        return lastKey;
    }

    private static String md5(byte[] data) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(data);
            return String.format("%032x", new BigInteger(1, digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has MD5", e);
        }
    }
}
