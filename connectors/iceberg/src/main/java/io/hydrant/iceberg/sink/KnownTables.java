package io.hydrant.iceberg.sink;

import io.hydrant.iceberg.IcebergConfig;
import io.hydrant.iceberg.route.PartitionTransforms;
import io.hydrant.iceberg.route.TargetTable;
import io.hydrant.iceberg.row.SchemaChange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.types.Types;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** The tables that a task writes to, found or made; as many as records name, within a bound. */
final class KnownTables {

    private static final int MAX_TABLES = 1_000;

    private final Catalog catalog;
    private final IcebergConfig config;
    private final LongSupplier nanoTime;
    private final Map<String, KnownTable> known = bounded();
    private final Map<String, Refused> refused = bounded();

    /** Why a table cannot be written to, and when that was found. */
    private record Refused(Refusal refusal, long atNanos) {}

    KnownTables(Catalog catalog, IcebergConfig config, LongSupplier nanoTime) {
        this.catalog = catalog;
        this.config = config;
        this.nanoTime = nanoTime;
    }

    /** The table of that name if it was found before, or null. */
    KnownTable known(String name) {
        return known.get(name);
    }

    /**
     * The table of that name.
     *
     * @param record what it is made for, where it is made
     * @throws Refusal if there is none and none is made, or rows cannot be written to it
     */
    KnownTable get(String name, ObjectNode record) throws Refusal {
        KnownTable table = known.get(name);
        if (table != null) {
            return table;
        }
        Refused before = refused.get(name);
        if (before != null
                && nanoTime.getAsLong() - before.atNanos < config.refreshInterval().toNanos()) {
            throw before.refusal;
        }
        try {
            table = new KnownTable(name, open(name, record), config, nanoTime.getAsLong());
        } catch (IllegalArgumentException e) {
            throw refuse(name, new Refusal("Iceberg.InvalidTable", message(name, e)));
        }
        refused.remove(name);
        known.put(name, table);
        return table;
    }

    private Table open(String name, ObjectNode record) throws Refusal {
        TableIdentifier id = TableIdentifier.parse(name);
        try {
            return catalog.loadTable(id);
        } catch (NoSuchTableException | NoSuchNamespaceException e) {
            if (!config.createTables()) {
                throw refuse(
                        name,
                        new Refusal(
                                "Iceberg.NoSuchTable",
                                "Table "
                                        + name
                                        + " is not in the "
                                        + config.catalog()
                                        + "; make it, or set iceberg.table.create"));
            }
            return create(name, id, record);
        }
    }

    private Table create(String name, TableIdentifier id, ObjectNode record) {
        TargetTable target = config.target(name);
        List<String> keys = target == null ? List.of() : target.uniqueKeys();
        Schema columns = SchemaChange.newSchema(record, keys);
        Set<Integer> keyIds = new HashSet<>();
        for (String key : keys) {
            Types.NestedField column = columns.findField(key);
            if (column == null) {
                throw new IllegalArgumentException(
                        "it is to be made with the unique key '"
                                + key
                                + "', and its first record has no value for it");
            }
            keyIds.add(column.fieldId());
        }
        Schema schema = new Schema(columns.columns(), keyIds);
        PartitionSpec spec =
                PartitionTransforms.spec(schema, target == null ? List.of() : target.partitionBy());
        Map<String, String> properties = new HashMap<>(config.tableProperties());
        properties.putIfAbsent(TableProperties.FORMAT_VERSION, "2");
        createNamespace(id.namespace());
        try {
            return catalog.createTable(id, schema, spec, properties);
        } catch (AlreadyExistsException e) {
            return catalog.loadTable(id);
        }
    }

    private void createNamespace(Namespace namespace) {
        if (catalog instanceof SupportsNamespaces namespaces
                && !namespaces.namespaceExists(namespace)) {
            try {
                namespaces.createNamespace(namespace);
            } catch (RuntimeException e) {
                // Another task may have been faster, which not every catalog says in so many words.
                if (!namespaces.namespaceExists(namespace)) {
                    throw e;
                }
            }
        }
    }

    private Refusal refuse(String name, Refusal refusal) {
        refused.put(name, new Refused(refusal, nanoTime.getAsLong()));
        return refusal;
    }

    static String message(String name, IllegalArgumentException e) {
        return "Table " + name + " cannot be written to: " + e.getMessage();
    }

    /** Forgets what was not asked for the longest time: names may be data. */
    private static <T> Map<String, T> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
                return size() > MAX_TABLES;
            }
        };
    }
}
