package io.hydrant.iceberg.upkeep;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.apache.flink.util.concurrent.ExecutorThreadFactory;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.flink.CatalogLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the tables in shape that got commits: nothing waits for it, no checkpoint and no record,
 * and its failures, that of the catalog included, are logged and counted and no more.
 *
 * <p>Commits may come while it works: a compaction is put behind them or given up, see {@link
 * Compaction}. Assumes that it is the only one of its delivery for its tables, since two would undo
 * each other's work, if nothing else.
 */
public final class UpkeepThread implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(UpkeepThread.class);

    /** After that long, an end does not wait any more for what is under way. */
    private static final long END_SECONDS = 20;

    private final CatalogLoader catalogs;
    private final UpkeepConfig config;
    private final String markKey;
    private final Counter replaced = new ThreadSafeSimpleCounter();
    private final Counter failures = new ThreadSafeSimpleCounter();
    private final Set<String> due = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService thread;

    /** Used by the thread, and behind its end; null before the first table is due. */
    private volatile Catalog catalog;

    private UpkeepThread(
            CatalogLoader catalogs, UpkeepConfig config, String markKey, MetricGroup metrics) {
        this.catalogs = catalogs;
        this.config = config;
        this.markKey = markKey;
        metrics.counter("DeliveryToIceberg.CompactedFiles", replaced);
        metrics.counter("DeliveryToIceberg.UpkeepFailures", failures);
        thread =
                Executors.newSingleThreadScheduledExecutor(
                        new ExecutorThreadFactory("iceberg-upkeep"));
    }

    /**
     * Starts one.
     *
     * @param markKey what the summary of a snapshot calls the mark of the delivery
     */
    public static UpkeepThread start(
            CatalogLoader catalogs, UpkeepConfig config, String markKey, MetricGroup metrics) {
        UpkeepThread started = new UpkeepThread(catalogs, config, markKey, metrics);
        long millis = config.interval().toMillis();
        // Ends with the thread; it throws nothing that anybody would have to learn of.
        Future<?> ignored =
                started.thread.scheduleWithFixedDelay(
                        started::runDue, millis, millis, TimeUnit.MILLISECONDS);
        return started;
    }

    /** A table got a commit, so it is looked at the next time. */
    public void committed(String table) {
        due.add(table);
    }

    private void runDue() {
        for (Iterator<String> each = due.iterator(); each.hasNext(); ) {
            String table = each.next();
            // What is committed from here on makes it due again.
            each.remove();
            try {
                long files = upkeep().run(table);
                replaced.inc(files);
                LOG.info("Table {}: {} files were replaced by larger ones", table, files);
            } catch (IOException | RuntimeException e) {
                failures.inc();
                LOG.warn(
                        "The upkeep of table {} failed, which harms nothing, and is tried again after the next commit",
                        table,
                        e);
            }
        }
    }

    private TableUpkeep upkeep() {
        if (catalog == null) {
            catalog = catalogs.loadCatalog();
        }
        return new TableUpkeep(catalog, config, markKey, Clock.systemUTC());
    }

    @Override
    public void close() throws IOException, InterruptedException {
        thread.shutdownNow();
        if (!thread.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("The upkeep is still under way and is left to itself");
        }
        if (catalog instanceof Closeable closeable) {
            closeable.close();
        }
    }
}
