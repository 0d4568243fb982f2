package io.hydrant.iceberg.upkeep;

import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;

import java.io.IOException;
import java.time.Clock;

/**
 * Compacts a table and expires its snapshots, once.
 *
 * <p>Neither changes which rows are in the table nor what the table knows of a delivery's commits:
 * a compaction is a snapshot without a mark, before which the newest mark is still found; a
 * snapshot that is needed to find it is not expired; and the mark is a property of the table, too.
 */
public final class TableUpkeep {

    private final Catalog catalog;
    private final UpkeepConfig config;
    private final String markKey;
    private final Clock clock;

    /**
     * An upkeep.
     *
     * @param markKey what the summary of a snapshot calls the mark of the delivery
     */
    public TableUpkeep(Catalog catalog, UpkeepConfig config, String markKey, Clock clock) {
        this.catalog = catalog;
        this.config = config;
        this.markKey = markKey;
        this.clock = clock;
    }

    /**
     * Does it.
     *
     * @param name full name of the table
     * @return files that were replaced by larger ones
     * @throws IOException if it fails, which harms nothing; the next time does what is left
     */
    public long run(String name) throws IOException {
        Table table = catalog.loadTable(TableIdentifier.parse(name));
        long replaced = 0;
        if (config.compacts()) {
            replaced = new Compaction(table, config).run();
            table.refresh();
            new DanglingDeletes(table).remove();
        }
        if (config.maxAge() != null) {
            table.refresh();
            new Expiry(table, config, markKey).run(clock.millis());
        }
        return replaced;
    }
}
