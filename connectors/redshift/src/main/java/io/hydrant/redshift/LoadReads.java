package io.hydrant.redshift;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.retry.RetryClock;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.ObjectStoreFactory;
import io.hydrant.s3.store.S3Calls;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;

/** What a delivery left in the queue of loads and in the warehouse, for whoever verifies it. */
public final class LoadReads implements AutoCloseable {

    private final RedshiftConfig config;
    private final ObjectStore store;
    private final LoadQueue queue;
    private final Manifests manifests;
    private final WarehousePath warehouse;

    /**
     * Reads where the delivery writes.
     *
     * @param services how AWS' services are reached that have to do with the warehouse
     */
    public LoadReads(
            RedshiftConfig config,
            AwsClientConfig aws,
            AwsClientConfig services,
            ObjectStoreFactory stores) {
        this.config = config;
        this.store = stores.open(aws, config.staging().store());
        S3Calls calls = new S3Calls(config.staging().retryTimeout(), RetryClock.SYSTEM);
        this.queue = new LoadQueue(store, calls, config, Clock.systemUTC());
        this.manifests = new Manifests(store, calls, config);
        this.warehouse =
                WarehousePath.of(config, services, store, calls, manifests, RetryClock.SYSTEM);
    }

    /**
     * Judges what the audit was told of staged objects by queue and warehouse.
     *
     * @param countRows whether the rows of the table are counted, too; never where they take each
     *     other's place
     * @throws IOException if S3 or the warehouse cannot be read; the message says why
     */
    public LoadReport judge(LoadAudit audit, boolean countRows)
            throws IOException, InterruptedException {
        for (LoadQueue.Entry entry : queue.all()) {
            entry.load().files().forEach(file -> audit.queued(file.id().toString()));
        }
        manifests.forEachLeftOut(audit::leftOut);
        try {
            LedgerState state = warehouse.state(countRows && config.upsert() == null);
            state.lines().forEach(audit::noted);
            if (state.rows() != null) {
                audit.table(state.rows());
            }
        } catch (SQLException e) {
            throw new IOException(
                    "The warehouse "
                            + config.access()
                            + " cannot be read (SQLSTATE "
                            + e.getSQLState()
                            + "): "
                            + e.getMessage(),
                    e);
        }
        return audit.report();
    }

    @Override
    public void close() throws SQLException {
        try (store) {
            warehouse.close();
        }
    }
}
