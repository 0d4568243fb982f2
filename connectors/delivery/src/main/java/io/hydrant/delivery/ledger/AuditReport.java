package io.hydrant.delivery.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * The result of comparing ledger and stream, and its text.
 *
 * @param shards one per shard, ordered by stream and shard
 * @param data what entries of delivered objects add up to
 * @param errors what entries of error objects add up to
 * @param dropped what entries of dropped records add up to
 * @param notFailed what entries of records add up to that a backup of failed ones leaves out
 * @param redriven what was read out of error objects and sent through again; all of it counts under
 *     errors, too, and what came of it under the others
 * @param staged what objects hold, or held, that wait for the destination behind them
 * @param waiting what those of them hold that it does not have yet
 * @param conflicts the first entries that contradict each other
 * @param unlistedConflicts contradictions behind those
 * @param lost the first stretches that passed the stream's retention before they were read
 * @param unlistedLost such stretches behind those
 */
public record AuditReport(
        List<ShardAudit> shards,
        KindTotal data,
        KindTotal errors,
        KindTotal dropped,
        KindTotal notFailed,
        KindTotal redriven,
        KindTotal staged,
        KindTotal waiting,
        List<String> conflicts,
        long unlistedConflicts,
        List<LostStretch> lost,
        long unlistedLost) {

    private static final int LISTED_GONE = 20;

    /** Keeps lists of its own. */
    public AuditReport {
        shards = List.copyOf(shards);
        conflicts = List.copyOf(conflicts);
        lost = List.copyOf(lost);
    }

    /**
     * Whether every record that the stream holds was delivered exactly once, none is pending or
     * waits for its destination, and none was lost before it was read.
     */
    public boolean complete() {
        return consistent() && pending() == 0 && waiting.records() == 0;
    }

    /** Whether nothing is missing, doubled or lost so far; records may be pending. */
    public boolean consistent() {
        return lost.isEmpty() && agrees();
    }

    private boolean agrees() {
        return conflicts.isEmpty() && shards.stream().allMatch(ShardAudit::consistent);
    }

    /**
     * Whether all that keeps it from being complete are records that no entry holds, also before
     * and between those that entries do hold: a delivery that runs has several objects open side by
     * side, and commits one before the other.
     */
    public boolean onlyUndelivered() {
        return !complete()
                && lost.isEmpty()
                && conflicts.isEmpty()
                && shards.stream()
                        .allMatch(shard -> shard.doubled() == 0 && shard.exchanged() == 0);
    }

    /** Records that the stream holds. */
    public long inStream() {
        return sum(ShardAudit::inStream);
    }

    /** Records that were certainly not delivered, pending ones not counted. */
    public long missing() {
        return sum(ShardAudit::missing);
    }

    /** Deliveries that were certainly one too many. */
    public long doubled() {
        return sum(ShardAudit::doubled);
    }

    /** Records that are not delivered yet. */
    public long pending() {
        return sum(ShardAudit::pending);
    }

    /** Records of the ledger that the stream no longer holds. */
    public long beyondRetention() {
        return sum(ShardAudit::beyondRetention);
    }

    /** The report as text: verdict, totals, then a line per shard with its disagreements. */
    public String text() {
        StringBuilder text = new StringBuilder();
        line(text, "%s", verdict());
        line(
                text,
                "stream    %,d records in %,d shards",
                inStream(),
                shards.stream().filter(shard -> shard.inStream() > 0).count());
        line(
                text,
                "delivered %,d records in %,d objects, %,d bytes stored, %,d before compression",
                data.records(),
                data.entries(),
                data.storedBytes(),
                data.uncompressedBytes());
        line(text, "errors    %,d records in %,d objects", errors.records(), errors.entries());
        line(text, "dropped   %,d records", dropped.records());
        if (notFailed.entries() > 0) {
            line(text, "left out  %,d records, which did not fail", notFailed.records());
        }
        if (redriven.entries() > 0) {
            line(
                    text,
                    "redriven  %,d records out of %,d error objects",
                    redriven.records(),
                    redriven.entries());
        }
        if (staged.entries() > 0) {
            line(
                    text,
                    "staged    %,d records in %,d objects, %,d of them wait for their table",
                    staged.records(),
                    staged.entries(),
                    waiting.records());
        }
        line(
                text,
                "missing %,d, doubled %,d, pending %,d, beyond retention %,d",
                missing(),
                doubled(),
                pending(),
                beyondRetention());
        lost.forEach(stretch -> line(text, "  %s", stretch));
        more(text, "  ", unlistedLost);
        conflicts.forEach(conflict -> line(text, "  %s", conflict));
        more(text, "  ", unlistedConflicts);
        shards.stream().filter(shard -> !isGone(shard)).forEach(shard -> append(shard, text));
        shards.stream()
                .filter(AuditReport::isGone)
                .limit(LISTED_GONE)
                .forEach(shard -> append(shard, text));
        more(
                text,
                "",
                Math.max(0, shards.stream().filter(AuditReport::isGone).count() - LISTED_GONE));
        return text.toString();
    }

    private String verdict() {
        if (complete()) {
            return "COMPLETE: every record of the stream was delivered exactly once";
        }
        if (!lost.isEmpty() && agrees()) {
            return "NOT COMPLETE: what the stream holds agrees with the ledger, but records passed its"
                    + " retention before they were read";
        }
        if (consistent() && pending() == 0) {
            return "PENDING: nothing is missing or doubled, but records wait in the bucket for their table";
        }
        return consistent()
                ? "PENDING: nothing is missing or doubled, but the newest records are not delivered yet"
                : "NOT COMPLETE: stream and ledger disagree";
    }

    /** Whether only the ledger knows it: a shard of the past, or an object of an archive. */
    private static boolean isGone(ShardAudit shard) {
        return shard.inStream() == 0 && shard.findings().isEmpty();
    }

    private static void append(ShardAudit shard, StringBuilder text) {
        line(
                text,
                "%s %s: %,d records, %,d accounted for%s%s",
                shard.stream(),
                shard.shard(),
                shard.inStream(),
                shard.accounted(),
                shard.pending() == 0
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                ", %,d pending since %s",
                                shard.pending(),
                                Instant.ofEpochMilli(shard.pendingSinceMillis())),
                shard.beyondRetention() == 0
                        ? ""
                        : String.format(
                                Locale.ROOT, ", %,d beyond retention", shard.beyondRetention()));
        shard.findings().forEach(finding -> line(text, "  %s", finding));
        more(text, "  ", shard.unlistedFindings());
    }

    private static void more(StringBuilder text, String indent, long unlisted) {
        if (unlisted > 0) {
            line(text, "%s… and %,d more", indent, unlisted);
        }
    }

    private static void line(StringBuilder text, String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }

    private long sum(ToLongFunction<ShardAudit> number) {
        return shards.stream().mapToLong(number).sum();
    }
}
