package io.hydrant.redshift;

import java.util.List;

/** What is said to every warehouse of the ledger in the same words. */
final class LedgerSql {

    private LedgerSql() {}

    /** Notes lines, whose values follow. */
    static String insert(RedshiftConfig config) {
        return "INSERT INTO "
                + config.ledgerTable()
                + " (object_id, load_id, delivery_stream, object, records, refused, load_rows, loaded_at) VALUES ";
    }

    /** All lines, in the order of {@link LedgerLine}. */
    static String lines(RedshiftConfig config) {
        return "SELECT object_id, load_id, delivery_stream, records, refused, load_rows FROM "
                + config.ledgerTable();
    }

    /** How many rows the table has. */
    static String countRows(RedshiftConfig config) {
        return "SELECT COUNT(*) FROM " + config.table();
    }

    /**
     * Removes all rows. The ledger keeps the identities of what they came from, so that it is not
     * loaded again, with nothing in them. No TRUNCATE: Redshift commits with it.
     */
    static List<String> clear(RedshiftConfig config) {
        return List.of(
                "DELETE FROM " + config.table(),
                "UPDATE " + config.ledgerTable() + " SET records = 0, refused = 0, load_rows = 0");
    }
}
