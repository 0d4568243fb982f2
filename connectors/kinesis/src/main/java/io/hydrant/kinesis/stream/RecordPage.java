package io.hydrant.kinesis.stream;

import io.hydrant.core.record.Envelope;

import java.util.List;

/**
 * What one read of a shard returned.
 *
 * @param records the Kinesis records in order, aggregates still whole; the receiver's own
 * @param bytes bytes of payload in them
 * @param nextIterator where to read on; null at the end of a closed shard
 * @param millisBehindLatest how far behind the newest record the read ended, 0 when at it
 */
public record RecordPage(
        List<Envelope> records, long bytes, String nextIterator, long millisBehindLatest) {}
