package io.hydrant.redshift;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.retry.RetryClock;
import io.hydrant.s3.sink.RedriveFollowUp;
import io.hydrant.s3.sink.S3Committable;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.S3Calls;

import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.IOUtils;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Loads what was redriven, beside the delivery that may be running: staged objects are queued as
 * the job queues its own, and whoever looks at the queue first loads them, once.
 *
 * <p>Objects may be queued by several threads; one loads.
 */
public final class RedrivenLoads implements RedriveFollowUp, AutoCloseable {

    private final TableLoads tables;
    private final List<LoadRooms> rooms = new ArrayList<>();

    /**
     * Loads as a configuration says.
     *
     * @param services how AWS' services are reached that have to do with the warehouse
     * @param stores reaches the staging bucket, once for each table
     */
    public RedrivenLoads(
            RedshiftConfig config, AwsClientConfig services, Supplier<ObjectStore> stores) {
        this.tables = new TableLoads(config);
        for (RedshiftConfig each : config.ofEachTable()) {
            LoadRooms ofTable =
                    new LoadRooms(
                            each,
                            services,
                            stores.get(),
                            new S3Calls(config.staging().retryTimeout(), RetryClock.SYSTEM),
                            new RedshiftMetrics(new UnregisteredMetricsGroup()),
                            RetryClock.SYSTEM);
            // Nobody waits here for a person: what is queued stays so.
            ofTable.loader().end();
            rooms.add(ofTable);
        }
    }

    @Override
    public void committed(List<S3Committable> made) throws IOException, InterruptedException {
        tables.queue(made, rooms);
    }

    /**
     * Loads what waits in the queues, the delivery's own included.
     *
     * @throws IOException if the warehouse does not take it; it stays queued, or is left out where
     *     it failed for {@link RedshiftConfig#retryDuration()}. What waits for other tables is
     *     loaded all the same
     */
    public void load() throws IOException, InterruptedException {
        IOException failure = null;
        for (LoadRooms each : rooms) {
            try {
                each.loader().drain();
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void close() throws Exception {
        IOUtils.closeAll(rooms);
    }
}
