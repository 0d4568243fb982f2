package io.hydrant.redshift;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.s3.sink.RedriveFollowUp;
import io.hydrant.s3.sink.S3Committable;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.RetryClock;
import io.hydrant.s3.store.S3Calls;

import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/**
 * Loads what was redriven, beside the delivery that may be running: staged objects are queued as
 * the job queues its own, and whoever looks at the queue first loads them, once.
 *
 * <p>Objects may be queued by several threads; one loads.
 */
public final class RedrivenLoads implements RedriveFollowUp, AutoCloseable {

    private final LoadRooms rooms;

    /**
     * Loads as a configuration says.
     *
     * @param services how AWS' services are reached that have to do with the warehouse
     * @param store reaches the staging bucket; is closed with this
     */
    public RedrivenLoads(RedshiftConfig config, AwsClientConfig services, ObjectStore store) {
        this.rooms =
                new LoadRooms(
                        config,
                        services,
                        store,
                        new S3Calls(config.staging().retryTimeout(), RetryClock.SYSTEM),
                        new RedshiftMetrics(new UnregisteredMetricsGroup()),
                        RetryClock.SYSTEM);
        // Nobody waits here for a person: what is queued stays so.
        rooms.loader().end();
    }

    @Override
    public void committed(List<S3Committable> made) throws IOException, InterruptedException {
        List<StagedFile> files = LoadCommitter.filesToLoad(made);
        if (!files.isEmpty()) {
            rooms.queue().add(QueuedLoad.of(files));
        }
    }

    /**
     * Loads what waits in the queue, the delivery's own included.
     *
     * @throws IOException if the warehouse does not take it; it stays queued, or is left out where
     *     it failed for {@link RedshiftConfig#retryDuration()}
     */
    public void load() throws IOException, InterruptedException {
        rooms.loader().drain();
    }

    @Override
    public void close() throws SQLException {
        rooms.close();
    }
}
