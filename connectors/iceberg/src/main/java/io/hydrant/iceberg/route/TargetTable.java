package io.hydrant.iceberg.route;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * A table that the configuration names.
 *
 * @param database its database, levels separated by dots
 * @param table its name
 * @param uniqueKeys columns whose values make a row the same row; empty for those that the table
 *     itself calls its identifier
 * @param partitionBy what it is partitioned by where it is made here, such as {@code day(at)}
 * @param errorPrefix error prefix of what it refuses, empty for that of the delivery
 */
public record TargetTable(
        String database,
        String table,
        List<String> uniqueKeys,
        List<String> partitionBy,
        String errorPrefix)
        implements Serializable {

    /** A table whose errors lie with those of the others. */
    public TargetTable(
            String database, String table, List<String> uniqueKeys, List<String> partitionBy) {
        this(database, table, uniqueKeys, partitionBy, "");
    }

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
        Objects.requireNonNull(errorPrefix, "errorPrefix");
        uniqueKeys = List.copyOf(uniqueKeys);
        partitionBy = List.copyOf(partitionBy);
    }

    /** Database and name, as Iceberg writes them. */
    public String fullName() {
        return database + "." + table;
    }
}
