package io.hydrant.redshift;

import io.hydrant.core.outcome.Outcome;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * By the Redshift Data API: a load is a question to the ledger, then one batch, which is one
 * transaction.
 *
 * <pre>
 *   which files does the ledger have? ── one batch ( LOCK ledger ── still so? ── COPY the others
 *                                                    ── as many rows as expected? ── note them )
 * </pre>
 *
 * <p>Exactly once for the reasons that {@link LoadAttempt} has, though nothing is decided within
 * the transaction: what was read before it is asked again behind the lock, and where the answer is
 * another the batch fails and has done nothing. That holds where the answer to the batch is lost,
 * where it is still under way when another attempt begins, and where the API calls it failed though
 * the database had carried it out: whoever comes next reads the ledger. Refused rows are known only
 * when a batch has failed for their number; then they are put aside, and a second batch expects the
 * rest.
 */
final class DataApiPath implements WarehousePath {

    /** So many files fit into a batch, however long their names. */
    private static final int MOST_FILES = 1000;

    private static final Map<UUID, Long> NONE = Map.of();

    private final DataApi api;
    private final RedshiftConfig config;
    private final RedshiftDialect dialect;
    private final Manifests manifests;
    private final RefusedRows refusedRows;
    private final int mostFiles;

    DataApiPath(DataApi api, RedshiftConfig config, Manifests manifests, RefusedRows refusedRows) {
        this(api, config, manifests, refusedRows, MOST_FILES);
    }

    /**
     * A path with batches of another size.
     *
     * @param mostFiles how many files go into one, unless all have to
     */
    DataApiPath(
            DataApi api,
            RedshiftConfig config,
            Manifests manifests,
            RefusedRows refusedRows,
            int mostFiles) {
        this.api = api;
        this.config = config;
        this.dialect = new RedshiftDialect(config, manifests);
        this.manifests = manifests;
        this.refusedRows = refusedRows;
        this.mostFiles = mostFiles;
    }

    /** What the ledger had of files before a load. */
    private record Before(Set<UUID> loaded, boolean hasLoadsOfDelivery) {}

    @Override
    public List<StagedFile> load(List<StagedFile> files) throws IOException, InterruptedException {
        List<StagedFile> loaded = new ArrayList<>();
        boolean isWhole = config.mode() == LoadMode.REPLACE;
        int most = isWhole ? files.size() : mostFiles;
        for (int from = 0; from < files.size(); from += most) {
            loaded.addAll(loadTogether(files.subList(from, Math.min(from + most, files.size()))));
        }
        return loaded;
    }

    private List<StagedFile> loadTogether(List<StagedFile> files)
            throws IOException, InterruptedException {
        try {
            Before before = before(files);
            List<StagedFile> missing =
                    files.stream().filter(file -> !before.loaded().contains(file.id())).toList();
            if (missing.isEmpty()) {
                // That of an attempt whose answer was lost.
                dialect.loaded(QueuedLoad.idOf(files));
                return missing;
            }
            UUID loadId = QueuedLoad.idOf(missing);
            boolean isReplacing = config.mode() == LoadMode.REPLACE && !before.hasLoadsOfDelivery();
            load(
                    new LoadBatch.Order(
                            loadId, missing, manifests.write(loadId, missing), isReplacing, NONE));
            dialect.loaded(loadId);
            return missing;
        } catch (SQLException e) {
            throw LoadException.of(config, e);
        }
    }

    private void load(LoadBatch.Order order)
            throws SQLException, IOException, InterruptedException {
        if (execute(order)) {
            return;
        }
        Map<UUID, Long> refused = refusedRows.write(order.files(), refused(order.files()));
        LoadBatch.Order rest =
                new LoadBatch.Order(
                        order.loadId(),
                        order.files(),
                        order.manifest(),
                        order.isReplacing(),
                        refused);
        if (refused.isEmpty() || !execute(rest)) {
            throw LoadException.notAsManyRowsAsRecords(
                    config, "other than " + rest.rows(), order.rows(), order.rows() - rest.rows());
        }
    }

