package io.hydrant.iceberg.audit;

import java.util.List;
import java.util.Locale;

/**
 * What of a delivery's commits is in a table, and whether all adds up.
 *
 * @param table full name of the table
 * @param commits commits of the ledger that the table holds
 * @param records records in them
 * @param rows rows in the table, negative where they were not counted
 * @param expectedRows rows by the commits, negative where those say nothing of their number
 * @param files files that the table has
 * @param notes what is worth knowing and no disagreement
 * @param findings disagreements
 */
public record TableReport(
        String table,
        long commits,
        long records,
        long rows,
        long expectedRows,
        long files,
        List<String> notes,
        List<String> findings) {

    private static final int LISTED = 20;

    /** Keeps lists of its own. */
    public TableReport {
        notes = List.copyOf(notes);
        findings = List.copyOf(findings);
    }

    /** Whether table and ledger agree. */
    public boolean agrees() {
        return findings.isEmpty();
    }

    /** The report, a line for each thing that there is to say. */
    String text() {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "table     %s: %,d commits with %,d records, %,d files%s%s",
                table,
                commits,
                records,
                files,
                rows < 0 ? "" : String.format(Locale.ROOT, "; %,d rows", rows),
                expectedRows < 0
                        ? ""
                        : String.format(Locale.ROOT, ", %,d by its commits", expectedRows));
        list(text, notes);
        list(text, findings);
        return text.toString();
    }

    private static void list(StringBuilder text, List<String> lines) {
        lines.stream().limit(LISTED).forEach(each -> line(text, "  %s", each));
        if (lines.size() > LISTED) {
            line(text, "  … and %,d more", lines.size() - LISTED);
        }
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
