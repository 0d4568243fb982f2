package io.hydrant.redshift;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.retry.RetryClock;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.S3Calls;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

/** The way to the warehouse. */
interface WarehousePath extends AutoCloseable {

    /**
     * That of a configuration.
     *
     * @param services how AWS' services are reached that have to do with logging in, or with the
     *     warehouse itself
     * @param store where staged objects are
     * @param clock what is waited by for what is under way in the warehouse
     */
    static WarehousePath of(
            RedshiftConfig config,
            AwsClientConfig services,
            ObjectStore store,
            S3Calls calls,
            Manifests manifests,
            RetryClock clock) {
        RefusedRows refusedRows = new RefusedRows(store, calls, config, Clock.systemUTC());
        return switch (config.access().path()) {
            case JDBC ->
                    new JdbcPath(
                            config,
                            WarehouseDialect.of(config, store, calls, manifests),
                            refusedRows,
                            services);
            case DATA_API -> {
                DataApi api = DataApi.open(config.access(), services, clock);
                yield new DataApiPath(api, config, manifests, refusedRows);
            }
        };
    }

    /**
     * Returns once all files are loaded, by this attempt or an earlier one.
     *
     * @return the files that this attempt loaded
     * @throws LoadException judged, if the warehouse did not do it
     * @throws IOException if S3 failed for good
     */
    List<StagedFile> load(List<StagedFile> files) throws IOException, InterruptedException;

    /**
     * Ledger and table as one transaction sees them.
     *
     * @param countRows whether the table's rows are counted
     */
    LedgerState state(boolean countRows) throws SQLException, InterruptedException;

    /** Breaks off what is under way, too. */
    @Override
    void close() throws SQLException;
}
