package io.hydrant.iceberg.upkeep;

import io.hydrant.core.metrics.DeliveryStreamMetrics;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
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
 * Keeps the tables in shape whose names come by, in a thread of its own: nothing waits for it, no
 * checkpoint and no record, and its failures are logged and counted and no more.
 *
 * <p>It has no state. A job that goes on elsewhere looks at a table again with the first commit to
 * it; what an ended job has written and not committed is removed where it can be, and otherwise is
 * a file that no snapshot has.
 */
public final class UpkeepStep extends ProcessFunction<String, Void> {

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(UpkeepStep.class);

    /** After that long, an end does not wait any more for what is under way. */
    private static final long END_SECONDS = 20;

    private final CatalogLoader catalogs;
    private final UpkeepConfig config;
    private final String markKey;
    private final String deliveryStream;

    private transient Catalog catalog;
    private transient Set<String> due;
    private transient ScheduledExecutorService thread;
    private transient Counter replaced;
    private transient Counter failures;

    /**
     * A step.
     *
     * @param markKey what the summary of a snapshot calls the mark of the delivery
     * @param deliveryStream name of the delivery stream, which metrics carry
     */
    public UpkeepStep(
            CatalogLoader catalogs, UpkeepConfig config, String markKey, String deliveryStream) {
        this.catalogs = catalogs;
        this.config = config;
        this.markKey = markKey;
        this.deliveryStream = deliveryStream;
    }

    @Override
    public void open(OpenContext context) {
        catalog = catalogs.loadCatalog();
        due = ConcurrentHashMap.newKeySet();
        MetricGroup metrics =
                DeliveryStreamMetrics.in(getRuntimeContext().getMetricGroup(), deliveryStream);
        replaced = new ThreadSafeSimpleCounter();
        metrics.counter("DeliveryToIceberg.CompactedFiles", replaced);
        failures = new ThreadSafeSimpleCounter();
        metrics.counter("DeliveryToIceberg.UpkeepFailures", failures);
        TableUpkeep upkeep = new TableUpkeep(catalog, config, markKey, Clock.systemUTC());
        thread =
                Executors.newSingleThreadScheduledExecutor(
                        new ExecutorThreadFactory("iceberg-upkeep"));
        long millis = config.interval().toMillis();
        // Ends with the thread; it throws nothing that anybody would have to learn of.
        Future<?> ignored =
                thread.scheduleWithFixedDelay(
                        () -> runDue(upkeep), millis, millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void processElement(String table, Context context, Collector<Void> out) {
        due.add(table);
    }

    private void runDue(TableUpkeep upkeep) {
        for (Iterator<String> each = due.iterator(); each.hasNext(); ) {
            String table = each.next();
            // What is committed from here on makes it due again.
            each.remove();
            try {
                long files = upkeep.run(table);
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

    @Override
    public void close() throws Exception {
        if (thread != null) {
            thread.shutdownNow();
            if (!thread.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("The upkeep is still under way and is left to itself");
            }
        }
        if (catalog instanceof Closeable closeable) {
            closeable.close();
        }
    }
}
