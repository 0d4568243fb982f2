package io.hydrant.iceberg.sink;

import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.types.Types;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A catalog that can be changed at will, since the one behind it is only read: a table is copied
 * into memory, without its rows, when it is first asked for.
 */
final class TrialCatalog extends InMemoryCatalog {

    private final Catalog real;

    /** The columns that tables had when they were copied. */
    private final Map<TableIdentifier, Schema> copied = new TreeMap<>(TrialCatalog::compare);

    /** Tables that were asked for, in the order of their names. */
    private final Map<TableIdentifier, Table> seen = new TreeMap<>(TrialCatalog::compare);

    /**
     * A catalog before another one.
     *
     * @param real is only read, and closed with this where it can be closed
     */
    TrialCatalog(Catalog real) {
        this.real = real;
        // Files in memory are shared by all catalogs that are.
        initialize("trial", Map.of("warehouse", "trial-" + UUID.randomUUID()));
    }

    private static int compare(TableIdentifier one, TableIdentifier other) {
        return one.toString().compareTo(other.toString());
    }

    @Override
    public Table loadTable(TableIdentifier table) {
        if (!tableExistsHere(table)) {
            copy(table, real.loadTable(table));
        }
        Table found = super.loadTable(table);
        seen.put(table, found);
        return found;
    }

    private boolean tableExistsHere(TableIdentifier table) {
        try {
            super.loadTable(table);
            return true;
        } catch (NoSuchTableException | NoSuchNamespaceException e) {
            return false;
        }
    }

    private void copy(TableIdentifier id, Table table) {
        if (!namespaceExists(id.namespace())) {
            createNamespace(id.namespace());
        }
        Table copy =
                buildTable(id, table.schema())
                        .withPartitionSpec(table.spec())
                        .withProperty(
                                TableProperties.FORMAT_VERSION,
                                String.valueOf(TableUtil.formatVersion(table)))
                        .create();
        copied.put(id, copy.schema());
    }

    /** What would become of the tables, a sentence each; empty where they stay as they are. */
    List<String> changes() {
        List<String> changes = new ArrayList<>();
        for (TableIdentifier id : seen.keySet()) {
            Schema now = super.loadTable(id).schema();
            Schema before = copied.get(id);
            if (before == null) {
                changes.add(
                        "table " + id + " would be made with the columns " + columns(now, null));
                continue;
            }
            String added = columns(now, before);
            if (!added.isEmpty()) {
                changes.add("table " + id + " would get the columns " + added);
            }
            String widened = widened(now, before);
            if (!widened.isEmpty()) {
                changes.add("columns of table " + id + " would change their type: " + widened);
            }
        }
        return changes;
    }

    /** The columns of a schema, those within structs included, that another one does not have. */
    private static String columns(Schema schema, Schema without) {
        List<String> columns = new ArrayList<>();
        for (Map.Entry<String, Types.NestedField> each : fields(schema).entrySet()) {
            if (without == null || without.findField(each.getKey()) == null) {
                columns.add(each.getKey() + ' ' + each.getValue().type());
            }
        }
        return String.join(", ", columns);
    }

    private static String widened(Schema now, Schema before) {
        List<String> columns = new ArrayList<>();
        for (Map.Entry<String, Types.NestedField> each : fields(now).entrySet()) {
            Types.NestedField old = before.findField(each.getKey());
            if (old != null
                    && old.type().isPrimitiveType()
                    && !old.type().equals(each.getValue().type())) {
                columns.add(each.getKey() + ' ' + old.type() + " to " + each.getValue().type());
            }
        }
        return String.join(", ", columns);
    }

    private static Map<String, Types.NestedField> fields(Schema schema) {
        Map<String, Types.NestedField> fields = new TreeMap<>();
        schema.idToName().forEach((id, name) -> fields.put(name, schema.findField(id)));
        return fields;
    }

    @Override
    public void close() throws IOException {
        super.close();
        if (real instanceof Closeable closeable) {
            closeable.close();
        }
    }
}
