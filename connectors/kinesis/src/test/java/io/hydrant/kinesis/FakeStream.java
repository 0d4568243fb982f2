package io.hydrant.kinesis;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.stream.HashKey;
import io.hydrant.kinesis.stream.HashKeyRange;
import io.hydrant.kinesis.stream.Position;
import io.hydrant.kinesis.stream.RecordPage;
import io.hydrant.kinesis.stream.Shard;
import io.hydrant.kinesis.stream.ShardListing;
import io.hydrant.kinesis.stream.ShardSelection;
import io.hydrant.kinesis.stream.StreamApi;
import io.hydrant.kinesis.stream.StreamApiFactory;
import io.hydrant.kinesis.stream.StreamArn;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * A Kinesis stream in memory: shards, splits, merges, sequence numbers, iterators that expire,
 * throttling. It does nothing on its own and nothing at random; its clock moves by one millisecond
 * with every record.
 */
public final class FakeStream {

    private static final Map<String, FakeStream> STREAMS = new ConcurrentHashMap<>();

    private final StreamArn arn;
    private final Map<String, FakeShard> shards = new LinkedHashMap<>();
    private final Deque<RuntimeException> readFailures = new ArrayDeque<>();
    private final Deque<RuntimeException> iteratorFailures = new ArrayDeque<>();
    private final Deque<RuntimeException> listFailures = new ArrayDeque<>();
    private final List<ShardSelection> listings = new ArrayList<>();
    private long now = 1_700_000_000_000L;
    private long sequence = 4_950_000_000_000_000L;
    private int shardsEver;
    private int generation;
    private boolean blocked;
    private int blockedCalls;
    private boolean tellsTime = true;
    private boolean timeStands;
    private int emptyReads;
    private Duration retention;
    private final Deque<RuntimeException> retentionFailures = new ArrayDeque<>();
    private int iterators;
    private int connections;

    private FakeStream(StreamArn arn) {
        this.arn = arn;
    }

    /** A stream of its own with so many shards of equal size. */
    public static FakeStream create(int shardCount) {
        return create(
                new StreamArn("aws", "us-east-1", "000000000000", "fake-" + UUID.randomUUID()),
                shardCount);
    }

    /** A stream with that name and so many shards of equal size. */
    static FakeStream create(StreamArn arn, int shardCount) {
        FakeStream stream = new FakeStream(arn);
        BigInteger size = BigInteger.ONE.shiftLeft(128).divide(BigInteger.valueOf(shardCount));
        for (int i = 0; i < shardCount; i++) {
            BigInteger first = size.multiply(BigInteger.valueOf(i));
            BigInteger last =
                    i == shardCount - 1
                            ? new BigInteger(HashKey.MAX.decimal())
                            : first.add(size).subtract(BigInteger.ONE);
            stream.open(List.of(), HashKeyRange.parse(first.toString(), last.toString()));
        }
        STREAMS.put(arn.stream(), stream);
        return stream;
    }

    /** Opens connections to this stream, from anywhere in this JVM. */
    public StreamApiFactory factory() {
        String name = arn.stream();
        return () -> STREAMS.get(name).api();
    }

    public synchronized StreamApi api() {
        connections++;
        return new Api();
    }

    /** Connections that were not closed yet. */
    public synchronized int connections() {
        return connections;
    }

    public StreamArn arn() {
        return arn;
    }

    /** Puts a record into the shard that its partition key belongs to. */
    public synchronized Envelope put(String partitionKey, byte[] data) {
        return put(partitionKey, HashKey.ofPartitionKey(partitionKey), data);
    }

    /** Puts a record into the shard that a hash key belongs to. */
    public synchronized Envelope put(String partitionKey, HashKey hashKey, byte[] data) {
        for (FakeShard shard : shards.values()) {
            if (!shard.info.closed() && shard.info.hashKeys().contains(hashKey)) {
                Envelope record =
                        new Envelope(
                                arn.stream(),
                                shard.info.id(),
                                String.valueOf(++sequence),
                                0,
                                partitionKey,
                                timeStands ? now : ++now,
                                data,
                                0,
                                data.length);
                shard.records.add(record);
                return record;
            }
        }
        throw new IllegalStateException("No open shard holds " + hashKey);
    }

