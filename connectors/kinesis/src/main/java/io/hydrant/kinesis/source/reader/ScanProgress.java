package io.hydrant.kinesis.source.reader;

import io.hydrant.kinesis.stream.Shard;

/** Is told how far a scan has come. */
@FunctionalInterface
public interface ScanProgress {

    /**
     * Another page was read.
     *
     * @param shard the shard being read
     * @param records user records given to the consumer so far
     * @param millisBehindLatest how far behind the shard's newest record the scan is
     */
    void scanned(Shard shard, long records, long millisBehindLatest);
}
