package io.hydrant.iceberg.route;

import java.io.Serializable;
import java.util.List;

/**
 * A table that the configuration names.
 *
 * @param database its database, levels separated by dots
 * @param table its name
 * @param uniqueKeys columns whose values make a row the same row; empty for those that the table
 *     itself calls its identifier
 * @param partitionBy what it is partitioned by where it is made here, such as {@code day(at)}
 */
public record TargetTable(
        String database, String table, List<String> uniqueKeys, List<String> partitionBy)
        implements Serializable {

    /** Copies the lists. */
    public TargetTable {
        if (database.isEmpty() || table.isEmpty()) {
            throw new IllegalArgumentException(
                    "A table needs a database and a name, but has '"
                            + database
                            + "' and '"
                            + table
                            + "'");
        }
        uniqueKeys = List.copyOf(uniqueKeys);
        partitionBy = List.copyOf(partitionBy);
    }

    /** Database and name, as Iceberg writes them. */
    public String fullName() {
        return database + "." + table;
    }
}
