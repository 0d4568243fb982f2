package io.hydrant.jobs.delivery.staged;

import io.hydrant.iceberg.IcebergConfig;
import io.hydrant.iceberg.sink.TableRedrive;
import io.hydrant.iceberg.upkeep.UpkeepThread;
import io.hydrant.s3.sink.S3SinkConfig;
import io.hydrant.s3.store.ObjectStore;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.function.Supplier;

/** Keeps the catalog from round to round, until one fails. */
final class TableRounds implements LoadRounds {

    private static final Logger LOG = LoggerFactory.getLogger(TableRounds.class);

    private final IcebergConfig config;
    private final S3SinkConfig objects;
    private final Supplier<ObjectStore> stores;
    private final UpkeepThread upkeep;
    private TableRedrive tables;

    /**
     * Rounds.
     *
     * @param stores opens a store for each of them
     * @param upkeep keeps the tables in shape, null where nobody does; closed with this
     */
    TableRounds(
            IcebergConfig config,
            S3SinkConfig objects,
            Supplier<ObjectStore> stores,
            UpkeepThread upkeep) {
        this.upkeep = upkeep;
        this.config = config;
        this.objects = objects;
        this.stores = stores;
    }

    @Override
    public LoadRound begin() {
        if (tables == null) {
            tables =
                    TableRedrive.openInJob(
                            config,
                            objects.naming().streamName(),
                            objects.naming().streamVersion(),
                            upkeep == null ? table -> {} : upkeep::committed);
        }
        return new TableRound(tables, objects, stores);
    }

    @Override
    public void close() {
        failed();
        if (upkeep == null) {
            return;
        }
        try {
            upkeep.close();
        } catch (IOException | RuntimeException e) {
            LOG.info("A catalog could not be closed: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void failed() {
        if (tables == null) {
            return;
        }
        try {
            tables.close();
        } catch (IOException | RuntimeException e) {
            LOG.info("A catalog could not be closed: {}", e.toString());
        } finally {
            tables = null;
        }
    }
}
