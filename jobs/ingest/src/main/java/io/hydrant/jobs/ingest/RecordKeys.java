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
 */
final class RecordKeys implements PartitionKey<LogRecord> {

    private static final long serialVersionUID = 1L;

    /** Characters of a key, at the most. */
    static final int LONGEST = 32;

    private static final int RADIX = 36;
    private static final int OF_PRODUCER = 16;

    private final PartitionKeyOption option;

    RecordKeys(PartitionKeyOption option) {
        this.option = option;
    }

    @Override
    public String of(LogRecord record) {
        return switch (option) {
            // Kinesis takes the MD5 of the key, which spreads these as well as keys by chance.
            case RANDOM ->
                    Long.toString(record.number(), RADIX)
                            + '.'
                            + record.producer().substring(0, OF_PRODUCER);
            case DETERMINISTIC -> md5(record.data());
        };
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
