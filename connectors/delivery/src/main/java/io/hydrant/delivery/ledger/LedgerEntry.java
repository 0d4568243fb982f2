package io.hydrant.delivery.ledger;

import io.hydrant.core.record.LostRange;
import io.hydrant.core.record.ReadingBegin;

import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Objects;
import java.util.UUID;

/**
 * One line of the ledger: which records one committed object holds, which were dropped on purpose,
 * or which stretch of a shard was lost before it was read.
 *
 * <p>An entry may be written more than once (a commit that is retried), always with the same
 * content; {@link #id()} tells repetitions from two objects.
 *
 * @param id identity of the entry; for objects the one in their name and metadata
 * @param kind what the entry accounts for
 * @param object address of the object, such as {@code s3://bucket/key}; null for a kind that is in
 *     none
 * @param storedBytes size of the object as stored
 * @param uncompressedBytes size of its content before compression
 * @param records records it holds, the sum over {@code shards}
 * @param oldestArrivalMillis arrival of its oldest record, milliseconds since the epoch; where
 *     records were lost, of the oldest that can be among them, 0 where that is not known; where
 *     reading began, that time
 * @param newestArrivalMillis arrival of its newest record
 * @param shards what it holds of each shard; never empty; where records were lost, first is the
 *     last one before them (sequence number 0 for the shard's beginning), and last the first one
 *     behind them, or equal to first where there was none; where reading began, both are the first
 *     record that was read
 * @param deliveryStream name of the delivery stream that wrote it
 * @param configVersion version of that stream's configuration, as in object names
 * @param redrive id of the {@link EntryKind#REDRIVEN} entry whose records these are, null for
 *     records that came from the source
 */
