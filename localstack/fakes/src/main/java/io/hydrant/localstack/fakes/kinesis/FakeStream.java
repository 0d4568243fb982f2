package io.hydrant.localstack.fakes.kinesis;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One stream: its shards, and the rules by which records enter, leave and shards change. */
final class FakeStream {

    static final String ACCOUNT = "000000000000";

    private static final String ARN_PREFIX = "arn:aws:kinesis:us-east-1:" + ACCOUNT + ":stream/";

    private final String name;
    private final long createdMillis;
    private final boolean onDemand;
    private final int maxRecordBytes;
    private final Map<String, FakeShard> shards = new LinkedHashMap<>();
    private final TreeMap<BigInteger, FakeShard> openByStart = new TreeMap<>();
    private long nextOrdinal = SequenceNumber.STEP;

    /** Where a record went. */
    record Placed(String shard, long ordinal) {}

    /**
     * What a read found.
     *
     * @param nextOrdinal where to go on, or -1 at the end of a closed shard
     * @param children shards to go on with at the end of a closed shard
     */
    record Batch(
            List<StoredRecord> records,
            long nextOrdinal,
            long millisBehind,
            List<FakeShard> children) {}

    FakeStream(String name, int shardCount, boolean onDemand, int maxRecordBytes, long nowMillis) {
        this.name = name;
        this.createdMillis = nowMillis;
        this.onDemand = onDemand;
        this.maxRecordBytes = maxRecordBytes;
        for (int i = 0; i < shardCount; i++) {
            open(
                    null,
                    null,
                    HashKeys.shareStart(i, shardCount),
                    HashKeys.shareStart(i + 1, shardCount).subtract(BigInteger.ONE),
                    nowMillis);
        }
    }

    static String nameOf(String arn) {
        if (!arn.startsWith(ARN_PREFIX)) {
            throw KinesisError.invalidArgument(
                    "StreamARN "
                            + arn
                            + " is not one of this fake, which begin with "
                            + ARN_PREFIX);
        }
        return arn.substring(ARN_PREFIX.length());
    }

    String name() {
        return name;
    }

    String arn() {
        return ARN_PREFIX + name;
    }

    long createdMillis() {
        return createdMillis;
    }

    boolean onDemand() {
        return onDemand;
    }

    int maxRecordBytes() {
        return maxRecordBytes;
    }

    synchronized List<FakeShard> shards() {
        return new ArrayList<>(shards.values());
    }

    synchronized int openShards() {
        return openByStart.size();
    }

    synchronized FakeShard shard(String id) {
        FakeShard shard = shards.get(id);
        if (shard == null) {
            throw KinesisError.noShard(id, name);
        }
        return shard;
    }

    /** The shard that records of this hash key go to now. */
    synchronized FakeShard shardFor(BigInteger hash) {
        return openByStart.floorEntry(hash).getValue();
    }

    synchronized Placed put(String partitionKey, BigInteger hash, byte[] data, long nowMillis) {
        FakeShard shard = shardFor(hash);
        long ordinal = nextOrdinal();
        shard.append(new StoredRecord(ordinal, partitionKey, nowMillis, data));
        return new Placed(shard.id, ordinal);
    }

    synchronized long recordCount() {
        return shards.values().stream().mapToLong(shard -> shard.records().size()).sum();
    }

    /** The sequence number that everything put from now on is at or after. */
    synchronized long tip() {
        return nextOrdinal;
    }

    synchronized long ordinalArrivedFrom(FakeShard shard, long millis) {
        return shard.ordinalArrivedFrom(millis, nextOrdinal);
    }

    synchronized boolean admitsRead(FakeShard shard, long nowMillis) {
        return shard.throttle.admits(nowMillis);
    }

    /** What a call reads, which counts against the shard's allowance. */
    synchronized Batch read(
            FakeShard shard, long fromOrdinal, int maxRecords, int maxBytes, long nowMillis) {
        Batch batch = peek(shard, fromOrdinal, maxRecords, maxBytes, nowMillis);
        long bytes = 0;
        for (StoredRecord record : batch.records()) {
            bytes += record.size();
        }
        shard.throttle.returned(bytes, nowMillis);
        return batch;
    }

