package io.hydrant.jobs.delivery.staged;

import io.hydrant.iceberg.IcebergConfig;
import io.hydrant.iceberg.sink.TableRedrive;
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
    private TableRedrive tables;

    /**
     * Rounds.
     *
     * @param stores opens a store for each of them
     */
    TableRounds(IcebergConfig config, S3SinkConfig objects, Supplier<ObjectStore> stores) {
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
                            objects.naming().streamVersion());
        }
        return new TableRound(tables, objects, stores);
    }

    @Override
    public void failed() {
        close();
    }

    @Override
    public void close() {
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
