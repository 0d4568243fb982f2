package io.hydrant.launcher.redrive;

import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.Disposition;
import io.hydrant.launcher.failures.FailureTally;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a redrive has read, and what came of it. Thread-safe. */
final class RedriveReport {

    private static final int LISTED = 20;

    private final boolean dryRun;
    private final FailureTally failures = new FailureTally();
    private final List<String> unreadable = new ArrayList<>();
    private long finishedBefore;
    private long objects;
    private long skipped;
    private long records;
    private long delivered;
    private long failed;
    private long dropped;

    /**
     * A report.
     *
     * @param dryRun whether nothing is delivered
     */
    RedriveReport(boolean dryRun) {
        this.dryRun = dryRun;
    }

    /** What came of one error object, until it is certain that it counts. */
    static final class OfObject {

        private final FailureTally failures = new FailureTally();
        private long records;
        private long delivered;
        private long failed;
        private long dropped;

        /** Counts a record by what came of it and its parts. */
        void count(List<DeliveryRecord> judged) {
            records++;
            boolean anyFailed = false;
            boolean anyDelivered = false;
            for (DeliveryRecord each : judged) {
                anyDelivered |= each.disposition() == Disposition.DELIVER;
                if (each.failure() != null) {
                    anyFailed = true;
                    failures.count(each.failure().code(), each.failure().message());
                }
            }
            if (anyFailed) {
                failed++;
            } else if (anyDelivered) {
                delivered++;
            } else {
                dropped++;
            }
        }
    }

    synchronized void finished(long errorObjects) {
        finishedBefore += errorObjects;
    }

    synchronized void redriven(OfObject object) {
        objects++;
        records += object.records;
        delivered += object.delivered;
        failed += object.failed;
        dropped += object.dropped;
        failures.add(object.failures);
    }

    synchronized void skipped() {
        skipped++;
    }

    synchronized void unreadable(String reason) {
        unreadable.add(reason);
    }

    /** Whether every record that was found is delivered or dropped. */
    synchronized boolean isClean() {
        return failed == 0 && unreadable.isEmpty();
    }

    synchronized String text() {
        StringBuilder text = new StringBuilder();
        if (finishedBefore > 0) {
            line(
                    text,
                    "finished  %,d error objects of a redrive that had ended halfway",
                    finishedBefore);
        }
        line(
                text,
                "objects   %,d %s, %,d skipped because redriven before, %,d unreadable",
                objects,
                dryRun ? "read" : "redriven",
                skipped,
                unreadable.size());
        line(
                text,
                dryRun
                        ? "records   %,d read: %,d would be delivered, %,d fail again, %,d be dropped"
                        : "records   %,d read: %,d delivered, %,d failed again, %,d dropped",
                records,
                delivered,
                failed,
                dropped);
        List<String> reasons = failures.lines();
        reasons.stream().limit(LISTED).forEach(each -> line(text, "  %s", each));
        more(text, reasons.size());
        unreadable.stream().limit(LISTED).forEach(each -> line(text, "  unreadable: %s", each));
        more(text, unreadable.size());
        if (!unreadable.isEmpty()) {
            line(
                    text,
                    "  nothing went through of those that are error objects: put a mended copy beside each, and redrive again");
        }
        if (dryRun) {
            line(text, "dry run: nothing was written");
        }
        return text.toString();
    }

    private static void more(StringBuilder text, int size) {
        if (size > LISTED) {
            line(text, "  … and %,d more", size - LISTED);
        }
    }

    private static void line(StringBuilder text, String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}
