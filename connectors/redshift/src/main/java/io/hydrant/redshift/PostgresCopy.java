package io.hydrant.redshift;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.S3Calls;

import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Streams the rows of staged objects into a table of PostgreSQL, within the transaction of a load.
 *
 * <p>All go in one COPY FROM STDIN. Where PostgreSQL refuses a row, that COPY is undone, and the
 * objects are read once more and go in pieces: a piece with a row that is refused goes again
 * without it. The row is the one that PostgreSQL names, and where it names none (a foreign key, a
 * server that does not speak English in a way that is known here) it is found by halving.
 *
 * <p>Where rows move on from a table of the session, each piece does so by itself, so that a row is
 * known that is only refused there; what comes out is the same in any order. One that refers to a
 * row which is not there is tried again behind all others. Constraints that are deferred are
 * checked here, too, for at the commit it would be the whole load that fails.
 *
 * <p>Not safe for use by several threads; one object per load.
 */
final class PostgresCopy {

    private static final String SAVEPOINT = "hydrant_copy";

    /** Those of what has been done already, too. */
    private static final String CHECK_DEFERRED = "SET CONSTRAINTS ALL IMMEDIATE";

    /** Of a piece, which is held in memory. */
    private static final int PIECE_BYTES = 1 << 20;

    private static final int CHUNK = 64 * 1024;

    private final Connection connection;
    private final RedshiftConfig config;
    private final String table;
    private final List<TableColumn> columns;
    private final List<String> behind;
    private final StagedRows rows;
    private final String sql;
    private final List<RefusedRow> refused = new ArrayList<>();

    /** Rows that may only have come before the one that they refer to. */
    private final List<Row> early = new ArrayList<>();

    private long loaded;

    /**
     * A copy to one table.
     *
     * @param table the one that is loaded, or one of the session's own with the same columns
     * @param behind statements that move the rows on from there, none where it is the one
     */
    PostgresCopy(
            Connection connection,
            RedshiftConfig config,
            ObjectStore store,
            S3Calls calls,
            String table,
            List<String> behind)
            throws SQLException {
        this.behind = List.copyOf(behind);
        this.connection = connection;
        this.config = config;
        this.table = table;
        this.columns = columns();
        RowFormat format = RowFormat.parse(config.copy());
        if (format.shape() == RowFormat.Shape.WHOLE_JSON && columns.size() != 1) {
            throw new SQLException(
                    "JSON 'noshred' fills one column, and "
                            + RedshiftOptions.COLUMNS.key()
                            + " are "
                            + columns.stream()
                                    .map(TableColumn::name)
                                    .collect(Collectors.joining(", ")),
                    "42601");
        }
        this.rows =
                new StagedRows(
                        store::get,
                        calls,
                        config.staging().format().compression(),
                        format,
                        columns);
        this.sql =
                "COPY "
                        + table
                        + " ("
                        + columns.stream()
                                .map(column -> SqlNames.quoted(column.name()))
                                .collect(Collectors.joining(", "))
                        + ") FROM STDIN";
    }

    Copied copy(List<StagedFile> files) throws SQLException, IOException, InterruptedException {
        run("SAVEPOINT " + SAVEPOINT);
        try {
            stream(files);
            moveOn();
        } catch (SQLException e) {
            if (!RowFailure.isOne(e)) {
                throw e;
            }
            run("ROLLBACK TO SAVEPOINT " + SAVEPOINT);
            refused.clear();
            early.clear();
            loaded = 0;
            inPieces(files);
        }
        return new Copied(loaded, refused);
    }

    /** Every row in one statement, which is all there is to do where none is refused. */
    private void stream(List<StagedFile> files)
            throws SQLException, IOException, InterruptedException {
        GrowingBytes chunk = new GrowingBytes(CHUNK + 1024);
        CopyIn copy = begin();
        try {
            rows.forEach(
                    files,
                    row -> {
                        if (row.problem() != null) {
                            refuse(row, "", row.problem());
                            return;
                        }
                        CopyText.append(row.values(), chunk);
                        if (chunk.length() >= CHUNK) {
                            copy.writeToCopy(chunk.array(), 0, chunk.length());
                            chunk.clear();
                        }
                    });
            copy.writeToCopy(chunk.array(), 0, chunk.length());
            loaded = copy.endCopy();
        } finally {
            end(copy);
        }
    }

    private void inPieces(List<StagedFile> files)
            throws SQLException, IOException, InterruptedException {
        List<Row> piece = new ArrayList<>();
        long[] bytes = {0};
        rows.forEach(
                files,
                row -> {
                    if (row.problem() != null) {
                        refuse(row, "", row.problem());
                        return;
                    }
                    GrowingBytes text = new GrowingBytes(256);
                    CopyText.append(row.values(), text);
                    // Values are in the text; there is no need to hold them twice.
                    piece.add(
                            new Row(
                                    new StagedRow(row.file(), row.line(), row.lines(), null, null),
                                    text.toByteArray()));
                    bytes[0] += text.length();
                    if (bytes[0] >= PIECE_BYTES) {
                        load(piece);
                        piece.clear();
                        bytes[0] = 0;
                    }
                });
        load(piece);
        loadEarly();
    }

