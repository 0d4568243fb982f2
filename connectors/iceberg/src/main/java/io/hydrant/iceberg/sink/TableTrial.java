package io.hydrant.iceberg.sink;

import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.Disposition;
import io.hydrant.iceberg.IcebergConfig;

import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Says what records would become in their tables, and changes none: tables and columns that a
 * delivery would make are made in memory. Not thread-safe.
 */
public final class TableTrial implements AutoCloseable {

    private final TrialCatalog catalog;
    private final RowJudge judge;
    private final Map<String, RowText> texts = new HashMap<>();

    /**
     * A trial.
     *
     * @param real catalog with the tables as they are
     */
    TableTrial(IcebergConfig config, Catalog real) {
        catalog = new TrialCatalog(real);
        judge =
                new RowJudge(
                        config,
                        new KnownTables(catalog, config, System::nanoTime),
                        System::nanoTime);
    }

    /**
     * Opens the catalog, to read what tables there are.
     *
     * @throws IOException if that cannot be; the message says what to mend
     */
    public static TableTrial open(IcebergConfig config) throws IOException {
        return new TableTrial(config, TableRedrive.catalog(config));
    }

    /**
     * Tries a record.
     *
     * @throws IOException if the catalog cannot be read
     */
    public TriedRow judge(DeliveryRecord record) throws IOException {
        if (record.disposition() != Disposition.DELIVER) {
            return TriedRow.none(record);
        }
        try {
            TableRow row = judge.judge(record);
            return new TriedRow(
                    record, row.table(), operation(row), text(row).of(row.kind(), row.row()));
        } catch (Refusal e) {
            return TriedRow.none(e.deadLetter(record));
        } catch (RuntimeException e) {
            throw new IOException("The tables of Iceberg cannot be read: " + e, e);
        }
    }

    private static String operation(TableRow row) {
        return switch (row.kind()) {
            case INSERT -> "insert";
            case DELETE -> "delete";
            default -> "update";
        };
    }

    private RowText text(TableRow row) {
        return texts.computeIfAbsent(
                row.table() + '#' + row.schemaId(),
                key -> new RowText(catalog.loadTable(TableIdentifier.parse(row.table())).schema()));
    }

    /** What a delivery of these records would make of the tables themselves, a sentence each. */
    public List<String> changes() {
        return catalog.changes();
    }

    @Override
    public void close() throws IOException {
        catalog.close();
    }
}
