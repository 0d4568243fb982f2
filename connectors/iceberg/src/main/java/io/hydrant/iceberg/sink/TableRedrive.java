package io.hydrant.iceberg.sink;

import io.hydrant.iceberg.IcebergConfig;
import io.hydrant.iceberg.catalog.CatalogConnection;
import io.hydrant.iceberg.upkeep.UpkeepThread;

import org.apache.flink.metrics.MetricGroup;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Redrives records into tables, beside the delivery that may be running: what the threads of a
 * process have in common, the catalog and what their tables may forget.
 *
 * <p>Each error object is a commit of its own to each table that its records go to, under {@link
 * CommitHistory#redriveId}, so that the marks of the job stay a chain without gaps. Those of one
 * process are made one after another. Thread-safe.
 */
public final class TableRedrive implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TableRedrive.class);

    private final IcebergConfig config;
    private final String deliveryStream;
    private final String configVersion;
    private final Catalog catalog;
    private final Consumer<String> listener;
    private final Map<String, Set<UUID>> settled = new TreeMap<>();

    TableRedrive(
            IcebergConfig config, String deliveryStream, String configVersion, Catalog catalog) {
        this(config, deliveryStream, configVersion, catalog, table -> {});
    }

    private TableRedrive(
            IcebergConfig config,
            String deliveryStream,
            String configVersion,
            Catalog catalog,
            Consumer<String> listener) {
        this.listener = listener;
        this.config = Objects.requireNonNull(config, "config");
        this.deliveryStream = Objects.requireNonNull(deliveryStream, "deliveryStream");
        this.configVersion = Objects.requireNonNull(configVersion, "configVersion");
        this.catalog = Objects.requireNonNull(catalog, "catalog");
    }

    /**
     * Opens the catalog.
     *
     * @param deliveryStream name of the delivery stream
     * @param configVersion version of its configuration
     * @throws IOException if that cannot be; the message says what to mend
     */
    public static TableRedrive open(
            IcebergConfig config, String deliveryStream, String configVersion) throws IOException {
        return new TableRedrive(config, deliveryStream, configVersion, catalog(config));
    }

    /**
     * The same on a task of a job, which has all that Iceberg needs on its class path.
     *
     * @param listener is told of each table that something was committed to
     * @throws RuntimeException if the catalog cannot be opened
     */
    public static TableRedrive openInJob(
            IcebergConfig config,
            String deliveryStream,
            String configVersion,
            Consumer<String> listener) {
        return new TableRedrive(
                config,
                deliveryStream,
                configVersion,
                new CatalogConnection(config.catalog()).loadCatalog(),
                listener);
    }

    /** Keeps the tables in shape that redrives of a delivery commit to. */
    public static UpkeepThread keepUp(IcebergConfig config, MetricGroup metrics) {
        return UpkeepThread.start(
                new CatalogConnection(config.catalog()),
                config.upkeep(),
                CommitHistory.key(CommitHistory.redriveId(config.commitId())),
                metrics);
    }

    /** The catalog, for a process that is no job. */
    static Catalog catalog(IcebergConfig config) throws IOException {
        try {
            return new CatalogConnection(config.catalog().forReading()).loadCatalog();
        } catch (RuntimeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Takes the records of error objects; one for each thread. */
    public RedrivenRows rows() {
        return new RedrivenRows(this);
    }

    IcebergConfig config() {
        return config;
    }

    Catalog catalog() {
        return catalog;
    }

    String deliveryStream() {
        return deliveryStream;
    }

    String configVersion() {
        return configVersion;
    }

    void committed(String table) {
        listener.accept(table);
    }

    /** A redrive is through, so the table may forget it with the next commit. */
    synchronized void settled(String table, UUID redrive) {
        settled.computeIfAbsent(table, name -> new HashSet<>()).add(redrive);
    }

    synchronized Set<UUID> settledIn(String table) {
        return Set.copyOf(settled.getOrDefault(table, Set.of()));
    }

    synchronized void forgotten(String table, Set<UUID> redrives) {
        settled.getOrDefault(table, new HashSet<>()).removeAll(redrives);
    }

    /** Lets tables forget what no commit let them forget, then closes the catalog. */
    @Override
    public void close() throws IOException {
        for (String each : Set.copyOf(settled.keySet())) {
            forget(each);
        }
        if (catalog instanceof Closeable closeable) {
            closeable.close();
        }
    }

    /** A property too many harms nobody, so a failure is no failure of the redrive. */
    private void forget(String name) {
        Set<UUID> redrives = settledIn(name);
        if (redrives.isEmpty()) {
            return;
        }
        try {
            Table table = catalog.loadTable(TableIdentifier.parse(name));
            UpdateProperties properties = table.updateProperties();
            new RedriveMarks(config.commitId(), () -> true, redrives).forget(properties);
            properties.commit();
            forgotten(name, redrives);
        } catch (RuntimeException e) {
            LOG.info(
                    "Table {} keeps {} properties of redrives that are through: {}",
                    name,
                    redrives.size(),
                    e.toString());
        }
    }
}
