package io.hydrant.redshift;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * The statements of a load that nobody can decide anything in the middle of: what is expected of
 * the ledger and of the COPY is said beforehand, and where it is not so a statement divides by
 * zero, so that none of them has done anything.
 *
 * <p>Source: Redshift Data API reference, BatchExecuteStatement: at most 40 statements, of 100 KB
 * each. PG_LAST_COPY_COUNT is a function of the leader node, which must not stand beside a table:
 * that is why the rows are in the text that asks, and not in the one that notes.
 *
 * @param statements what is carried out
 * @param ledgerGuard which of them fails where a load of one of the files came between
 * @param rowsGuard which of them fails where COPY made other rows than were expected
 */
record LoadBatch(List<String> statements, int ledgerGuard, int rowsGuard) {

    static final int MOST_STATEMENTS = 40;

    /** Less than 100 KB, whichever they mean. */
    static final int LONGEST_STATEMENT = 90_000;

    /** Keeps its own copy. */
    LoadBatch {
        statements = List.copyOf(statements);
    }

    /**
     * What is to be loaded.
     *
     * @param files staged objects, none of them loaded so far
     * @param manifest address of the manifest that lists them
     * @param isReplacing whether the rows that the table has go
     * @param refused how many rows of which file the table does not take
     */
    record Order(
            UUID loadId,
            List<StagedFile> files,
            String manifest,
            boolean isReplacing,
            Map<UUID, Long> refused) {

        long rows() {
            return files.stream().mapToLong(StagedFile::records).sum()
                    - refused.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    static LoadBatch of(RedshiftConfig config, RedshiftDialect dialect, Order order) {
        List<String> sql = new ArrayList<>();
        // Neither it nor the LOCK takes the transaction's snapshot.
        sql.add("SET LOCAL statement_timeout TO " + config.access().statementTimeout().toMillis());
        sql.add(dialect.lockLedger());
        int ledgerGuard = sql.size();
        sql.add(ledgerGuard(config, order));
        if (order.isReplacing()) {
            sql.addAll(LedgerSql.clear(config));
        }
        Upsert upsert = config.upsert();
        if (upsert != null) {
            sql.addAll(dialect.beforeUpsert(upsert));
        }
        sql.add(
                dialect.copyStatement(
                        upsert == null ? config.table() : Upsert.STAGE, order.manifest()));
        int rowsGuard = sql.size();
        sql.add(
                "SELECT 1 / CASE WHEN pg_last_copy_count() = "
                        + order.rows()
                        + " THEN 1 ELSE 0 END");
        if (upsert != null) {
            sql.addAll(dialect.afterUpsert(upsert));
        }
        sql.addAll(notes(config, dialect, order));
        return new LoadBatch(sql, ledgerGuard, rowsGuard);
    }

    private static String ledgerGuard(RedshiftConfig config, Order order) {
        List<String> ids = order.files().stream().map(LoadBatch::idOf).toList();
        String ofDelivery =
                order.isReplacing()
                        ? " OR delivery_stream = " + SqlNames.literal(config.deliveryStream())
                        : "";
        return "SELECT 1 / CASE WHEN COUNT(*) = 0 THEN 1 ELSE 0 END FROM "
                + config.ledgerTable()
                + " WHERE object_id IN ("
                + String.join(", ", ids)
                + ')'
                + ofDelivery;
    }

    static String idOf(StagedFile file) {
        return SqlNames.literal(file.id().toString());
    }

    private static List<String> notes(RedshiftConfig config, RedshiftDialect dialect, Order order) {
        String prefix = LedgerSql.insert(config);
        return joined(prefix, order.files(), file -> note(config, dialect, order, file), "");
    }

    private static String note(
            RedshiftConfig config, RedshiftDialect dialect, Order order, StagedFile file) {
        return "("
                + String.join(
                        ", ",
                        idOf(file),
                        SqlNames.literal(order.loadId().toString()),
                        SqlNames.literal(config.deliveryStream()),
                        SqlNames.literal(file.url()),
                        Long.toString(file.records()),
                        Long.toString(order.refused().getOrDefault(file.id(), 0L)),
                        Long.toString(order.rows()),
                        dialect.now())
                + ')';
    }

    /** As few statements as hold what is between commas in them. */
    static <T> List<String> joined(
            String prefix, List<T> items, Function<T, String> text, String suffix) {
        List<String> statements = new ArrayList<>();
        StringBuilder sql = new StringBuilder();
        int bytes = 0;
        int around = length(prefix) + length(suffix);
        for (T item : items) {
            String next = text.apply(item);
            int size = length(next) + 2;
            if (bytes > 0 && bytes + size + around > LONGEST_STATEMENT) {
                statements.add(prefix + sql + suffix);
                sql.setLength(0);
                bytes = 0;
            }
            sql.append(bytes == 0 ? "" : ", ").append(next);
            bytes += size;
        }
        if (bytes > 0) {
            statements.add(prefix + sql + suffix);
        }
        return statements;
    }

    private static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Whether the API takes it. */
    boolean fits() {
        return statements.size() <= MOST_STATEMENTS
                && statements.stream().allMatch(sql -> length(sql) <= LONGEST_STATEMENT);
    }
}
