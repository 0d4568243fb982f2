package io.hydrant.localstack.fakes.redshift;

import io.hydrant.localstack.fakes.redshift.Backend.DatabaseError;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Carries one COPY out, in the session's own transaction: files are fed to PostgreSQL as rows of
 * its text format, and a row that it refuses is noted, left out, and the rest fed again, until more
 * were refused than MAXERROR allows.
 */
final class CopyRun {

    private static final Pattern CONTEXT =
            Pattern.compile("COPY [^,]+, line (\\d+)(?:, column ([^:]+)(?:: \"(.*)\")?)?");

    private final Backend backend;
    private final StagedObjects objects;
    private final CopyCommand copy;
    private final List<LoadError> errors = new ArrayList<>();
    private final Set<LoadRow> refused = new HashSet<>();

    private Rows rows;
    private long loaded;

    CopyRun(Backend backend, StagedObjects objects, CopyCommand copy) {
        this.backend = backend;
        this.objects = objects;
        this.copy = copy;
    }

    /** All rows of the files, as often as they are asked for. */
    @FunctionalInterface
    private interface Rows {
        void read(RowReader.Visitor visitor) throws IOException;
    }

    /**
     * Loads.
     *
     * @return how many rows
     */
    long run(boolean isInTransaction) throws IOException, DatabaseError, FakeSqlException {
        try {
            return read(isInTransaction);
        } catch (UnreadableObjectException e) {
            throw FakeSqlException.unreadable(e.getMessage());
        }
    }

    private long read(boolean isInTransaction) throws IOException, DatabaseError, FakeSqlException {
        List<ParquetRows.Target> targets = targets();
        List<LoadFile> files = new LoadFiles(objects).of(copy);
        if (copy.format() != CopyCommand.Format.PARQUET) {
            List<String> columns = targets.stream().map(ParquetRows.Target::name).toList();
            RowReader reader = new RowReader(objects, copy, columns);
            return load(isInTransaction, columns, visitor -> reader.read(files, visitor));
        }
        try (ParquetRows parquet = ParquetRows.open(objects, copy, files, targets)) {
            List<String> columns = targets.stream().map(ParquetRows.Target::name).toList();
            return load(isInTransaction, columns, parquet::read);
        }
    }

    /** A transaction that the client did not begin is over in either case. */
    private long load(boolean isInTransaction, List<String> columns, Rows read)
            throws IOException, DatabaseError, FakeSqlException {
        rows = read;
        try {
            return load(isInTransaction, columns);
        } catch (DatabaseError | FakeSqlException | UnreadableObjectException e) {
            if (!isInTransaction) {
                backend.query("ROLLBACK");
            }
            throw e;
        }
    }

    private long load(boolean isInTransaction, List<String> columns)
            throws IOException, DatabaseError, FakeSqlException {
        backend.query(isInTransaction ? "SAVEPOINT fake_copy" : "BEGIN");
        if (!isInTransaction) {
            backend.query("SAVEPOINT fake_copy");
        }
        String feed =
                "COPY "
                        + copy.table()
                        + " ("
                        + String.join(", ", columns)
                        + ") FROM STDIN (FORMAT text)";
        boolean isDone = false;
        while (!isDone) {
            isDone = feed(feed);
            if (errors.size() > copy.maxErrors()) {
                if (copy.format() == CopyCommand.Format.PARQUET) {
                    throw ParquetRows.scanError(errors.get(0).reason());
                }
                throw FakeSqlException.loadFailed(
                        "Load into table '"
                                + copy.table()
                                + "' failed.  Check 'stl_load_errors' system table for details.");
            }
        }
        backend.query(
                copy.isCheckOnly()
                        ? "ROLLBACK TO SAVEPOINT fake_copy"
                        : "RELEASE SAVEPOINT fake_copy");
        if (!isInTransaction) {
            backend.query("COMMIT");
        }
        return copy.isCheckOnly() ? 0 : loaded;
    }

    List<LoadError> errors() {
        return errors;
    }

    /** The columns that are loaded, in their order. */
    private List<ParquetRows.Target> targets() throws IOException, DatabaseError {
        List<ParquetRows.Target> all =
                backend
                        .query(
                                "SELECT quote_ident(attname), format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = '"
                                        + copy.table().replace("'", "''")
                                        + "'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum")
                        .stream()
                        .map(row -> new ParquetRows.Target(row[0], row[1]))
                        .toList();
        return copy.columns().isEmpty()
                ? all
                : copy.columns().stream().map(name -> target(name, all)).toList();
    }

    /** PostgreSQL says so itself where there is none. */
    private static ParquetRows.Target target(String name, List<ParquetRows.Target> all) {
        String plain = name.startsWith("\"") ? name : name.toLowerCase(Locale.ROOT);
        return all.stream()
                .filter(each -> each.name().equals(plain) || each.name().equals('"' + plain + '"'))
                .findFirst()
                .map(each -> new ParquetRows.Target(name, each.type()))
                .orElseGet(() -> new ParquetRows.Target(name, ""));
    }

    /** Feeds all rows that were not refused before, and says whether PostgreSQL took them. */
    private boolean feed(String sql) throws IOException, DatabaseError {
        backend.beginCopy(sql);
        loaded = 0;
        try {
            rows.read(this::feedRow);
        } catch (UnreadableObjectException e) {
            backend.abandonCopy();
            throw e;
        }
        try {
            backend.endCopy();
            return true;
        } catch (DatabaseError e) {
            String where = e.answer().field('W');
            Matcher context = CONTEXT.matcher(where == null ? "" : where);
            String state = e.answer().field('C');
            // Of data, or against a constraint; a cancelled COPY, for one, is nobody's row.
            boolean isOfRow = state.startsWith("22") || state.startsWith("23");
            if (!isOfRow || !context.find()) {
                throw e;
            }
            backend.query("ROLLBACK TO SAVEPOINT fake_copy");
            LoadRow row = fedRow(Long.parseLong(context.group(1)));
            refuse(row, context.group(2), context.group(3), e.getMessage());
            return false;
        }
    }

    private boolean feedRow(LoadRow row) throws IOException {
        if (refused.contains(row)) {
            return true;
        }
        if (row.problem() != null) {
            refuse(row, null, null, row.problem());
            return true;
        }
        backend.write(new Message('d', text(row)));
        loaded++;
        return true;
    }

    private void refuse(LoadRow row, String column, String value, String reason) {
        if (refused.add(row)) {
            errors.add(
                    new LoadError(
                            row, column == null ? "" : column, value == null ? "" : value, reason));
        }
    }

    private LoadRow fedRow(long number) throws IOException {
        LoadRow[] found = new LoadRow[1];
        long[] count = {0};
        rows.read(
                row -> {
                    if (!refused.contains(row) && ++count[0] == number) {
                        found[0] = row;
                    }
                    return found[0] == null;
                });
        return found[0];
    }

    private static byte[] text(LoadRow row) {
        StringBuilder line = new StringBuilder(row.raw().length() + 16);
        for (int i = 0; i < row.values().size(); i++) {
            String value = row.values().get(i);
            if (i > 0) {
                line.append('\t');
            }
            if (value == null) {
                line.append("\\N");
            } else {
                escape(value, line);
            }
        }
        return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void escape(String value, StringBuilder line) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> line.append("\\\\");
                case '\t' -> line.append("\\t");
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                default -> line.append(c);
            }
        }
    }
}