    /** Puts a record into the shard with that id, whichever its key. */
    public synchronized Envelope putInto(String shardId, String partitionKey, byte[] data) {
        return put(partitionKey, shards.get(shardId).info.hashKeys().first(), data);
    }

    /** Splits a shard in the middle; gives the ids of its children. */
    public synchronized List<String> split(String shardId) {
        HashKeyRange range = shards.get(shardId).info.hashKeys();
        BigInteger first = new BigInteger(range.first().decimal());
        BigInteger last = new BigInteger(range.last().decimal());
        BigInteger middle = first.add(last).shiftRight(1);
        close(shardId);
        return List.of(
                open(List.of(shardId), HashKeyRange.parse(first.toString(), middle.toString())),
                open(
                        List.of(shardId),
                        HashKeyRange.parse(
                                middle.add(BigInteger.ONE).toString(), last.toString())));
    }

    /** Merges two neighbours, the lower one first; gives the id of their child. */
    public synchronized String merge(String lower, String upper) {
        HashKeyRange range =
                new HashKeyRange(
                        shards.get(lower).info.hashKeys().first(),
                        shards.get(upper).info.hashKeys().last());
        close(lower);
        close(upper);
        return open(List.of(lower, upper), range);
    }

    /** Says how long it keeps records; it keeps them until it is told to let them go. */
    public synchronized void tellRetention(Duration time) {
        retention = time;
    }

    public synchronized void failNextRetention(RuntimeException error) {
        retentionFailures.add(error);
    }

    /** Iterators that were asked for so far. */
    public synchronized int iterators() {
        return iterators;
    }

    /** The retention of everything in a closed shard has passed. */
    public synchronized void expire(String shardId) {
        shards.remove(shardId);
    }

    /**
     * The retention of a shard's records before a sequence number has passed. As with the service,
     * iterators at what is gone read on at the oldest record held.
     */
    public synchronized void trimBefore(String shardId, String sequence) {
        FakeShard shard = shards.get(shardId);
        while (!shard.records.get(shard.trimmed).sequence().equals(sequence)) {
            shard.trimmed++;
        }
    }

    /** The retention of all records that a shard holds has passed. */
    public synchronized void trimAll(String shardId) {
        FakeShard shard = shards.get(shardId);
        shard.trimmed = shard.records.size();
    }

    /** Records that can be read. */
    public synchronized int held() {
        return shards.values().stream().mapToInt(s -> s.records.size() - s.trimmed).sum();
    }

    /** Records of a shard that can be read. */
    public synchronized int held(String shardId) {
        FakeShard shard = shards.get(shardId);
        return shard.records.size() - shard.trimmed;
    }

    /** The next reads of a shard return nothing, although it holds records. */
    public synchronized void returnNothing(int reads) {
        emptyReads = reads;
    }

    /** Every iterator handed out so far is too old. */
    public synchronized void expireIterators() {
        generation++;
    }

    public synchronized void failNextRead(RuntimeException error) {
        readFailures.add(error);
    }

    public synchronized void failNextIterator(RuntimeException error) {
        iteratorFailures.add(error);
    }

    public synchronized void failNextListing(RuntimeException error) {
        listFailures.add(error);
    }

    /** Reads do not return until they are interrupted. */
    public synchronized void blockReads() {
        blocked = true;
    }

    /** How many reads wait because of {@link #blockReads()}. */
    public synchronized int blockedCalls() {
        return blockedCalls;
    }

    /** Answers do not say the service's time. */
    public synchronized void hideTime() {
        tellsTime = false;
    }

