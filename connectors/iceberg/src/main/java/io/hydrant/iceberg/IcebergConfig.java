package io.hydrant.iceberg;

import io.hydrant.delivery.processing.RecordQuery;
import io.hydrant.iceberg.catalog.CatalogConfig;
import io.hydrant.iceberg.route.TargetTable;
import io.hydrant.iceberg.route.TargetTables;
import io.hydrant.iceberg.row.UnknownFields;
import io.hydrant.iceberg.sink.ForkAction;
import io.hydrant.iceberg.upkeep.UpkeepConfig;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A delivery to Iceberg with every question answered.
 *
 * @param catalog how the catalog is reached
 * @param tables tables that are known beforehand
 * @param routeQuery jq query that routes records, null for none
 * @param appendOnly whether records are only ever added
 * @param unknownFields what becomes of fields without a column
 * @param collectColumn the column for them, with COLLECT
 * @param maxColumns columns up to which a table may grow
 * @param refreshInterval how long a table counts as it was
 * @param createTables whether tables are made
 * @param tableProperties properties of those
 * @param maxOpenFiles files that a task writes at once
 * @param maxKeysInMemory keys that a task remembers
 * @param commitId name of the delivery in the tables
 * @param commitRetryTimeout how long a commit is repeated
 * @param forkAction what a commit means that the job does not come from
 * @param upkeep what is done to tables beside the delivery
 * @param staged whether records wait in the bucket first
 * @param routedBefore whether something before the destination may choose a record's table, as a
 *     Lambda function does
 */
public record IcebergConfig(
        CatalogConfig catalog,
        List<TargetTable> tables,
        String routeQuery,
        boolean appendOnly,
        UnknownFields unknownFields,
        String collectColumn,
        int maxColumns,
        Duration refreshInterval,
        boolean createTables,
        Map<String, String> tableProperties,
        int maxOpenFiles,
        int maxKeysInMemory,
        String commitId,
        Duration commitRetryTimeout,
        ForkAction forkAction,
        UpkeepConfig upkeep,
        boolean staged,
        boolean routedBefore)
        implements Serializable {

    /**
     * Validates ranges, and copies the collections.
     *
     * @throws IllegalArgumentException naming the option, its value and what it may be
     */
    public IcebergConfig {
        Objects.requireNonNull(catalog, "catalog");
        Objects.requireNonNull(upkeep, "upkeep");
        tables = List.copyOf(tables);
        tableProperties = Map.copyOf(tableProperties);
        requireAtLeastOne(IcebergOptions.MAX_COLUMNS, maxColumns);
        requireAtLeastOne(IcebergOptions.MAX_OPEN_FILES, maxOpenFiles);
        requireAtLeastOne(IcebergOptions.MAX_KEYS_IN_MEMORY, maxKeysInMemory);
        if (refreshInterval.isNegative()) {
            throw new IllegalArgumentException(
                    IcebergOptions.REFRESH_INTERVAL.key() + " is negative; 0 s looks every time");
        }
        if (commitId.isBlank() || commitId.chars().anyMatch(c -> c < ' ')) {
            throw new IllegalArgumentException(
                    IcebergOptions.COMMIT_ID.key() + " is '" + commitId + "'; it must be a name");
        }
        if (routeQuery != null) {
            requireQuery(routeQuery);
        }
        if (tables.isEmpty() && routeQuery == null && !routedBefore) {
            throw new IllegalArgumentException(
                    IcebergOptions.TABLES.key()
                            + " and "
                            + IcebergOptions.ROUTE_QUERY.key()
                            + " are both missing; one of them must say where records go");
        }
        if (tables.size() > 1 && routeQuery == null && !routedBefore) {
            throw new IllegalArgumentException(
                    IcebergOptions.TABLES.key()
                            + " names several tables and nothing says which records go where; give "
                            + IcebergOptions.ROUTE_QUERY.key());
        }
    }

    /**
     * The configuration that the options describe.
     *
     * @param deliveryStream name of the delivery stream
     * @throws IllegalArgumentException naming the option, its value and what it may be
     */
    public static IcebergConfig from(ReadableConfig config, String deliveryStream) {
        return from(config, deliveryStream, false);
    }

    /**
     * The same behind something that may choose a record's table.
     *
     * @param routedBefore whether there is such a thing
     */
    public static IcebergConfig from(
            ReadableConfig config, String deliveryStream, boolean routedBefore) {
        return new IcebergConfig(
                CatalogConfig.from(config),
                tables(config),
                config.get(IcebergOptions.ROUTE_QUERY),
                config.get(IcebergOptions.APPEND_ONLY),
                config.get(IcebergOptions.UNKNOWN_FIELDS),
                config.get(IcebergOptions.COLLECT_COLUMN),
                config.get(IcebergOptions.MAX_COLUMNS),
                config.get(IcebergOptions.REFRESH_INTERVAL),
                config.get(IcebergOptions.CREATE_TABLES),
                config.get(IcebergOptions.TABLE_PROPERTIES),
                config.get(IcebergOptions.MAX_OPEN_FILES),
                config.get(IcebergOptions.MAX_KEYS_IN_MEMORY),
                config.getOptional(IcebergOptions.COMMIT_ID).orElse(deliveryStream),
                config.get(IcebergOptions.COMMIT_RETRY_TIMEOUT),
                config.get(IcebergOptions.FORK_ACTION),
                UpkeepConfig.from(config),
                config.get(IcebergOptions.STAGED),
                routedBefore);
    }

    /** The table of that full name that the configuration knows, or null. */
    public TargetTable target(String fullName) {
        for (TargetTable table : tables) {
            if (table.fullName().equals(fullName)) {
                return table;
            }
        }
        return null;
    }

    /** Error prefixes that tables have for themselves. */
    public List<String> errorPrefixes() {
        return tables.stream()
                .map(TargetTable::errorPrefix)
                .filter(prefix -> !prefix.isEmpty())
                .distinct()
                .toList();
    }

    /**
     * Whether records may replace or remove rows, so that those of one key must meet in one task.
     */
    public boolean hasOperations() {
        return (routeQuery != null || routedBefore) && !appendOnly;
    }

    /**
     * Whether one task is to put what waits into tables: rows by key must come in their order, and
     * a table is kept in shape by one.
     */
    public boolean isLoadedByOneTask() {
        return staged && (hasOperations() || upkeep.isWanted());
    }

    private static List<TargetTable> tables(ReadableConfig config) {
        try {
            return TargetTables.parse(config.get(IcebergOptions.TABLES));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    IcebergOptions.TABLES.key() + ": " + e.getMessage(), e);
        }
    }

    private static void requireQuery(String query) {
        try {
            RecordQuery.compile(query);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    IcebergOptions.ROUTE_QUERY.key() + ": " + e.getMessage(), e);
        }
    }

    private static void requireAtLeastOne(ConfigOption<Integer> option, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    option.key() + " is " + value + "; it must be at least 1");
        }
    }
}
