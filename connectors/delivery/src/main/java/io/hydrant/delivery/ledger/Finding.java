package io.hydrant.delivery.ledger;

import java.time.Instant;

/**
 * A stretch of a shard where stream and ledger disagree.
 *
 * @param kind how they disagree
 * @param first first record of the stretch
 * @param last last record of the stretch
 * @param inStream records that the stream holds there
 * @param inLedger records that ledger entries claim there
 * @param oldestArrivalMillis arrival of the oldest of the stream's records there, milliseconds
 *     since the epoch; 0 where the stream holds none
 * @param newestArrivalMillis arrival of the newest of them
 */
public record Finding(
        Kind kind,
        RecordPosition first,
        RecordPosition last,
        long inStream,
        long inLedger,
        long oldestArrivalMillis,
        long newestArrivalMillis) {

    /** How stream and ledger disagree. */
    public enum Kind {
        /** No entry covers these records: they were not delivered. */
        GAP,
        /** The entries that cover the stretch hold fewer records than the stream. */
        MISSING,
        /** The entries that cover the stretch hold more records than the stream. */
        DOUBLED,
        /** As many records as in the stream, but not the same ones: some lost, as many doubled. */
        EXCHANGED
    }

    /** Records of the stretch that were certainly not delivered. */
    public long missing() {
        return Math.max(0, inStream - inLedger);
    }

    /** Deliveries in the stretch that were certainly one too many. */
    public long doubled() {
        return Math.max(0, inLedger - inStream);
    }

    /** One line that says what is wrong where. */
    @Override
    public String toString() {
        String what =
                switch (kind) {
                    case GAP -> "gap: " + missing() + " records in no object,";
                    case MISSING -> "missing: " + missing() + " of " + inStream + " records,";
                    case DOUBLED ->
                            "doubled: "
                                    + doubled()
                                    + " deliveries more than the "
                                    + inStream
                                    + " records,";
                    case EXCHANGED ->
                            "exchanged: not the same " + inStream + " records as in the stream,";
                };
        String arrived =
                inStream == 0
                        ? ""
                        : ", arrived "
                                + Instant.ofEpochMilli(oldestArrivalMillis)
                                + " to "
                                + Instant.ofEpochMilli(newestArrivalMillis);
        return what + " from " + first + " to " + last + arrived;
    }
}
