package io.hydrant.iceberg.audit;

import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.delivery.ledger.RecordPosition;
import io.hydrant.delivery.ledger.ShardTally;
import io.hydrant.iceberg.sink.CommitAddress;
import io.hydrant.iceberg.sink.RowTotal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Compares the commits of a ledger with what tables say of themselves.
 *
 * <p>Use: {@link #committed} every entry of a commit, then {@link TableReads#judge}. The ledger has
 * to be read before the tables: what is in it was in a table then.
 *
 * <p>What it proves: every commit of the ledger is in its table, or it is passed on to nobody, so
 * that its records are missing unless a later commit has them; the files of the table are there in
 * their sizes; and where rows are only ever added, there are as many as all commits added, which
 * the table carries on from commit to commit. Where rows replace one another by key their number
 * proves nothing. It cannot see that a row's values were changed by others, rows removed by one and
 * added by another, or, once snapshots have expired, which of the commits was left behind when a
 * table was rolled back; only that one was.
 */
public final class TableAudit {

    private final Map<String, List<LedgerEntry>> commits = new TreeMap<>();
    private final Set<UUID> known = new HashSet<>();

    /** An audit that knows no commit yet. */
    public TableAudit() {}

    /** Whether the entry is of a commit to a table. */
    public static boolean isCommit(LedgerEntry entry) {
        return CommitAddress.isOne(entry.object());
    }

    /** Takes a commit into account; one that was added before changes nothing. */
    public void committed(LedgerEntry entry) {
        if (known.add(entry.id())) {
            commits.computeIfAbsent(
                            CommitAddress.parse(entry.object()).table(), table -> new ArrayList<>())
                    .add(entry);
        }
    }

    /** Tables that commits went to. */
    Set<String> tables() {
        return Collections.unmodifiableSet(commits.keySet());
    }

    /**
     * Judges a table.
     *
     * @param countRows whether it must have the rows of its commits, and no others
     * @param held takes the entries of those commits that are in it
     */
    TableReport judge(TableFacts facts, boolean countRows, Consumer<LedgerEntry> held) {
        List<LedgerEntry> all = commits.getOrDefault(facts.table(), List.of());
        List<LedgerEntry> there = new ArrayList<>();
        List<LedgerEntry> gone = new ArrayList<>();
        for (LedgerEntry each : all) {
            (facts.holds(CommitAddress.parse(each.object()).point()) ? there : gone).add(each);
        }
        there.forEach(held);
        List<String> notes = new ArrayList<>();
        List<String> findings = new ArrayList<>();
        if (!facts.exists()) {
            findings.add(
                    format(
                            "%s is not in the catalog, and the ledger has %,d commits with %,d records to it",
                            facts.table(), all.size(), records(all)));
        } else {
            judgeGone(facts, gone, there, notes, findings);
            judgeTotal(facts, there, notes, findings);
            findings.addAll(facts.spoiltFiles());
            judgeRows(facts, countRows, notes, findings);
        }
        return new TableReport(
                facts.table(),
                there.size(),
                records(there),
                facts.rows(),
                facts.expectedRows(),
                facts.files(),
                notes,
                findings);
    }

    private static void judgeGone(
            TableFacts facts,
            List<LedgerEntry> gone,
            List<LedgerEntry> there,
            List<String> notes,
            List<String> findings) {
        Intervals delivered = new Intervals();
        there.stream().filter(each -> each.redrive() == null).forEach(delivered::add);
        List<LedgerEntry> again = new ArrayList<>();
        List<LedgerEntry> lost = new ArrayList<>();
        for (LedgerEntry each : gone) {
            // What was redriven lies between what was delivered in any case, and nobody repeats it.
            boolean isAgain = each.redrive() == null && delivered.reachOver(each);
            (isAgain ? again : lost).add(each);
        }
        if (!again.isEmpty()) {
            notes.add(
                    format(
                            "rolled back: %,d commits with %,d records are not in %s any more, and later ones cover what they held",
                            again.size(), records(again), facts.table()));
        }
        if (!lost.isEmpty()) {
            findings.add(
                    format(
                            "%,d commits with %,d records are in the ledger and not in %s, which was rolled back or made anew; the first is %s. Roll it forward to their snapshots, or replay what is missing",
                            lost.size(),
                            records(lost),
                            facts.table(),
                            CommitAddress.parse(lost.get(0).object()).text()));
        }
    }

    /** Finds what snapshots do not show any more. */
    private static void judgeTotal(
            TableFacts facts, List<LedgerEntry> there, List<String> notes, List<String> findings) {
        long byLedger = there.stream().mapToLong(LedgerEntry::lines).sum();
        long byTable = facts.own() == null ? 0 : facts.own().appended() + facts.own().byKey();
        if (byLedger > byTable) {
            findings.add(
                    format(
                            "%s holds commits with %,d rows by its own total, and the ledger has %,d: it was rolled back, and what came behind does not come from what was there",
                            facts.table(), byTable, byLedger));
        } else if (byLedger < byTable) {
            notes.add(
                    format(
                            "%,d rows were committed that the ledger does not have: since it was read, by a release that kept none, or while ledger.enabled was false",
                            byTable - byLedger));
        }
    }

    private static void judgeRows(
            TableFacts facts, boolean countRows, List<String> notes, List<String> findings) {
        if (!countRows) {
            return;
        }
        if (facts.expectedRows() == RowTotal.UNKNOWN) {
            if (facts.own() != null) {
                notes.add(
                        facts.own().byKey() > 0
                                ? "rows replace one another by key, so their number proves nothing"
                                : "how many rows it had before the first commit is not known, so their number proves nothing");
            }
        } else if (facts.rows() == RowTotal.UNKNOWN) {
            findings.add(
                    facts.table()
                            + " has rows deleted by key, by others, so they cannot be counted without reading them; give --read-back, or --ignore-row-count where that is meant"
                            + others(facts));
        } else if (facts.rows() != facts.expectedRows()) {
            long difference = facts.rows() - facts.expectedRows();
            findings.add(
                    format(
                                    "%s has %,d rows, %,d by its commits: %,d rows %s",
                                    facts.table(),
                                    facts.rows(),
                                    facts.expectedRows(),
                                    Math.abs(difference),
                                    difference > 0 ? "too many, doubled or of others" : "are lost")
                            + others(facts));
        }
    }

    private static String others(TableFacts facts) {
        return facts.foreign().isEmpty()
                ? ""
                : format(
                        "; others committed %s%s",
                        facts.foreign().get(0),
                        facts.foreign().size() == 1
                                ? ""
                                : format(" and %,d more", facts.foreign().size() - 1));
    }

    private static long records(List<LedgerEntry> entries) {
        return entries.stream().mapToLong(LedgerEntry::records).sum();
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** Stretches of shards that commits cover. */
    private static final class Intervals {

        private final Map<String, List<ShardTally>> byShard = new HashMap<>();

        void add(LedgerEntry entry) {
            for (ShardTally each : entry.shards()) {
                byShard.computeIfAbsent(name(each), shard -> new ArrayList<>()).add(each);
            }
        }

        /** Whether both ends of every stretch of the entry lie within some. */
        boolean reachOver(LedgerEntry entry) {
            return entry.shards().stream()
                    .allMatch(each -> reachOver(each, first(each)) && reachOver(each, last(each)));
        }

        private boolean reachOver(ShardTally tally, RecordPosition position) {
            return byShard.getOrDefault(name(tally), List.of()).stream()
                    .anyMatch(
                            each ->
                                    first(each).compareTo(position) <= 0
                                            && last(each).compareTo(position) >= 0);
        }

        private static RecordPosition first(ShardTally tally) {
            return new RecordPosition(tally.firstSequence(), tally.firstSubSequence());
        }

        private static RecordPosition last(ShardTally tally) {
            return new RecordPosition(tally.lastSequence(), tally.lastSubSequence());
        }

        private static String name(ShardTally tally) {
            return tally.stream() + '/' + tally.shard();
        }
    }
}
