package io.hydrant.redshift;

import java.util.List;
import java.util.Locale;

/**
 * What of a delivery's staged objects is in the warehouse, and whether all adds up.
 *
 * @param table table that is loaded
 * @param loadedObjects staged objects that are loaded
 * @param loadedRecords records in them
 * @param refused records in them that the table did not take
 * @param replacedObjects staged objects that were loaded, whose rows a later delivery replaced
 * @param replacedRecords records in them
 * @param waitingObjects staged objects that wait in the queue of loads
 * @param waitingRecords records in them
 * @param unqueuedObjects staged objects that are neither loaded nor queued nor left out
 * @param unqueuedRecords records in them
 * @param ledgerRows rows of the table by its ledger, whoever staged them
 * @param tableRows rows in the table, -1 where they were not counted
 * @param findings the first disagreements, none of which time mends
 * @param unlisted disagreements behind those
 */
public record LoadReport(
        String table,
        long loadedObjects,
        long loadedRecords,
        long refused,
        long replacedObjects,
        long replacedRecords,
        long waitingObjects,
        long waitingRecords,
        long unqueuedObjects,
        long unqueuedRecords,
        long ledgerRows,
        long tableRows,
        List<String> findings,
        long unlisted) {

    /** Keeps its own copy. */
    public LoadReport {
        findings = List.copyOf(findings);
    }

    /** Whether every staged object is loaded, once, and all rows of it are there. */
    public boolean complete() {
        return onlyPending() && waitingObjects == 0;
    }

    /** Whether at most something waits to be loaded. */
    public boolean onlyPending() {
        return mayStillComplete() && unqueuedObjects == 0;
    }

    /** Whether a delivery that goes on may yet make it complete. */
    public boolean mayStillComplete() {
        return findings.isEmpty();
    }

    /** The report, a line for each thing that there is to say. */
    public String text() {
        StringBuilder text = new StringBuilder();
        if (complete()) {
            line(text, "LOADED: every staged object is in %s, exactly once", table);
        } else if (onlyPending()) {
            line(text, "PENDING: some of what is staged waits to be loaded into %s", table);
        } else {
            line(text, "NOT LOADED: what is staged and what is in %s differ", table);
        }
        line(
                text,
                "loaded    %,d staged objects with %,d records, of which %s refused %,d",
                loadedObjects,
                loadedRecords,
                table,
                refused);
        if (replacedObjects > 0) {
            line(
                    text,
                    "replaced  %,d staged objects with %,d records were loaded before all rows were replaced (redshift.load-mode)",
                    replacedObjects,
                    replacedRecords);
        }
        if (tableRows >= 0) {
            line(text, "table     %,d rows, %,d by its ledger", tableRows, ledgerRows);
        }
        if (waitingObjects > 0) {
            line(
                    text,
                    "waiting   %,d staged objects with %,d records are queued for a load",
                    waitingObjects,
                    waitingRecords);
        }
        if (unqueuedObjects > 0) {
            line(
                    text,
                    "MISSING   %,d staged objects with %,d records are neither loaded nor queued: the job queues them when it goes on from its checkpoint, if it died in between",
                    unqueuedObjects,
                    unqueuedRecords);
        }
        findings.forEach(finding -> text.append("  ").append(finding).append('\n'));
        if (unlisted > 0) {
            line(text, "  … and %,d more", unlisted);
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
