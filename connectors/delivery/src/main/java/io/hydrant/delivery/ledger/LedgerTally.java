package io.hydrant.delivery.ledger;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.Part;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts what one open object holds: per shard the range, the number and the fingerprint of its
 * records, and over all of them the oldest and newest arrival.
 *
 * <p>Grows with the shards that the object holds records of, never with the records. Not
 * thread-safe.
 */
public final class LedgerTally {

    /** Without parts of records. Written where there are none, so that older releases read it. */
    private static final int WHOLE_RECORDS = 1;

    private static final int WITH_PARTS = 2;
    private static final int MAX_SHARDS = 1_000_000;

    private final Map<ShardName, ShardSum> sums = new HashMap<>(4);
    private ShardSum latest;
    private long records;
    private long oldestArrivalMillis = Long.MAX_VALUE;
    private long newestArrivalMillis = Long.MIN_VALUE;

    /** Counts one record. */
    public void add(Envelope record) {
        add(record, Part.WHOLE);
    }

    /** Counts one part of a record; the record counts with its last part. */
    public void add(Envelope record, Part part) {
        ShardSum sum = latest;
        if (sum == null || !sum.is(record.stream(), record.shard())) {
            sum = sumOf(record.stream(), record.shard());
            latest = sum;
        }
        if (part.isWhole()) {
            sum.add(record.sequence(), record.subSequence());
        } else {
            sum.add(record.sequence(), record.subSequence(), part);
        }
        if (part.isLast()) {
            records++;
        }
        long arrival = record.arrivalMillis();
        oldestArrivalMillis = Math.min(oldestArrivalMillis, arrival);
        newestArrivalMillis = Math.max(newestArrivalMillis, arrival);
    }

    /** Adds all that {@code other} counted; {@code other} stays as it is. */
    public void merge(LedgerTally other) {
        for (ShardSum theirs : other.sums.values()) {
            sumOf(theirs.name.stream(), theirs.name.shard()).add(theirs.toTally());
        }
        records += other.records;
        oldestArrivalMillis = Math.min(oldestArrivalMillis, other.oldestArrivalMillis);
        newestArrivalMillis = Math.max(newestArrivalMillis, other.newestArrivalMillis);
    }

    /** Records counted; one that was taken apart counts with its last part. */
    public long records() {
        return records;
    }

    /** Whether nothing was counted yet; then there is no arrival either. */
    public boolean isEmpty() {
        return sums.isEmpty();
    }

    /**
     * Arrival of the oldest record, milliseconds since the epoch; {@link Long#MAX_VALUE} while
     * empty.
     */
    public long oldestArrivalMillis() {
        return oldestArrivalMillis;
    }

    /**
     * Arrival of the newest record, milliseconds since the epoch; {@link Long#MIN_VALUE} while
     * empty.
     */
    public long newestArrivalMillis() {
        return newestArrivalMillis;
    }

    /** What was counted, one tally per shard, ordered by stream and shard. */
    public List<ShardTally> shards() {
        List<ShardName> names = new ArrayList<>(sums.keySet());
        names.sort(null);
        List<ShardTally> tallies = new ArrayList<>(names.size());
        for (ShardName name : names) {
            tallies.add(sums.get(name).toTally());
        }
        return tallies;
    }

    /** Writes the tally, its version first, as part of a larger state. */
    public void writeTo(DataOutput out) throws IOException {
        List<ShardTally> tallies = shards();
        boolean hasParts = tallies.stream().anyMatch(tally -> tally.parts() > 0);
        out.writeByte(hasParts ? WITH_PARTS : WHOLE_RECORDS);
        out.writeLong(oldestArrivalMillis);
        out.writeLong(newestArrivalMillis);
        out.writeInt(sums.size());
        for (ShardTally tally : tallies) {
            out.writeUTF(tally.stream());
            out.writeUTF(tally.shard());
            out.writeUTF(tally.firstSequence());
            out.writeLong(tally.firstSubSequence());
            out.writeUTF(tally.lastSequence());
            out.writeLong(tally.lastSubSequence());
            out.writeLong(tally.count());
            out.writeLong(tally.fingerprint());
            if (hasParts) {
                out.writeLong(tally.parts());
            }
        }
    }

    /**
     * Reads what {@link #writeTo} wrote, of this or an older version.
     *
     * @throws IOException if the bytes are no tally or one of a newer version
     */
    public static LedgerTally readFrom(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != WHOLE_RECORDS && version != WITH_PARTS) {
            throw new IOException(
                    "A ledger tally of version "
                            + version
                            + " cannot be read; this Hydrant knows version "
                            + WITH_PARTS
                            + ". Restore with the release that wrote it, or a newer one.");
        }
        LedgerTally tally = new LedgerTally();
        tally.oldestArrivalMillis = in.readLong();
        tally.newestArrivalMillis = in.readLong();
        int shards = in.readInt();
        if (shards < 0 || shards > MAX_SHARDS) {
            throw new IOException("A ledger tally cannot hold " + shards + " shards");
        }
        for (int i = 0; i < shards; i++) {
            tally.restore(readShard(in, version == WITH_PARTS));
        }
        return tally;
    }

    private static ShardTally readShard(DataInput in, boolean hasParts) throws IOException {
        String stream = in.readUTF();
        String shard = in.readUTF();
        String firstSequence = in.readUTF();
        long firstSubSequence = in.readLong();
        String lastSequence = in.readUTF();
        long lastSubSequence = in.readLong();
        return new ShardTally(
                stream,
                shard,
                firstSequence,
                firstSubSequence,
                lastSequence,
                lastSubSequence,
                in.readLong(),
                in.readLong(),
                hasParts ? in.readLong() : 0);
    }

    private void restore(ShardTally tally) {
        sumOf(tally.stream(), tally.shard()).add(tally);
        records += tally.count();
    }

    private ShardSum sumOf(String stream, String shard) {
        return sums.computeIfAbsent(new ShardName(stream, shard), ShardSum::new);
    }
}
