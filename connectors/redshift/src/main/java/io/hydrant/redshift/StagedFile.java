package io.hydrant.redshift;

import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.s3.sink.S3Committable;

import java.util.UUID;

/**
 * A staged object that the warehouse is to load.
 *
 * @param id the object's identity, which it keeps over restarts, jobs and savepoints: whether it is
 *     loaded is asked by it
 * @param bucket its bucket
 * @param key its key
 * @param storedBytes its size
 * @param records how many records it holds, those that records were taken apart into included: the
 *     rows that it should make
 * @param oldestArrivalMillis arrival of the oldest of them, milliseconds since the epoch
 */
record StagedFile(
        UUID id,
        String bucket,
        String key,
        long storedBytes,
        long records,
        long oldestArrivalMillis) {

    private static final int LONGEST_NAME = 256;

    static StagedFile of(S3Committable object) {
        LedgerEntry entry = object.entry();
        return new StagedFile(
                entry.id(),
                object.bucket(),
                object.key(),
                entry.storedBytes(),
                entry.lines(),
                entry.oldestArrivalMillis());
    }

    /** Its address as a refused row names it: Redshift's error tables keep no more of one. */
    String nameInErrors() {
        String url = url();
        return url.length() <= LONGEST_NAME ? url : url.substring(0, LONGEST_NAME);
    }

    String url() {
        return "s3://" + bucket + '/' + key;
    }
}
