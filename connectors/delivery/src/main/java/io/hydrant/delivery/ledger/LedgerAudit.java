package io.hydrant.delivery.ledger;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Compares the ledger with the stream: which records are in no object, which in more than one.
 *
 * <p>Use: {@link #add} every ledger entry, then for every shard {@link #beginShard}, {@link
 * #record} for each of its records in order, {@link #endShard}; then {@link #report()}. The ledger
 * has to be read before the stream, or what is delivered in between looks doubled.
 *
 * <p>What was redriven is judged by itself: the error object accounts for its records in their
 * shard, and what a redrive made of them has to add up to what it read. See {@link EntryKind}.
 *
 * <p>What it proves: for every stretch of a shard that entries cover, the number of records and the
 * 64-bit sum over their identities are those of the stream. It breaks if entries are lost (their
 * records then show as gaps) and cannot see records that the stream no longer holds; those are
 * reported as beyond retention. In the stretch of which the stream holds only the end, entries that
 * reach beyond it can make up for as many losses or doubles as they hold records; its count is only
 * checked to lie between what that allows.
 *
 * <p>Where the source found that records had passed the retention before it read them, an entry
 * says so; the audit reports the stretch as lost, since the stream cannot show any more what was
 * there.
 *
 * <p>Memory grows with the entries, about a hundred bytes for each entry and each shard in it, and
 * never with the records. Not thread-safe.
 */
public final class LedgerAudit {

    static final int LISTED_CONFLICTS = 100;
    static final int LISTED_LOST = 100;

    private final EntryKind delivered;
    private final Map<ShardName, List<ShardTally>> tallies = new TreeMap<>();
    private final Map<UUID, Long> digests = new HashMap<>();
    private final Map<Long, UUID> objects = new HashMap<>();
    private final Map<EntryKind, KindTotal> totals = new EnumMap<>(EntryKind.class);
    private final RedriveAudit redrives = new RedriveAudit();
    private final List<String> conflicts = new ArrayList<>();
    private long unlistedConflicts;
    private final List<LostStretch> lost = new ArrayList<>();
    private long unlistedLost;

    private final Map<ShardName, ShardAudit> audits = new TreeMap<>();
    private ShardName walkedShard;
    private ShardWalk walk;

    /** An audit of the delivery that knows no entry yet; those of a backup are not its concern. */
    public LedgerAudit() {
        this(EntryKind.DATA);
    }

    private LedgerAudit(EntryKind delivered) {
        this.delivered = delivered;
        for (EntryKind kind : EntryKind.values()) {
            totals.put(kind, KindTotal.ZERO);
        }
    }

    /** An audit of the backup, which has nothing to do with the delivery's entries. */
    public static LedgerAudit ofBackup() {
        return new LedgerAudit(EntryKind.BACKUP);
    }

    /**
     * Takes an entry into account if it is the audit's concern; one that was added before, as a
     * retried commit writes it, changes nothing.
     */
    public void add(LedgerEntry entry) {
        requireNoShard();
        if (entry.kind() == EntryKind.BEGUN) {
            // Says where to begin, and of no record that it was delivered.
            return;
        }
        // What the stream had lost is in neither of the two.
        if (entry.kind() != EntryKind.LOST && entry.kind().isOfBackup() != delivered.isOfBackup()) {
            return;
        }
        long digest = digest(entry);
        Long known = digests.putIfAbsent(entry.id(), digest);
        if (known != null) {
            if (known != digest) {
                conflict("Two entries of id " + entry.id() + " have different content");
            }
            return;
        }
        redrives.add(entry);
        if (entry.object() != null && entry.kind() != EntryKind.REDRIVEN) {
            UUID other =
                    objects.putIfAbsent(IdentityFingerprint.ofText(entry.object()), entry.id());
            if (other != null) {
                conflict(
                        "Object "
                                + entry.object()
                                + " is claimed by two entries, "
                                + other
                                + " and "
                                + entry.id());
            }
        }
        totals.computeIfPresent(entry.kind(), (kind, total) -> total.plus(entry));
        if (entry.kind() == EntryKind.LOST) {
            lost(entry);
            return;
        }
        if (entry.kind() == EntryKind.REDRIVEN || entry.redrive() != null) {
            // The error object that they were read from accounts for them in their shard.
            return;
        }
        for (ShardTally tally : entry.shards()) {
            tallies.computeIfAbsent(
                            new ShardName(tally.stream(), tally.shard()), name -> new ArrayList<>())
                    .add(tally);
        }
    }

    /** Starts the walk along a shard. */
    public void beginShard(String stream, String shard) {
        requireNoShard();
        walkedShard = new ShardName(stream, shard);
        if (audits.containsKey(walkedShard)) {
            throw new IllegalStateException("Shard " + walkedShard + " was walked before");
        }
        walk = new ShardWalk(walkedShard, tallies.getOrDefault(walkedShard, List.of()));
    }

    /**
     * Takes the shard's next record.
     *
     * @throws IllegalArgumentException if it does not come behind the one before
     */
    public void record(String sequence, long subSequence, long arrivalMillis) {
        requireShard();
        walk.record(sequence, subSequence, arrivalMillis);
    }

    /** Ends the walk along the shard, at the end of what the stream holds of it. */
    public void endShard() {
        requireShard();
        audits.put(walkedShard, walk.end());
        tallies.remove(walkedShard);
        walk = null;
    }

    /**
     * The result. Shards that entries name and that were not walked count as beyond retention: the
     * stream no longer has them.
     */
    public AuditReport report() {
        requireNoShard();
        Map<ShardName, ShardAudit> all = new TreeMap<>(audits);
        tallies.forEach((name, ranges) -> all.put(name, new ShardWalk(name, ranges).end()));
        redrives.end(this::conflict);
        return new AuditReport(
                List.copyOf(all.values()),
                totals.get(delivered),
                totals.get(EntryKind.ERROR),
                totals.get(EntryKind.DROPPED),
                totals.get(EntryKind.NOT_FAILED),
                redrives.outOfErrorObjects(),
                totals.get(EntryKind.WAITING),
                redrives.waiting(),
                conflicts,
                unlistedConflicts,
                lost,
                unlistedLost);
    }

    private void lost(LedgerEntry entry) {
        for (ShardTally stretch : entry.shards()) {
            if (lost.size() < LISTED_LOST) {
                lost.add(LostStretch.of(entry, stretch));
            } else {
                unlistedLost++;
            }
        }
    }

    private void conflict(String description) {
        if (conflicts.size() < LISTED_CONFLICTS) {
            conflicts.add(description);
        } else {
            unlistedConflicts++;
        }
    }

    private void requireShard() {
        if (walk == null) {
            throw new IllegalStateException("No shard has begun");
        }
    }

    private void requireNoShard() {
        if (walk != null) {
            throw new IllegalStateException("Shard " + walkedShard + " has not ended");
        }
    }

    private static long digest(LedgerEntry entry) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        try {
            LedgerLine.write(entry, line);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return IdentityFingerprint.ofText(line.toString(StandardCharsets.UTF_8));
    }
}
