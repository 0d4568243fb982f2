package io.hydrant.kinesis.aggregation;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.stream.HashKeyRange;

import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Takes KPL aggregates apart: one envelope per user record, each a slice of the aggregate's array,
 * numbered from 0 by its place in the aggregate whether or not its neighbours are left out.
 *
 * <p>Bytes that are not exactly one aggregate (no magic, wrong MD5, malformed message, index
 * outside its table, partition key over 16 KiB) are a plain record and go through whole; no input
 * throws. An aggregate inside an aggregate is payload and stays as it is.
 *
 * <p>Source: {@code aggregation-format.md} of the KPL. What happens to user records outside the
 * shard's range of hash keys is {@link OutOfRange}.
 *
 * <p>Not thread-safe: it keeps its working arrays and its counts.
 */
public final class KplDeaggregator {

    private final OutOfRange outOfRange;
    private final ParsedAggregate aggregate = new ParsedAggregate();
    private long userRecords;
    private long droppedRecords;

    /** A deaggregator with the given treatment of user records outside the shard. */
    public KplDeaggregator(OutOfRange outOfRange) {
        this.outOfRange = Objects.requireNonNull(outOfRange, "outOfRange");
    }

    /**
     * Emits the user records of an aggregate, or the record itself when it is none.
     *
     * @param record a record as the stream holds it
     * @param shardRange hash keys of the shard that it was read from
     * @param out takes what is emitted, in order
     */
    public void deaggregate(Envelope record, HashKeyRange shardRange, Consumer<Envelope> out) {
        deaggregate(record, shardRange, false, (userRecord, stamp) -> out.accept(userRecord));
    }

    /**
     * The same with the stamp of each user record.
     *
     * @param stamped whether stamps are wanted
     * @param out takes what is emitted, in order; the stamp is null where there is none, or where
     *     none is wanted
     */
    public void deaggregate(
            Envelope record,
            HashKeyRange shardRange,
            boolean stamped,
            BiConsumer<? super Envelope, ProducerStamp> out) {
        deaggregate(List.of(record), shardRange, stamped, out);
    }

    /**
     * The same for all records of a page, or of the rest of one, whose digests are computed
     * together.
     *
     * @param page records as the stream holds them, in order
     */
    public void deaggregate(
            List<Envelope> page,
            HashKeyRange shardRange,
            boolean stamped,
            BiConsumer<? super Envelope, ProducerStamp> out) {
        LaneDigests digests = new LaneDigests();
        for (Envelope record : page) {
            if (hasFrame(record)) {
                digests.add(
                        record.payloadArray(),
                        AggregateFormat.messageFrom(record),
                        AggregateFormat.messageTo(record));
            }
        }
        digests.compute();
        int next = 0;
        for (Envelope record : page) {
            boolean isIntact = false;
            if (hasFrame(record)) {
                isIntact = digests.matches(next);
                next++;
            }
            take(record, isIntact, shardRange, stamped, out);
        }
    }

    private static boolean hasFrame(Envelope record) {
        return AggregateFormat.hasFrame(
                record.payloadArray(), record.payloadOffset(), record.payloadLength());
    }

    private void take(
            Envelope record,
            boolean isIntact,
            HashKeyRange shardRange,
            boolean stamped,
            BiConsumer<? super Envelope, ProducerStamp> out) {
        if (!isIntact) {
            out.accept(record, null);
            return;
        }
        if (!aggregate.parse(record)) {
            out.accept(record, null);
        } else if (outOfRange == OutOfRange.EMIT || shardRange.isAll()) {
            emit(record, null, out, stamped);
        } else {
            boolean[] inRange = aggregate.inRange(shardRange);
            if (inRange == null) {
                out.accept(record, null);
            } else {
                emitInRange(record, inRange, out, stamped);
            }
        }
        aggregate.release();
    }

    /** User records that were taken out of aggregates and emitted so far. */
    public long userRecords() {
        return userRecords;
    }

    /** User records that were left out because of their hash keys so far. */
    public long droppedRecords() {
        return droppedRecords;
    }

    private void emitInRange(
            Envelope record,
            boolean[] inRange,
            BiConsumer<? super Envelope, ProducerStamp> out,
            boolean stamped) {
        int outside = 0;
        for (boolean inside : inRange) {
            outside += inside ? 0 : 1;
        }
        if (outside > 0 && outOfRange == OutOfRange.DROP_AGGREGATE) {
            droppedRecords += inRange.length;
        } else {
            droppedRecords += outside;
            emit(record, inRange, out, stamped);
        }
    }

    private void emit(
            Envelope record,
            boolean[] inRange,
            BiConsumer<? super Envelope, ProducerStamp> out,
            boolean stamped) {
        String[] partitionKeys = new String[aggregate.partitionKeyCount()];
        int count = aggregate.recordCount();
        String producer = null;
        for (int i = 0; i < count; i++) {
            ProducerStamp stamp = stamped ? stamp(aggregate.stamp(i), producer) : null;
            if (stamp != null) {
                producer = stamp.producer();
            }
            if (inRange != null && !inRange[i]) {
                continue;
            }
            int key = aggregate.partitionKeyIndex(i);
            if (partitionKeys[key] == null) {
                partitionKeys[key] = aggregate.partitionKey(key);
            }
            userRecords++;
            out.accept(
                    new Envelope(
                            record.stream(),
                            record.shard(),
                            record.sequence(),
                            i,
                            partitionKeys[key],
                            record.arrivalMillis(),
                            record.payloadArray(),
                            aggregate.dataOffset(i),
                            aggregate.dataLength(i)),
                    stamp);
        }
    }

    /** Reads a tag's value; null where it is empty or not as we write it. */
    private static ProducerStamp stamp(String value, String producerBefore) {
        int at = value.indexOf(ProducerStamp.BEFORE_PRODUCER);
        String producer = at < 0 ? producerBefore : value.substring(at + 1);
        if (value.isEmpty() || producer == null) {
            return null;
        }
        try {
            int end = at < 0 ? value.length() : at;
            return new ProducerStamp(producer, Long.parseLong(value, 0, end, ProducerStamp.RADIX));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
