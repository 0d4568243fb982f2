package io.hydrant.kinesis.source.enumerator;

import io.hydrant.kinesis.source.ShardOrder;
import io.hydrant.kinesis.source.split.Inheritance;
import io.hydrant.kinesis.source.split.KinesisShardSplit;
import io.hydrant.kinesis.stream.Shard;
import io.hydrant.kinesis.stream.ShardListing;
import io.hydrant.kinesis.stream.ShardSelection;
import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.kinesis.stream.StreamException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * One stream that is read: what to ask for next, and what the answer means.
 *
 * <p>Used by the coordinator's thread only, but for {@link #stream()} and {@link #nextSelection()}.
 */
final class FollowedStream {

    private static final Logger LOG = LoggerFactory.getLogger(FollowedStream.class);

    /** Every so many listings, all shards are listed, to forget those that are gone. */
    private static final int FULL_LISTING_EVERY = 60;

    /**
     * The same of a table, whose shards bear the times of several machines in their ids: one may be
     * made later than another that has a larger id, and only a full listing shows it.
     */
    private static final int FULL_LISTING_OF_TABLE_EVERY = 6;

    /** Protocols differ in how finely they tell a time. */
    private static final Duration SAME_TIME = Duration.ofSeconds(1);

    /** How long beginning to read a stream may take. */
    private static final long START_MILLIS = Duration.ofMinutes(10).toMillis();

    private final StreamArn stream;
    private final ReadingStart start;
    private final ReadingEnd end;
    private final ShardTracker tracker;
    private Instant created;
    private long begunMillis;
    private long lastListedMillis;
    private int listings;
    private boolean listed;
    private boolean gone;

    /** Whether no shard is unlisted that can hold records from before the end. */
    private boolean allShardsKnown;

    private boolean askForAll;
    private volatile ShardSelection nextSelection;

    /** A stream that is read for the first time. */
    FollowedStream(StreamArn stream, ReadingStart start, ReadingEnd end, ShardOrder order) {
        this(stream, start, end, new ShardTracker(order, !stream.isOfTable()));
    }

    /** A stream as a checkpoint left it. */
    FollowedStream(StreamProgress progress, ReadingStart start, ReadingEnd end, ShardOrder order) {
        this(progress.stream(), start, end, new ShardTracker(progress, order));
        created = progress.created();
        lastListedMillis = progress.listed() == null ? 0 : progress.listed().toEpochMilli();
    }

    private FollowedStream(
            StreamArn stream, ReadingStart start, ReadingEnd end, ShardTracker tracker) {
        this.stream = stream;
        this.start = start;
        this.end = end;
        this.tracker = tracker;
        this.nextSelection = selection();
    }

    StreamArn stream() {
        return stream;
    }

    ShardTracker tracker() {
        return tracker;
    }

    /** What is to be asked for next; written by the coordinator's thread only. */
    ShardSelection nextSelection() {
        return nextSelection;
    }

    /** Whether this run or an earlier one has ever listed the stream. */
    boolean everListed() {
        return tracker.newestShardId() != null;
    }

    /** Whether this run has listed the stream. */
    boolean listed() {
        return listed;
    }

    /** Whether the stream was there once and is no more. */
    boolean isGone() {
        return gone;
    }

    /** The stream was not found; says whether that is new. */
    boolean vanished() {
        boolean before = gone;
        gone = true;
        return !before;
    }

    /**
     * Takes in when the stream was created, which tells it from one that bore its name before.
     *
     * @param time null where the service did not say
     * @throws StreamException when what was read is of such another stream
     */
    void wasCreated(Instant time) {
        if (time == null) {
            return;
        }
        if (created == null) {
            created = time;
        } else if (Duration.between(created, time).abs().compareTo(SAME_TIME) > 0) {
            throw new StreamException(
                    "Stream "
                            + stream
                            + " was deleted and created again at "
                            + time
                            + "; what was read of it is of the stream created at "
                            + created
                            + ", whose shards bear the same ids. Restore once without this stream in the"
                            + " selection, which drops its state, or give the source another uid, and"
                            + " begin it at TRIM_HORIZON",
                    null);
        }
    }

    /** Takes in an answer, unless it was asked for before the last one was taken in. */
    void took(ShardSelection asked, ShardListing listing) {
        if (allShardsKnown || !asked.equals(nextSelection)) {
            // Shards that are younger than the end hold nothing to read. And where another answer
            // came since this was asked for, that one may have seen more.
            return;
        }
        listings++;
        listed = true;
        if (gone) {
            LOG.info("Stream {} is there again", stream);
            gone = false;
        }
        end.resolve(listing);
        Collection<Shard> shards = listing.shards();
        long listedMillis = start.timeOf(listing).toEpochMilli();
        // What a later listing finds is younger than the last one that left nothing out.
        tracker.newShardsSince(tracker.newestShardId() == null ? listedMillis : lastListedMillis);
        if (tracker.newestShardId() == null) {
            begunMillis = listedMillis;
            tracker.begin(shards, start.resolve(stream, listing));
            LOG.info(
                    "Reading {} shards of {} from {}{}",
                    shards.size(),
                    stream,
                    start.position(stream),
                    end.time() == null ? "" : " until " + end.time());
        } else {
            int before = tracker.waiting();
            askForAll = !tracker.found(shards, asked instanceof ShardSelection.Readable);
            if (tracker.waiting() > before) {
                LOG.info("Found {} new shards of {}", tracker.waiting() - before, stream);
            }
        }
        if (!askForAll) {
            lastListedMillis = listedMillis;
        }
        allShardsKnown |= !askForAll && end.isPast(listing);
        if (asked instanceof ShardSelection.Readable) {
            Set<String> ids = new HashSet<>();
            shards.forEach(shard -> ids.add(shard.id()));
            tracker.forgetUnlisted(ids);
        }
        nextSelection = selection();
    }

    /**
     * What a shard begins with. Shortly after the stream was listed first, nothing older than that
     * listing is missed: TRIM_HORIZON is wherever the horizon is when reading begins.
     */
    Inheritance inheritance(TrackedShard shard) {
        Inheritance inheritance = tracker.inheritance(shard);
        return begunMillis > 0 && start.nowMillis() - begunMillis < START_MILLIS
                ? inheritance.since(begunMillis)
                : inheritance;
    }

    /** Whether everything up to the end was read. */
    boolean isThrough() {
        return allShardsKnown && tracker.isThrough();
    }

    /** What a checkpoint that begins now has to hold. */
    StreamProgress snapshot(long checkpointId) {
        return new StreamProgress(
                stream,
                start.position(stream),
                tracker.newestShardId(),
                tracker.snapshot(checkpointId),
                created,
                lastListedMillis == 0 ? null : Instant.ofEpochMilli(lastListedMillis));
    }

    String splitId(String shardId) {
        return KinesisShardSplit.splitId(stream, shardId);
    }

    private ShardSelection selection() {
        if (tracker.newestShardId() == null) {
            return start.selection(stream);
        }
        return askForAll || (listings + 1) % fullListingEvery() == 0
                ? new ShardSelection.Readable()
                : new ShardSelection.After(tracker.newestShardId());
    }

    private int fullListingEvery() {
        return stream.isOfTable() ? FULL_LISTING_OF_TABLE_EVERY : FULL_LISTING_EVERY;
    }
}