    /** Again and again, as long as it makes another one go. */
    private void loadEarly() throws SQLException {
        int before = early.size() + 1;
        while (!early.isEmpty() && early.size() < before) {
            before = early.size();
            List<Row> rest = new ArrayList<>();
            for (Row row : early) {
                if (attempt(List.of(row)) != null) {
                    rest.add(row);
                }
            }
            early.clear();
            early.addAll(rest);
        }
        for (Row row : early) {
            SQLException failure = attempt(List.of(row));
            if (failure != null) {
                refuse(row.staged(), RowFailure.column(failure), RowFailure.reason(failure));
            }
        }
    }

    /** A row and its text. */
    private record Row(StagedRow staged, byte[] text) {}

    private void load(List<Row> piece) throws SQLException {
        List<Row> rest = piece;
        while (!rest.isEmpty()) {
            SQLException failure = attempt(rest);
            if (failure == null) {
                return;
            }
            int bad = RowFailure.line(failure) - 1;
            if (rest.size() == 1 || (bad >= 0 && bad < rest.size())) {
                bad = rest.size() == 1 ? 0 : bad;
                if (RowFailure.isOfAnother(failure)
                        && refused.size() + early.size() < config.maxErrors()) {
                    early.add(rest.get(bad));
                } else {
                    refuse(
                            rest.get(bad).staged(),
                            RowFailure.column(failure),
                            RowFailure.reason(failure));
                }
                load(rest.subList(0, bad));
                rest = rest.subList(bad + 1, rest.size());
            } else {
                load(rest.subList(0, rest.size() / 2));
                rest = rest.subList(rest.size() / 2, rest.size());
            }
        }
    }

    /** What is wrong with one of the rows, or null where they are all in the table. */
    private SQLException attempt(List<Row> piece) throws SQLException {
        run("SAVEPOINT " + SAVEPOINT);
        if (!behind.isEmpty()) {
            // What the piece before it left there has moved on.
            run("TRUNCATE " + table);
        }
        CopyIn copy = begin();
        try {
            for (Row row : piece) {
                copy.writeToCopy(row.text(), 0, row.text().length);
            }
            long copied = copy.endCopy();
            moveOn();
            loaded += copied;
        } catch (SQLException e) {
            if (!RowFailure.isOne(e)) {
                throw e;
            }
            end(copy);
            run("ROLLBACK TO SAVEPOINT " + SAVEPOINT);
            return e;
        } finally {
            end(copy);
        }
        run("RELEASE SAVEPOINT " + SAVEPOINT);
        return null;
    }

    private void moveOn() throws SQLException {
        for (String each : behind) {
            run(each);
        }
        run(CHECK_DEFERRED);
    }

    private CopyIn begin() throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
    }

    private static void end(CopyIn copy) throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }

    private void refuse(StagedRow row, String column, String reason) throws SQLException {
        refused.add(row.refused(column, reason));
        if (refused.size() > config.maxErrors()) {
            throw new SQLException(
                    refused.size()
                            + " rows cannot be loaded, and MAXERROR is "
                            + config.maxErrors()
                            + "; the last is line "
                            + row.line()
                            + " of "
                            + row.file().url()
                            + ": "
                            + (column.isEmpty() ? "" : column + ": ")
                            + reason,
                    RowFailure.TOO_MANY);
        }
    }

    /** Columns that records fill: those of the configuration, or all that may be filled. */
    private List<TableColumn> columns() throws SQLException {
        String sql =
                "SELECT a.attname, t.typname, t.typcategory, a.atttypmod FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid WHERE a.attrelid = "
                        + SqlNames.literal(table)
                        + "::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum";
        Map<String, TableColumn> known = new HashMap<>();
        List<TableColumn> all = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                TableColumn column =
                        column(
                                result.getString(1),
                                result.getString(2),
                                result.getString(3),
                                result.getInt(4));
                known.put(column.name(), column);
                all.add(column);
            }
        }
        if (config.columns().isEmpty()) {
            return all;
        }
        // COPY says which one is not there.
        return config.columns().stream()
                .map(SqlNames::plain)
                .map(
                        name ->
                                known.getOrDefault(
                                        name, new TableColumn(name, TableColumn.Kind.OTHER, -1)))
                .toList();
    }

    private static TableColumn column(String name, String type, String category, int modifier) {
        TableColumn.Kind kind =
                switch (type) {
                    case "json", "jsonb" -> TableColumn.Kind.JSON;
                    case "date", "timestamp", "timestamptz" -> TableColumn.Kind.TIME;
                    default ->
                            category.toUpperCase(Locale.ROOT).equals("S")
                                    ? TableColumn.Kind.TEXT
                                    : TableColumn.Kind.OTHER;
                };
        boolean isBounded = modifier > 4 && (type.equals("varchar") || type.equals("bpchar"));
        // Its header counts among the bytes of the modifier.
        return new TableColumn(name, kind, isBounded ? modifier - 4 : -1);
    }

    private void run(String statementText) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(statementText);
        }
    }
}
