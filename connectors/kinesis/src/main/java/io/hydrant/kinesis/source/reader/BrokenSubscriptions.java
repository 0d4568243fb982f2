package io.hydrant.kinesis.source.reader;

import io.hydrant.kinesis.source.split.KinesisShardSplit;
import io.hydrant.kinesis.stream.Position;
import io.hydrant.kinesis.stream.Shard;
import io.hydrant.kinesis.stream.ShardListing;
import io.hydrant.kinesis.stream.ShardSelection;
import io.hydrant.kinesis.stream.StreamApi;
import io.hydrant.kinesis.stream.StreamException;
import io.hydrant.kinesis.stream.StreamFailure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

/** Decides how a shard goes on whose subscription has ended, and when. */
final class BrokenSubscriptions {

    private static final Logger LOG = LoggerFactory.getLogger(BrokenSubscriptions.class);

    private final StreamApi api;
    private final ReaderMetrics metrics;
    private final FanOutMetrics fanOutMetrics;
    private final LostPositions lostPositions;

    /**
     * For all shards of a reader.
     *
     * @param api asked what the stream holds where it is in doubt; not closed here
     */
    BrokenSubscriptions(
            StreamApi api,
            ReaderMetrics metrics,
            FanOutMetrics fanOutMetrics,
            LostPositions lostPositions) {
        this.api = api;
        this.metrics = metrics;
        this.fanOutMetrics = fanOutMetrics;
        this.lostPositions = lostPositions;
    }

    /**
     * Sets when the shard is subscribed to again.
     *
     * @return false when the shard is gone
     * @throws StreamException when waiting mends nothing
     */
    boolean goesOn(ShardReader reader, FanOutCursor cursor, SubscriptionInbox inbox) {
        Throwable error = inbox.error();
        ShardCursor shard = cursor.shard();
        long now = reader.time.nanoTime();
        if (error == null) {
            fanOutMetrics.renewed();
            // One that ends without an event is not to be made again and again at once.
            shard.nextCall(inbox.hasReceived() ? now : shard.pace().afterTrouble(now));
            return true;
        }
        fanOutMetrics.broken();
        switch (StreamFailure.of(error)) {
            case THROTTLED -> {
                fanOutMetrics.throttled();
                shard.nextCall(shard.pace().afterThrottle(now));
                LOG.debug("Throttled on {}", shard.splitId(), error);
            }
            case TRANSIENT, ITERATOR_EXPIRED -> {
                metrics.troubled();
                shard.nextCall(shard.pace().afterTrouble(now));
                log(shard, inbox, error);
            }
            case INTERRUPTED, FATAL -> {
                return judge(reader, cursor, error, now);
            }
        }
        return true;
    }

    private static void log(ShardCursor shard, SubscriptionInbox inbox, Throwable error) {
        if (!(error instanceof ResourceInUseException)) {
            LOG.warn("The subscription to {} broke; making another", shard.splitId(), error);
        } else if (inbox.wasAccepted()) {
            LOG.warn(
                    "Another reader has taken over the subscription to {}: every job needs a"
                            + " source.efo.consumer.name of its own",
                    shard.splitId(),
                    error);
        } else {
            // The service keeps a subscription whose reader is gone for some seconds.
            LOG.info("A subscription to {} is still open; waiting for its end", shard.splitId());
        }
    }

    /** Tells positions and shards that are gone from calls that are wrong. */
    private boolean judge(ShardReader reader, FanOutCursor cursor, Throwable error, long now) {
        ShardCursor shard = cursor.shard();
        KinesisShardSplit split = shard.split();
        if (error instanceof InvalidArgumentException invalid
                && shard.position() instanceof Position.Behind) {
            cursor.refused(invalid);
            shard.nextCall(now);
            return true;
        }
        if (error instanceof ResourceNotFoundException notFound) {
            try {
                if (!isListed(reader.call(() -> list(split)), split.shardId())) {
                    shard.end(
                            lostPositions.shardGone(
                                    split,
                                    shard.position(),
                                    shard.known(),
                                    reader.time.currentMillis(),
                                    notFound));
                    return false;
                }
            } catch (StreamException e) {
                throw e;
            } catch (RuntimeException e) {
                return listingFailed(reader, shard, e, now);
            }
            throw new StreamException(
                    "The consumer that subscribes to "
                            + split.shardId()
                            + " of stream "
                            + split.stream()
                            + " is gone: "
                            + notFound.getMessage()
                            + ". Where source.efo.lifecycle is JOB_MANAGED, the job registers it again"
                            + " when it restarts; else register it, and see that nobody deregisters it",
                    notFound);
        }
        throw StreamException.of("SubscribeToShard", split.stream(), split.shardId(), error);
    }

    private boolean listingFailed(
            ShardReader reader, ShardCursor shard, RuntimeException error, long now) {
        StreamFailure failure = StreamFailure.of(error);
        if (reader.isAborted()
                || failure == StreamFailure.THROTTLED
                || failure == StreamFailure.TRANSIENT) {
            metrics.troubled();
            shard.nextCall(shard.pace().afterTrouble(now));
            return true;
        }
        throw StreamException.of("ListShards", shard.split().stream(), null, error);
    }

    private ShardListing list(KinesisShardSplit split) {
        return api.listShards(split.stream(), new ShardSelection.Readable());
    }

    private static boolean isListed(ShardListing listing, String shardId) {
        for (Shard shard : listing.shards()) {
            if (shard.id().equals(shardId)) {
                return true;
            }
        }
        return false;
    }
}
