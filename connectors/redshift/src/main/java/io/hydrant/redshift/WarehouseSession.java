package io.hydrant.redshift;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * One connection to the warehouse and the statements of a load. The transaction begins with the
 * first of them and is rolled back unless {@link #commit} was called.
 */
final class WarehouseSession implements AutoCloseable {

    private static final int PIECE = 1000;

    private static final String UNDEFINED_TABLE = "42P01";

    /** What two who make one table at the same time may be told. */
    private static final Set<String> TABLE_IS_THERE = Set.of("42P07", "23505");

    private final Connection connection;
    private final RedshiftConfig config;
    private final WarehouseDialect dialect;

    WarehouseSession(Connection connection, RedshiftConfig config, WarehouseDialect dialect)
            throws SQLException {
        this.connection = connection;
        this.config = config;
        this.dialect = dialect;
        connection.setAutoCommit(true);
        runAll(dialect.settings());
    }

    /** Makes the ledger table where there is none; before the transaction. */
    void prepareLedger() throws SQLException {
        String sql = "SELECT 1 FROM " + config.ledgerTable() + " WHERE 1 = 0";
        // Read to its end: the driver cancels what is not, and may hit the statement behind it.
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
        } catch (SQLException e) {
            if (!UNDEFINED_TABLE.equals(e.getSQLState())) {
                throw e;
            }
            createLedger();
        }
    }

    private void createLedger() throws SQLException {
        try {
            run(dialect.createLedger());
        } catch (SQLException e) {
            if (!TABLE_IS_THERE.contains(e.getSQLState())) {
                throw e;
            }
        }
    }

    /**
     * Begins the transaction. From here to its end no other load of this table gets behind this
     * point, and what it sees is what the one before committed.
     */
    void begin() throws SQLException {
        connection.setAutoCommit(false);
        run(dialect.lockLedger());
    }

    /** Which of the files the ledger says are loaded. */
    Set<UUID> loaded(List<StagedFile> files) throws SQLException {
        Set<UUID> loaded = new HashSet<>();
        for (List<StagedFile> some : inPieces(files)) {
            addLoaded(some, loaded);
        }
        return loaded;
    }

    private void addLoaded(List<StagedFile> files, Set<UUID> loaded) throws SQLException {
        String sql =
                "SELECT object_id FROM "
                        + config.ledgerTable()
                        + " WHERE object_id IN ("
                        + placeholders(files.size())
                        + ")";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < files.size(); i++) {
                select.setString(i + 1, files.get(i).id().toString());
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    loaded.add(UUID.fromString(rows.getString(1).strip()));
                }
            }
        }
    }

    /** Whether the ledger has any load of this delivery. */
    boolean hasLoadsOfDelivery() throws SQLException {
        String sql = "SELECT COUNT(*) FROM " + config.ledgerTable() + " WHERE delivery_stream = ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, config.deliveryStream());
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getLong(1) > 0;
            }
        }
    }

    /** Removes all rows. */
    void clear() throws SQLException {
        runAll(LedgerSql.clear(config));
    }

    /** Loads files. */
    Copied copy(UUID loadId, List<StagedFile> files)
            throws SQLException, IOException, InterruptedException {
        Upsert upsert = config.upsert();
        if (upsert == null) {
            return dialect.copy(connection, config.table(), loadId, files, List.of());
        }
        runAll(dialect.beforeUpsert(upsert));
        return dialect.copy(connection, Upsert.STAGE, loadId, files, dialect.afterUpsert(upsert));
    }

    /**
     * Notes files as loaded.
     *
     * @param refused how many rows of which file were refused
     * @param rows how many the load made of all of them
     */
    void note(UUID loadId, List<StagedFile> files, Map<UUID, Long> refused, long rows)
            throws SQLException {
        for (List<StagedFile> some : inPieces(files)) {
            noteSome(loadId, some, refused, rows);
        }
    }

    private void noteSome(UUID loadId, List<StagedFile> files, Map<UUID, Long> refused, long rows)
            throws SQLException {
        String sql =
                LedgerSql.insert(config)
                        + String.join(
                                ", ",
                                Collections.nCopies(
                                        files.size(),
                                        "(?, ?, ?, ?, ?, ?, ?, " + dialect.now() + ')'));
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            int at = 0;
            for (StagedFile file : files) {
                insert.setString(++at, file.id().toString());
                insert.setString(++at, loadId.toString());
                insert.setString(++at, config.deliveryStream());
                insert.setString(++at, file.url());
                insert.setLong(++at, file.records());
                insert.setLong(++at, refused.getOrDefault(file.id(), 0L));
                insert.setLong(++at, rows);
            }
            insert.executeUpdate();
        }
    }

    /**
     * Every line of the ledger, and with it begins a transaction that sees the table as it was
     * then; nothing where there is no ledger yet.
     */
    List<LedgerLine> ledger() throws SQLException {
        connection.setAutoCommit(false);
        runAll(dialect.snapshot());
        List<LedgerLine> lines = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(LedgerSql.lines(config))) {
            while (rows.next()) {
                lines.add(
                        new LedgerLine(
                                rows.getString(1).strip(),
                                rows.getString(2).strip(),
                                rows.getString(3).strip(),
                                rows.getLong(4),
                                rows.getLong(5),
                                rows.getLong(6)));
            }
        } catch (SQLException e) {
            if (!UNDEFINED_TABLE.equals(e.getSQLState())) {
                throw e;
            }
            connection.rollback();
        }
        return lines;
    }

    /** How many rows the table has. */
    long countRows() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(LedgerSql.countRows(config))) {
            rows.next();
            return rows.getLong(1);
        }
    }

    void commit() throws SQLException {
        connection.commit();
    }

    private void runAll(List<String> statements) throws SQLException {
        for (String sql : statements) {
            run(sql);
        }
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A statement has room for 32767 values. */
    static List<List<StagedFile>> inPieces(List<StagedFile> files) {
        List<List<StagedFile>> pieces = new ArrayList<>();
        for (int from = 0; from < files.size(); from += PIECE) {
            pieces.add(files.subList(from, Math.min(from + PIECE, files.size())));
        }
        return pieces;
    }

    static String placeholders(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }

    /** Ends a connection that another thread may be waiting on. */
    void abort() throws SQLException {
        connection.abort(Runnable::run);
    }

    @Override
    public void close() throws SQLException {
        // Rolls back: the server does so where a connection ends within a transaction.
        connection.close();
    }
}