    /** Records arrive in the same millisecond from now on, as those of one call do. */
    public synchronized void stopTime() {
        timeStands = true;
    }

    public synchronized long now() {
        return now;
    }

    public synchronized void advance(long millis) {
        now += millis;
    }

    /** What listings asked for, in order. */
    public synchronized List<ShardSelection> listings() {
        return List.copyOf(listings);
    }

    public synchronized List<String> shardIds() {
        return List.copyOf(shards.keySet());
    }

    public synchronized Shard shard(String shardId) {
        return shards.get(shardId).info;
    }

    public synchronized List<Shard> allShards() {
        return shards.values().stream().map(shard -> shard.info).toList();
    }

    /** Reads of a shard so far, refused ones included. */
    public synchronized int reads(String shardId) {
        return shards.get(shardId).reads;
    }

    /** Whether a reader was told that the shard has ended. */
    public synchronized boolean wasReadToEnd(String shardId) {
        return shards.get(shardId).readToEnd;
    }

    /** The most records that any read of the shard asked for. */
    public synchronized List<Integer> limits(String shardId) {
        return List.copyOf(shards.get(shardId).limits);
    }

    public static RuntimeException throttled() {
        return ProvisionedThroughputExceededException.builder()
                .message("Rate exceeded for shard")
                .awsErrorDetails(
                        AwsErrorDetails.builder()
                                .errorCode("ProvisionedThroughputExceededException")
                                .errorMessage("Rate exceeded for shard")
                                .build())
                .statusCode(400)
                .build();
    }

    private String open(List<String> parents, HashKeyRange range) {
        String id = String.format("shardId-%012d", shardsEver++);
        shards.put(id, new FakeShard(new Shard(id, parents, range, false)));
        return id;
    }

    private void close(String shardId) {
        FakeShard shard = shards.get(shardId);
        Shard info = shard.info;
        shard.info = new Shard(info.id(), info.parents(), info.hashKeys(), true);
        shard.closedAt = now;
    }

    private FakeShard existing(String shardId) {
        FakeShard shard = shards.get(shardId);
        if (shard == null) {
            throw notFound("Shard " + shardId + " in stream " + arn.stream());
        }
        return shard;
    }

    private static RuntimeException notFound(String what) {
        return ResourceNotFoundException.builder()
                .awsErrorDetails(
                        AwsErrorDetails.builder()
                                .errorCode("ResourceNotFoundException")
                                .errorMessage(what + " not found")
                                .build())
                .statusCode(400)
                .build();
    }

    private static void throwNext(Deque<RuntimeException> failures) {
        RuntimeException next = failures.poll();
        if (next != null) {
            throw next;
        }
    }

    private static final class FakeShard {

        private Shard info;
        private final List<Envelope> records = new ArrayList<>();
        private final List<Integer> limits = new ArrayList<>();
        private long closedAt = Long.MAX_VALUE;
        private int reads;
        private int trimmed;
        private boolean readToEnd;

        FakeShard(Shard info) {
            this.info = info;
        }
    }

    private final class Api implements StreamApi {

        @Override
        public ShardListing listShards(StreamArn stream, ShardSelection selection) {
            synchronized (FakeStream.this) {
                listings.add(selection);
                throwNext(listFailures);
                if (!stream.equals(arn)) {
                    throw notFound("Stream " + stream.stream());
                }
                return new ShardListing(
                        shards.values().stream()
                                .filter(shard -> selected(shard, selection))
                                .map(shard -> shard.info)
                                .toList(),
                        tellsTime ? Instant.ofEpochMilli(now) : null);
            }
        }

        @Override
        public String shardIterator(StreamArn stream, String shardId, Position position) {
            synchronized (FakeStream.this) {
                iterators++;
                throwNext(iteratorFailures);
                if (!stream.equals(arn)) {
                    throw notFound("Stream " + stream.stream());
                }
                FakeShard shard = existing(shardId);
                return shardId + "|" + index(shard, position) + "|" + generation;
            }
        }

