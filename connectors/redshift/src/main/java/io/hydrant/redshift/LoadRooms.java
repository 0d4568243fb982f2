package io.hydrant.redshift;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.retry.RetryClock;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.S3Calls;

import java.sql.SQLException;
import java.time.Clock;

/** Puts together what loads: the queue, and who empties it. Closes the store and the warehouse. */
final class LoadRooms implements AutoCloseable {

    private final ObjectStore store;
    private final WarehousePath warehouse;
    private final LoadQueue queue;
    private final Loader loader;
    private final StagedRemoval removal;

    LoadRooms(
            RedshiftConfig config,
            AwsClientConfig services,
            ObjectStore store,
            S3Calls calls,
            RedshiftMetrics metrics,
            RetryClock clock) {
        this(config, services, store, calls, metrics, clock, clock);
    }

    /**
     * Rooms with a clock for what is under way in the warehouse and another for all else.
     *
     * @param services how AWS' services are reached that have to do with the warehouse
     */
    LoadRooms(
            RedshiftConfig config,
            AwsClientConfig services,
            ObjectStore store,
            S3Calls calls,
            RedshiftMetrics metrics,
            RetryClock clock,
            RetryClock underWay) {
        this.store = store;
        this.queue = new LoadQueue(store, calls, config, Clock.systemUTC());
        Manifests manifests = new Manifests(store, calls, config);
        this.warehouse = WarehousePath.of(config, services, store, calls, manifests, underWay);
        this.loader = new Loader(queue, warehouse, manifests, config, metrics, clock);
        this.removal = new StagedRemoval(queue, config.stagedRetention(), clock, Clock.systemUTC());
    }

    LoadQueue queue() {
        return queue;
    }

    Loader loader() {
        return loader;
    }

    StagedRemoval removal() {
        return removal;
    }

    @Override
    public void close() throws SQLException {
        try {
            warehouse.close();
        } finally {
            store.close();
        }
    }
}
