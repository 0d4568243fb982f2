package io.hydrant.iceberg.audit;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What of a delivery's commits is in its tables.
 *
 * @param tables one for each table
 */
public record TablesReport(List<TableReport> tables) {

    /** Keeps a list of its own. */
    public TablesReport {
        tables = List.copyOf(tables);
    }

    /** Whether every table agrees with the ledger; where one does not, time does not mend it. */
    public boolean agree() {
        return tables.stream().allMatch(TableReport::agrees);
    }

    /** The report, table by table, behind the verdict. */
    public String text() {
        return (agree()
                        ? "IN THE TABLES: every commit of the ledger is in its table, with its files\n"
                        : "NOT IN THE TABLES: what the ledger says and what is in the tables differ\n")
                + tables.stream().map(TableReport::text).collect(Collectors.joining());
    }
}
