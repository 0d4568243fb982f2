package io.hydrant.lambda;

import io.hydrant.core.record.Envelope;

/**
 * A record of a batch under the id that the function knows it by.
 *
 * @param id the sequence number and the place in the batch, so that no two records of a batch share
 *     it; stays the same over repetitions
 * @param record the record
 */
record BatchItem(String id, Envelope record) {

    /** Digits enough for any batch: a record is one byte or more of a request of 6 MiB. */
    static BatchItem at(int place, Envelope record) {
        String digits = Integer.toString(place);
        return new BatchItem(
                record.sequence() + "000000".substring(Math.min(6, digits.length())) + digits,
                record);
    }
}
