package io.hydrant.iceberg.sink;

import io.hydrant.iceberg.route.TargetTable;

import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.types.Types;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns that make a row of a table the same row: those that the configuration names, else
 * those that the table calls its identifier.
 */
final class TableKeys {

    private static final int DELETES_SINCE = 2;
    private static final int VECTORS_SINCE = 3;

    private TableKeys() {}

    /**
     * The ids of the columns; empty where nothing says any.
     *
     * @param target the table in the configuration, null where it is not there
     * @throws IllegalArgumentException if rows of the table cannot be replaced by these columns
     */
    static List<Integer> of(Table table, TargetTable target) {
        List<Integer> ids = new ArrayList<>();
        if (target == null || target.uniqueKeys().isEmpty()) {
            ids.addAll(table.schema().identifierFieldIds());
            ids.sort(null);
        } else {
            for (String name : target.uniqueKeys()) {
                ids.add(id(table.schema(), name));
            }
        }
        if (!ids.isEmpty()) {
            requireDeletes(table, ids);
        }
        return ids;
    }

    private static int id(Schema schema, String name) {
        Types.NestedField column = schema.findField(name);
        if (column == null || !schema.columns().contains(column)) {
            throw new IllegalArgumentException(
                    "the unique key '" + name + "' is not a column of its own");
        }
        return switch (column.type().typeId()) {
            case FLOAT, DOUBLE, STRUCT, LIST, MAP ->
                    throw new IllegalArgumentException(
                            "the unique key '"
                                    + name
                                    + "' is of the type "
                                    + column.type()
                                    + ", which does not compare exactly");
            default -> column.fieldId();
        };
    }

    private static void requireDeletes(Table table, List<Integer> ids) {
        int version = TableUtil.formatVersion(table);
        if (version < DELETES_SINCE || version >= VECTORS_SINCE) {
            throw new IllegalArgumentException(
                    "rows are replaced in tables of format version 2, and this one has version "
                            + version);
        }
        PartitionField notKey = notAmong(ids, table.spec());
        if (notKey != null) {
            throw new IllegalArgumentException(
                    "it is partitioned by "
                            + table.schema().findColumnName(notKey.sourceId())
                            + ", which must be one of its unique keys, or the row to replace could be in another partition");
        }
        requireReachableRows(table, ids);
    }

    /**
     * The partition specs of the past that may have rows with these keys: of one that was written
     * to by others a moment ago the table, as it is known here, may show no file yet.
     */
    static List<PartitionSpec> earlierSpecs(Table table, List<Integer> ids) {
        List<PartitionSpec> specs = new ArrayList<>();
        for (PartitionSpec each : table.specs().values()) {
            if (each.specId() != table.spec().specId() && notAmong(ids, each) == null) {
                specs.add(each);
            }
        }
        return specs;
    }

    /** The first field of a spec whose value the keys do not tell, or null. */
    private static PartitionField notAmong(List<Integer> ids, PartitionSpec spec) {
        for (PartitionField field : spec.fields()) {
            if (!field.transform().isVoid() && !ids.contains(field.sourceId())) {
                return field;
            }
        }
        return null;
    }

    /** Files are only looked at where the table was once partitioned by what is no key. */
    private static void requireReachableRows(Table table, List<Integer> ids) {
        Map<Integer, PartitionField> unreachable = new HashMap<>();
        for (PartitionSpec each : table.specs().values()) {
            PartitionField notKey = notAmong(ids, each);
            if (notKey != null) {
                unreachable.put(each.specId(), notKey);
            }
        }
        if (unreachable.isEmpty() || table.currentSnapshot() == null) {
            return;
        }
        for (ManifestFile manifest : table.currentSnapshot().dataManifests(table.io())) {
            PartitionField notKey = unreachable.get(manifest.partitionSpecId());
            if (notKey != null && (manifest.hasAddedFiles() || manifest.hasExistingFiles())) {
                throw new IllegalArgumentException(
                        "it has files from when it was partitioned by "
                                + notKey.name()
                                + ", which does not come of its unique keys, so that the row to replace could be in any of them; rewrite these files under its present partitions, or set iceberg.append-only");
            }
        }
    }
}