public record LedgerEntry(
        UUID id,
        EntryKind kind,
        String object,
        long storedBytes,
        long uncompressedBytes,
        long records,
        long oldestArrivalMillis,
        long newestArrivalMillis,
        List<ShardTally> shards,
        String deliveryStream,
        String configVersion,
        UUID redrive) {

    /** Validates that the parts agree with each other. */
    public LedgerEntry {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(deliveryStream, "deliveryStream");
        Objects.requireNonNull(configVersion, "configVersion");
        shards = List.copyOf(shards);
        if (kind.isWithoutObject() != (object == null)) {
            throw new IllegalArgumentException(
                    "An entry of kind " + kind.text() + " does not go with object " + object);
        }
        if (storedBytes < 0 || uncompressedBytes < 0) {
            throw new IllegalArgumentException(
                    "Sizes must not be negative, but are "
                            + storedBytes
                            + " and "
                            + uncompressedBytes);
        }
        for (ShardTally shard : shards) {
            if (shard.isOfNothing() != kind.isWithoutRecords()) {
                throw new IllegalArgumentException(
                        kind.isWithoutRecords()
                                ? "count must be 0 in an entry of kind "
                                        + kind.text()
                                        + ", but is "
                                        + shard.count()
                                : "count must be at least 1, but is " + shard.count());
            }
        }
        if (kind == EntryKind.REDRIVEN && redrive != null) {
            throw new IllegalArgumentException(
                    "An entry of kind " + kind.text() + " is not itself of redrive " + redrive);
        }
        long counted = shards.stream().mapToLong(ShardTally::count).sum();
        if (shards.isEmpty() || counted != records) {
            throw new IllegalArgumentException(
                    "records is " + records + ", but the shards add up to " + counted);
        }
        if (oldestArrivalMillis > newestArrivalMillis) {
            throw new IllegalArgumentException(
                    "oldestArrival "
                            + oldestArrivalMillis
                            + " lies after newestArrival "
                            + newestArrivalMillis);
        }
    }

    /** An entry of records that came from the source. */
    public LedgerEntry(
            UUID id,
            EntryKind kind,
            String object,
            long storedBytes,
            long uncompressedBytes,
            long records,
            long oldestArrivalMillis,
            long newestArrivalMillis,
            List<ShardTally> shards,
            String deliveryStream,
            String configVersion) {
        this(
                id,
                kind,
                object,
                storedBytes,
                uncompressedBytes,
                records,
                oldestArrivalMillis,
                newestArrivalMillis,
                shards,
                deliveryStream,
                configVersion,
                null);
    }

    /** The entry of a committed object. */
    public static LedgerEntry ofObject(
            UUID id,
            EntryKind kind,
            String object,
            long storedBytes,
            long uncompressedBytes,
            LedgerTally tally,
            String deliveryStream,
            String configVersion) {
        return new LedgerEntry(
                id,
                kind,
                Objects.requireNonNull(object, "object"),
                storedBytes,
                uncompressedBytes,
                tally.records(),
                tally.oldestArrivalMillis(),
                tally.newestArrivalMillis(),
                tally.shards(),
                deliveryStream,
                configVersion);
    }

    /** The entry of records that a transform dropped. */
    public static LedgerEntry ofDropped(
            UUID id, LedgerTally tally, String deliveryStream, String configVersion) {
        return withoutObject(id, EntryKind.DROPPED, tally, deliveryStream, configVersion);
    }

    /** The entry of records that are accounted for and in no object, for the reason of the kind. */
    public static LedgerEntry withoutObject(
            UUID id,
            EntryKind kind,
            LedgerTally tally,
            String deliveryStream,
            String configVersion) {
        return new LedgerEntry(
                id,
                kind,
                null,
                0,
                0,
                tally.records(),
                tally.oldestArrivalMillis(),
                tally.newestArrivalMillis(),
                tally.shards(),
                deliveryStream,
                configVersion);
    }

    /** The entry of a stretch that was lost before it was read. */
    public static LedgerEntry ofLost(
            UUID id, LostRange lost, String deliveryStream, String configVersion) {
        String first = lost.after() == null ? "0" : lost.after();
        boolean isOpen = lost.before() == null;
        return new LedgerEntry(
                id,
                EntryKind.LOST,
                null,
                0,
                0,
                0,
                Math.min(lost.sinceMillis(), lost.untilMillis()),
                lost.untilMillis(),
                List.of(
                        new ShardTally(
                                lost.stream(),
                                lost.shard(),
                                first,
                                lost.afterSubSequence(),
                                isOpen ? first : lost.before(),
                                isOpen ? lost.afterSubSequence() : 0,
                                0,
                                0)),
                deliveryStream,
                configVersion);
    }

    /**
     * The entry of where reading of shards began.
     *
     * @param begins at least one
     */
    public static LedgerEntry ofBegun(
            UUID id, List<ReadingBegin> begins, String deliveryStream, String configVersion) {
        LongSummaryStatistics times =
                begins.stream().mapToLong(ReadingBegin::sinceMillis).summaryStatistics();
        return new LedgerEntry(
                id,
                EntryKind.BEGUN,
                null,
                0,
                0,
                0,
                times.getMin(),
                times.getMax(),
                begins.stream().map(LedgerEntry::first).toList(),
                deliveryStream,
                configVersion);
    }

    private static ShardTally first(ReadingBegin begin) {
        return new ShardTally(
                begin.stream(),
                begin.shard(),
                begin.sequence(),
                begin.subSequence(),
                begin.sequence(),
                begin.subSequence(),
                0,
                0);
    }

    /** The same entry for records that came out of an error object, by that redrive. */
    public LedgerEntry redrivenBy(UUID settlement) {
        return new LedgerEntry(
                id,
                kind,
                object,
                storedBytes,
                uncompressedBytes,
                records,
                oldestArrivalMillis,
                newestArrivalMillis,
                shards,
                deliveryStream,
                configVersion,
                Objects.requireNonNull(settlement, "settlement"));
    }

    /** Records and parts of records: the lines of an error object. */
    public long lines() {
        return records + shards.stream().mapToLong(ShardTally::parts).sum();
    }
}