        @Override
        public Duration retention(StreamArn stream) {
            synchronized (FakeStream.this) {
                throwNext(retentionFailures);
                return retention;
            }
        }

        @Override
        public RecordPage getRecords(StreamArn stream, String shardId, String iterator, int limit) {
            synchronized (FakeStream.this) {
                FakeShard shard = existing(shardId);
                shard.reads++;
                shard.limits.add(limit);
                awaitUnblocked();
                throwNext(readFailures);
                List<String> parts = List.of(iterator.split("\\|", 3));
                if (Integer.parseInt(parts.get(2)) != generation) {
                    throw ExpiredIteratorException.builder().message("Iterator expired").build();
                }
                int from = Math.max(Integer.parseInt(parts.get(1)), shard.trimmed);
                int most = emptyReads > 0 ? 0 : limit;
                emptyReads = Math.max(0, emptyReads - 1);
                int to = Math.min(shard.records.size(), from + most);
                List<Envelope> page = new ArrayList<>(shard.records.subList(from, to));
                boolean end = shard.info.closed() && to == shard.records.size();
                shard.readToEnd |= end;
                return new RecordPage(
                        page,
                        page.stream().mapToLong(Envelope::payloadLength).sum(),
                        end ? null : shardId + "|" + to + "|" + generation,
                        millisBehind(shard, page, to),
                        tellsTime && page.isEmpty() ? Instant.ofEpochMilli(now) : null);
            }
        }

        /**
         * As engines measure it: from the page's newest record to the shard's, so that a page which
         * ends between records of one millisecond is not behind.
         */
        private long millisBehind(FakeShard shard, List<Envelope> page, int next) {
            if (next == shard.records.size()) {
                return 0;
            }
            long newest = shard.records.get(shard.records.size() - 1).arrivalMillis();
            return page.isEmpty()
                    ? newest - shard.records.get(next).arrivalMillis() + 1
                    : newest - page.get(page.size() - 1).arrivalMillis();
        }

        @Override
        public void close() {
            synchronized (FakeStream.this) {
                connections--;
            }
        }

        private void awaitUnblocked() {
            blockedCalls++;
            try {
                while (blocked) {
                    FakeStream.this.wait();
                }
            } catch (InterruptedException e) {
                throw AbortedException.builder().message("interrupted").cause(e).build();
            } finally {
                blockedCalls--;
            }
        }

        private boolean selected(FakeShard shard, ShardSelection selection) {
            if (selection instanceof ShardSelection.Open) {
                return !shard.info.closed();
            }
            if (selection instanceof ShardSelection.Since since) {
                return shard.closedAt >= since.time().toEpochMilli();
            }
            return !(selection instanceof ShardSelection.After after)
                    || shard.info.id().compareTo(after.shardId()) > 0;
        }

        private int index(FakeShard shard, Position position) {
            if (position instanceof Position.TrimHorizon) {
                return 0;
            }
            if (position instanceof Position.AtTimestamp at) {
                return first(shard, r -> r.arrivalMillis() >= at.time().toEpochMilli());
            }
            if (position instanceof Position.Behind behind) {
                return atSequence(shard, behind.sequence());
            }
            if (position instanceof Position.After after) {
                return atSequence(shard, after.sequence()) + 1;
            }
            throw new IllegalArgumentException("No iterator for " + position);
        }

        private int atSequence(FakeShard shard, String wanted) {
            int index = first(shard, r -> r.sequence().equals(wanted));
            if (index == shard.records.size()) {
                throw InvalidArgumentException.builder()
                        .message("StartingSequenceNumber " + wanted + " is not in the shard")
                        .build();
            }
            return index;
        }

        private int first(FakeShard shard, Predicate<Envelope> condition) {
            int index = 0;
            while (index < shard.records.size() && !condition.test(shard.records.get(index))) {
                index++;
            }
            return index;
        }
    }
}