    /** What is there to be read, for a consumer that has an allowance of its own. */
    synchronized Batch peek(
            FakeShard shard, long fromOrdinal, int maxRecords, int maxBytes, long nowMillis) {
        List<StoredRecord> stored = shard.records();
        int start = shard.indexAtOrAfter(fromOrdinal);
        int end = start;
        long bytes = 0;
        while (end < stored.size() && end - start < maxRecords) {
            bytes += stored.get(end).size();
            if (bytes > maxBytes && end > start) {
                break;
            }
            end++;
        }
        List<StoredRecord> found = new ArrayList<>(stored.subList(start, end));
        boolean drained = end == stored.size();
        long behind = drained ? 0 : Math.max(0, nowMillis - stored.get(end).arrivalMillis());
        if (drained && !shard.isOpen()) {
            return new Batch(found, -1, 0, List.copyOf(shard.children()));
        }
        long next = found.isEmpty() ? fromOrdinal : found.get(found.size() - 1).ordinal() + 1;
        return new Batch(found, next, behind, List.of());
    }

    synchronized void split(String shardId, BigInteger newStart, long nowMillis) {
        FakeShard parent = openShard(shardId);
        if (newStart.compareTo(parent.startHash) <= 0 || newStart.compareTo(parent.endHash) >= 0) {
            throw KinesisError.invalidArgument(
                    "NewStartingHashKey "
                            + newStart
                            + " used in SplitShard() on shard "
                            + shardId
                            + " in stream "
                            + name
                            + " is not both greater than one plus the shard's StartingHashKey "
                            + parent.startHash
                            + " and less than the shard's EndingHashKey "
                            + parent.endHash
                            + ".");
        }
        close(parent, nowMillis);
        open(parent, null, parent.startHash, newStart.subtract(BigInteger.ONE), nowMillis);
        open(parent, null, newStart, parent.endHash, nowMillis);
    }

    synchronized void merge(String shardId, String adjacentId, long nowMillis) {
        FakeShard first = openShard(shardId);
        FakeShard second = openShard(adjacentId);
        boolean ascending = first.endHash.add(BigInteger.ONE).equals(second.startHash);
        boolean descending = second.endHash.add(BigInteger.ONE).equals(first.startHash);
        if (!ascending && !descending) {
            throw KinesisError.invalidArgument(
                    "Shards "
                            + shardId
                            + " and "
                            + adjacentId
                            + " in stream "
                            + name
                            + " under account "
                            + ACCOUNT
                            + " are not an adjacent pair of shards eligible for merging");
        }
        close(first, nowMillis);
        close(second, nowMillis);
        open(
                first,
                second,
                first.startHash.min(second.startHash),
                first.endHash.max(second.endHash),
                nowMillis);
    }

    /** Forgets records before a sequence number, as retention does. */
    synchronized void trimBefore(String shardId, long ordinal) {
        shard(shardId).trimBefore(ordinal);
    }

    private FakeShard openShard(String id) {
        FakeShard shard = shard(id);
        if (!shard.isOpen()) {
            throw KinesisError.inUse("Shard " + id + " in stream " + name + " is closed already");
        }
        return shard;
    }

    private void close(FakeShard shard, long nowMillis) {
        shard.close(nextOrdinal(), nowMillis);
        openByStart.remove(shard.startHash);
    }

    private void open(
            FakeShard parent,
            FakeShard adjacentParent,
            BigInteger startHash,
            BigInteger endHash,
            long nowMillis) {
        FakeShard shard =
                new FakeShard(
                        String.format("shardId-%012d", shards.size()),
                        parent,
                        adjacentParent,
                        startHash,
                        endHash,
                        nextOrdinal(),
                        nowMillis);
        shards.put(shard.id, shard);
        openByStart.put(startHash, shard);
        if (parent != null) {
            parent.addChild(shard);
        }
        if (adjacentParent != null) {
            adjacentParent.addChild(shard);
        }
    }

    private long nextOrdinal() {
        long ordinal = nextOrdinal;
        nextOrdinal += SequenceNumber.STEP;
        return ordinal;
    }
}
