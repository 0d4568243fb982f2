package io.hydrant.redshift;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Loads files in one transaction that also notes them in the warehouse's ledger.
 *
 * <pre>
 *   LOCK ledger ── which files does it have? ── COPY the others ── note them ── COMMIT
 * </pre>
 *
 * <p>Exactly once because rows and the note of their file become visible together or not at all,
 * and because nobody looks into the ledger while another has it locked: an attempt after a lost
 * answer, of another task or of another job finds what was loaded. Leans on no key, since Redshift
 * enforces none. Assumes that all who load the table use one ledger table. Breaks if somebody
 * removes lines from the ledger whose files are still queued or in a savepoint.
 *
 * <p>Where a delivery replaces the table, the first load of it, which is its only one, removes all
 * rows in the same transaction; that it was the first is in the ledger, too.
 */
final class LoadAttempt {

    private final Warehouse warehouse;
    private final WarehouseDialect dialect;
    private final RefusedRows refusedRows;
    private final RedshiftConfig config;

    LoadAttempt(
            Warehouse warehouse,
            WarehouseDialect dialect,
            RefusedRows refusedRows,
            RedshiftConfig config) {
        this.warehouse = warehouse;
        this.dialect = dialect;
        this.refusedRows = refusedRows;
        this.config = config;
    }

    /**
     * Returns once all files are loaded, by this attempt or an earlier one.
     *
     * @return the files that this attempt loaded
     * @throws LoadException judged, if the warehouse did not do it
     * @throws IOException if S3 failed for good
     */
    List<StagedFile> load(List<StagedFile> files) throws IOException, InterruptedException {
        try (WarehouseSession session = warehouse.connect()) {
            session.prepareLedger();
            session.begin();
            Set<UUID> loaded = session.loaded(files);
            List<StagedFile> missing =
                    files.stream().filter(file -> !loaded.contains(file.id())).toList();
            if (!missing.isEmpty()) {
                UUID loadId = QueuedLoad.idOf(missing);
                load(session, loadId, missing);
                session.commit();
                dialect.loaded(loadId);
            } else {
                // That of an attempt whose answer was lost.
                dialect.loaded(QueuedLoad.idOf(files));
            }
            return missing;
        } catch (SQLException e) {
            throw LoadException.of(config, e);
        }
    }

    private void load(WarehouseSession session, UUID loadId, List<StagedFile> files)
            throws SQLException, IOException, InterruptedException {
        if (config.mode() == LoadMode.REPLACE && !session.hasLoadsOfDelivery()) {
            session.clear();
        }
        Copied copied = session.copy(loadId, files);
        long rows = copied.rows();
        long records = files.stream().mapToLong(StagedFile::records).sum();
        Map<UUID, Long> counts = refusedRows.write(files, copied.refused());
        long refusedCount = counts.values().stream().mapToLong(Long::longValue).sum();
        if (config.rowsPerRecord() == RowsPerRecord.ONE && rows + refusedCount != records) {
            throw LoadException.notAsManyRowsAsRecords(
                    config, Long.toString(rows), records, refusedCount);
        }
        session.note(loadId, files, counts, rows);
    }
}
