package io.hydrant.kinesis.sink;

import io.hydrant.kinesis.stream.Shard;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Knows the shards of a stream as well as it can: lists them when they are first asked for, and
 * again when records land elsewhere than they should.
 *
 * <p>Thread-safe.
 */
final class ShardMapSource {

    private static final Logger LOG = LoggerFactory.getLogger(ShardMapSource.class);

    /** Keeps writers that may not list shards from asking before every batch. */
    private static final long PAUSE_AFTER_FAILURE = Duration.ofSeconds(30).toNanos();

    private final Supplier<List<Shard>> listing;
    private final LongSupplier nanoTime;
    private volatile ShardMap map;
    private boolean failed;
    private long failedAt;

    ShardMapSource(Supplier<List<Shard>> listing, LongSupplier nanoTime) {
        this.listing = listing;
        this.nanoTime = nanoTime;
    }

    /** The shards as last listed, or null when they cannot be listed. */
    ShardMap current() {
        ShardMap known = map;
        return known != null ? known : listUnlessJustFailed();
    }

    /**
     * A listing that is newer than one that turned out to be wrong; null when there is none to be
     * had, and none is used from then on.
     */
    synchronized ShardMap newerThan(ShardMap outdated) {
        if (map == outdated) {
            map = null;
            failed = false;
            return listUnlessJustFailed();
        }
        return map;
    }

    private synchronized ShardMap listUnlessJustFailed() {
        if (map == null && !(failed && nanoTime.getAsLong() - failedAt < PAUSE_AFTER_FAILURE)) {
            try {
                map = new ShardMap(listing.get());
                failed = false;
            } catch (RuntimeException e) {
                // Not fatal: without a map, only records of one hash key share an aggregate.
                LOG.warn(
                        "Cannot list the stream's shards, so only records with the same key are aggregated"
                                + " until it works. Allow this identity kinesis:ListShards.",
                        e);
                failed = true;
                failedAt = nanoTime.getAsLong();
            }
        }
        return map;
    }
}
