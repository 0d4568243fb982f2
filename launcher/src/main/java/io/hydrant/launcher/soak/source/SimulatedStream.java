package io.hydrant.launcher.soak.source;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.stream.HashKey;
import io.hydrant.kinesis.stream.HashKeyRange;
import io.hydrant.kinesis.stream.Shard;
import io.hydrant.kinesis.stream.StreamArn;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A stream's shards and what is in them. */
final class SimulatedStream {

    private final StreamArn arn;
    private final SimulatedTime time;
    private final Map<String, Content> shards = new LinkedHashMap<>();
    private long sequence = 4_950_000_000_000_000L;

    SimulatedStream(StreamArn arn, int shardCount, SimulatedTime time) {
        this.arn = arn;
        this.time = time;
        BigInteger size = BigInteger.ONE.shiftLeft(128).divide(BigInteger.valueOf(shardCount));
        for (int i = 0; i < shardCount; i++) {
            BigInteger first = size.multiply(BigInteger.valueOf(i));
            String last =
                    i == shardCount - 1
                            ? HashKey.MAX.decimal()
                            : first.add(size).subtract(BigInteger.ONE).toString();
            open(List.of(), HashKeyRange.parse(first.toString(), last));
        }
    }

    /** What a shard holds. */
    static final class Content {

        private Shard shard;
        private long closedAt = Long.MAX_VALUE;
        private final List<Envelope> records = new ArrayList<>();
        private int expired;
        private final Map<String, Integer> places = new HashMap<>();
        private final Map<String, Integer> marks = new HashMap<>();

        private Content(Shard shard) {
            this.shard = shard;
        }

        Shard shard() {
            return shard;
        }

        long closedAt() {
            return closedAt;
        }

        List<Envelope> records() {
            return records;
        }

        /** The first record that arrived then or later; those before have expired. */
        int firstHeld(long horizonMillis) {
            while (expired < records.size()
                    && records.get(expired).arrivalMillis() < horizonMillis) {
                expired++;
            }
            return expired;
        }

        /** Whether the whole shard has expired. */
        boolean isGone(long horizonMillis) {
            return closedAt < horizonMillis;
        }

        /** Where a record with that sequence number is, -1 where none is. */
        int place(String wanted) {
            return places.getOrDefault(wanted, -1);
        }

        /** The first record behind a sequence number that was told, -1 where it is none. */
        int placeBehind(String told) {
            return marks.getOrDefault(told, place(told) < 0 ? -1 : place(told) + 1);
        }
    }

    StreamArn arn() {
        return arn;
    }

    List<Content> contents() {
        return List.copyOf(shards.values());
    }

    /** The shard with that id, null when there is none. */
    Content content(String shardId) {
        return shards.get(shardId);
    }

    List<Shard> openShards() {
        return shards.values().stream().map(Content::shard).filter(s -> !s.closed()).toList();
    }

    Shard openShardOf(HashKey hashKey) {
        return openShards().stream()
                .filter(shard -> shard.hashKeys().contains(hashKey))
                .findFirst()
                .orElseThrow();
    }

    /** Puts a record into an open shard. */
    Envelope put(Shard shard, String partitionKey, byte[] data) {
        time.passMilli();
        Content content = shards.get(shard.id());
        Envelope record =
                new Envelope(
                        arn.stream(),
                        shard.id(),
                        String.valueOf(++sequence),
                        0,
                        partitionKey,
                        time.millis(),
                        data,
                        0,
                        data.length);
        content.places.put(record.sequence(), content.records.size());
        content.records.add(record);
        return record;
    }

    /** A sequence number that is behind all records of a shard, but is of none. */
    String mark(Content content) {
        String mark = String.valueOf(++sequence);
        content.marks.put(mark, content.records.size());
        return mark;
    }

    /** Splits a shard in its middle. */
    void split(Shard shard) {
        BigInteger first = new BigInteger(shard.hashKeys().first().decimal());
        BigInteger last = new BigInteger(shard.hashKeys().last().decimal());
        BigInteger middle = first.add(last).shiftRight(1);
        close(shard);
        open(List.of(shard.id()), HashKeyRange.parse(first.toString(), middle.toString()));
        open(
                List.of(shard.id()),
                HashKeyRange.parse(middle.add(BigInteger.ONE).toString(), last.toString()));
    }

    /** Merges a shard with the one whose keys follow; false when it is the last. */
    boolean merge(Shard lower) {
        BigInteger next = new BigInteger(lower.hashKeys().last().decimal()).add(BigInteger.ONE);
        for (Shard upper : openShards()) {
            if (upper.hashKeys().first().decimal().equals(next.toString())) {
                close(lower);
                close(upper);
                open(
                        List.of(lower.id(), upper.id()),
                        new HashKeyRange(lower.hashKeys().first(), upper.hashKeys().last()));
                return true;
            }
        }
        return false;
    }

    private void open(List<String> parents, HashKeyRange keys) {
        String id = String.format("shardId-%012d", shards.size());
        shards.put(id, new Content(new Shard(id, parents, keys, false)));
    }

    private void close(Shard shard) {
        time.passMilli();
        Content content = shards.get(shard.id());
        content.shard = new Shard(shard.id(), shard.parents(), shard.hashKeys(), true);
        content.closedAt = time.millis();
    }
}
