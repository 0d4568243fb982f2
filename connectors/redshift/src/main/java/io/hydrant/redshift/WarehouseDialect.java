package io.hydrant.redshift;

import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.S3Calls;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.UUID;

/** What one warehouse does otherwise than another in a load; what both do is in the session. */
interface WarehouseDialect {

    /**
     * That of a configuration.
     *
     * @param store where staged objects are
     */
    static WarehouseDialect of(
            RedshiftConfig config, ObjectStore store, S3Calls calls, Manifests manifests) {
        return switch (config.access().dialect()) {
            case REDSHIFT -> new RedshiftDialect(config, manifests);
            case POSTGRESQL -> new PostgresDialect(config, store, calls);
        };
    }

    /**
     * Connects through the warehouse's own driver.
     *
     * @return null where the driver does not take the address
     */
    Connection connect(String jdbcUrl, Properties properties) throws SQLException;

    /** Statements that a session begins with. */
    List<String> settings();

    /** Statements that a transaction begins with which is to see one state of all tables. */
    List<String> snapshot();

    /** Makes the ledger table. */
    String createLedger();

    /** Keeps every other load of the table out until the transaction ends. */
    String lockLedger();

    /** The time now, of UTC, as an expression. */
    String now();

    /** Makes the session's own table that rows are copied to before they go by key. */
    List<String> beforeUpsert(Upsert upsert);

    /** Moves rows from there by key. */
    List<String> afterUpsert(Upsert upsert);

    /**
     * Puts the rows of staged objects into a table, those that it takes.
     *
     * @param behind statements that move them on from there to where they belong, none where they
     *     are there already
     * @throws SQLException if the warehouse fails, or refuses more than it may
     * @throws IOException if a staged object cannot be read
     */
    Copied copy(
            Connection connection,
            String table,
            UUID loadId,
            List<StagedFile> files,
            List<String> behind)
            throws SQLException, IOException, InterruptedException;

    /** Forgets what only this load needed, once it is carried out. */
    void loaded(UUID loadId) throws InterruptedException;
}