    /** Carries a load out, unless COPY makes other rows than are expected. */
    private boolean execute(LoadBatch.Order order)
            throws SQLException, LoadException, InterruptedException {
        LoadBatch batch = LoadBatch.of(config, dialect, order);
        if (!batch.fits()) {
            throw new LoadException(
                    Outcome.FATAL,
                    "The load of "
                            + order.files().size()
                            + " staged objects that is to replace "
                            + config.table()
                            + " has "
                            + batch.statements().size()
                            + " statements, and the Data API takes "
                            + LoadBatch.MOST_STATEMENTS
                            + " of 100 KB. Way out: stage fewer, larger objects (delivery.buffer.size), or set "
                            + RedshiftOptions.ACCESS.key()
                            + " to JDBC",
                    null);
        }
        try {
            api.execute(batch.statements());
            return true;
        } catch (BatchFailedException e) {
            // Any other failure of a question is one of the warehouse.
            boolean isAnswer = DataApiErrors.BY_ZERO.equals(e.getSQLState());
            if (isAnswer && e.statement() == batch.rowsGuard()) {
                return false;
            }
            if (isAnswer && e.statement() == batch.ledgerGuard()) {
                throw new SQLException(
                        "another load of the same objects came between: " + e.getMessage(),
                        "40001",
                        e);
            }
            throw e;
        }
    }

    private Before before(List<StagedFile> files) throws SQLException, InterruptedException {
        List<String> questions =
                new ArrayList<>(
                        LoadBatch.joined(
                                "SELECT object_id FROM "
                                        + config.ledgerTable()
                                        + " WHERE object_id IN (",
                                files,
                                LoadBatch::idOf,
                                ")"));
        questions.add(
                "SELECT COUNT(*) FROM "
                        + config.ledgerTable()
                        + " WHERE delivery_stream = "
                        + SqlNames.literal(config.deliveryStream()));
        List<List<List<String>>> answers;
        try {
            answers = api.query(questions);
        } catch (SQLException e) {
            if (LoadFailure.of(e) != LoadFailure.TABLE_NOT_FOUND) {
                throw e;
            }
            api.execute(List.of(dialect.createLedger()));
            return new Before(Set.of(), false);
        }
        Set<UUID> loaded = new HashSet<>();
        for (List<List<String>> rows : answers.subList(0, answers.size() - 1)) {
            rows.forEach(row -> loaded.add(UUID.fromString(row.get(0).strip())));
        }
        List<String> count = answers.get(answers.size() - 1).get(0);
        return new Before(loaded, Long.parseLong(count.get(0)) > 0);
    }

    private List<RefusedRow> refused(List<StagedFile> files)
            throws SQLException, InterruptedException {
        List<String> names =
                files.stream()
                        .map(file -> SqlNames.literal(file.nameInErrors()))
                        .distinct()
                        .toList();
        List<RefusedRow> refused = new ArrayList<>();
        for (String sql :
                LoadBatch.joined(
                        RedshiftDialect.REFUSED_OF_FILES,
                        names,
                        name -> name,
                        RedshiftDialect.EACH_ONCE)) {
            for (List<String> row : api.query(sql)) {
                refused.add(
                        new RefusedRow(
                                row.get(0), Long.parseLong(row.get(1)), 1, row.get(2), row.get(3)));
            }
        }
        return refused;
    }

    @Override
    public LedgerState state(boolean countRows) throws SQLException, InterruptedException {
        List<List<List<String>>> answers;
        try {
            answers =
                    api.query(
                            countRows
                                    ? List.of(LedgerSql.lines(config), LedgerSql.countRows(config))
                                    : List.of(LedgerSql.lines(config)));
        } catch (SQLException e) {
            boolean isOfTable = e instanceof BatchFailedException failed && failed.statement() > 0;
            if (isOfTable || LoadFailure.of(e) != LoadFailure.TABLE_NOT_FOUND) {
                throw e;
            }
            return new LedgerState(
                    List.of(), countRows ? count(api.query(LedgerSql.countRows(config))) : null);
        }
        List<LedgerLine> lines = new ArrayList<>();
        for (List<String> row : answers.get(0)) {
            lines.add(
                    new LedgerLine(
                            row.get(0).strip(),
                            row.get(1).strip(),
                            row.get(2).strip(),
                            Long.parseLong(row.get(3)),
                            Long.parseLong(row.get(4)),
                            Long.parseLong(row.get(5))));
        }
        return new LedgerState(lines, countRows ? count(answers.get(1)) : null);
    }

    private static Long count(List<List<String>> answer) {
        return Long.valueOf(answer.get(0).get(0));
    }

    @Override
    public void close() {
        api.close();
    }
}
