package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.source.KinesisSourceConfig;
import io.hydrant.kinesis.source.split.KinesisShardSplit;
import io.hydrant.kinesis.stream.Position;
import io.hydrant.kinesis.stream.RecordPage;
import io.hydrant.kinesis.stream.StreamApi;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One shard being read: where to go on, and when.
 *
 * <p>Not thread-safe.
 */
final class ShardCursor {

    private final KinesisShardSplit split;
    private final String splitId;
    private final ShardPace pace;
    private final UserRecords userRecords;
    private Position position;
    private String iterator;
    private boolean atEnd;
    private long nextCall;

    ShardCursor(KinesisShardSplit split, KinesisSourceConfig config, long now) {
        this.split = split;
        this.splitId = split.splitId();
        this.position = split.position();
        this.nextCall = now;
        this.pace = newPace(config);
        this.userRecords =
                new UserRecords(
                        split.hashKeys(),
                        split.position(),
                        config.deaggregate() ? config.outOfRange() : null);
    }

    static ShardPace newPace(KinesisSourceConfig config) {
        return new ShardPace(
                config.maxRecordsPerCall(),
                config.targetBytesPerCall(),
                config.callInterval(),
                config.idleCallInterval(),
                ThreadLocalRandom.current());
    }

    KinesisShardSplit split() {
        return split;
    }

    String splitId() {
        return splitId;
    }

    ShardPace pace() {
        return pace;
    }

    /** When to read next, by {@link System#nanoTime()}. */
    long nextCall() {
        return nextCall;
    }

    void nextCall(long time) {
        nextCall = time;
    }

    /** Whether the shard is closed and all of it was read. */
    boolean atEnd() {
        return atEnd;
    }

    boolean hasIterator() {
        return iterator != null;
    }

    void requestIterator(StreamApi api) {
        iterator = api.shardIterator(split.stream(), split.shardId(), position);
    }

    RecordPage read(StreamApi api) {
        return api.getRecords(split.stream(), split.shardId(), iterator, pace.limit());
    }

    /** The iterator is too old; the next one is asked for from where reading is. */
    void dropIterator() {
        iterator = null;
    }

    /** Moves on behind a page and gives the user records in it. */
    List<Envelope> take(RecordPage page) {
        iterator = page.nextIterator();
        atEnd = iterator == null;
        List<Envelope> records = page.records();
        if (records.isEmpty()) {
            return records;
        }
        List<Envelope> result = userRecords.of(records);
        position = new Position.After(records.get(records.size() - 1).sequence());
        return result;
    }

    UserRecords userRecords() {
        return userRecords;
    }
}
