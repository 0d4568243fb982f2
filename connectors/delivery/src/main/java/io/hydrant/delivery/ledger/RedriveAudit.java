package io.hydrant.delivery.ledger;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Compares what redrives read out of error objects with what came of it: as many records, with the
 * same sum over their identities; and with what the error object holds, where the ledger knows it.
 *
 * <p>Memory grows with error objects and redrives.
 */
final class RedriveAudit {

    private final Map<UUID, Balance> balances = new TreeMap<>();
    private final Map<Long, Long> linesOfErrorObjects = new HashMap<>();
    private final Map<Long, LedgerEntry> waiting = new HashMap<>();

    /** Records as a count and a sum of fingerprints. */
    private static final class Sum {

        private long records;
        private long fingerprint;

        private void add(LedgerEntry entry) {
            records += entry.records();
            entry.shards().forEach(shard -> fingerprint += shard.fingerprint());
        }

        private boolean equalsSum(Sum other) {
            return records == other.records && fingerprint == other.fingerprint;
        }
    }

    private static final class Balance {

        private LedgerEntry settlement;
        private final Sum read = new Sum();
        private final Sum made = new Sum();
    }

    /** Takes an entry into account, once each. */
    void add(LedgerEntry entry) {
        if (entry.kind() == EntryKind.REDRIVEN) {
            Balance balance = balanceOf(entry.id());
            balance.settlement = entry;
            balance.read.add(entry);
            return;
        }
        if (entry.kind() == EntryKind.ERROR || entry.kind() == EntryKind.WAITING) {
            long object = IdentityFingerprint.ofText(entry.object());
            linesOfErrorObjects.put(object, entry.lines());
            if (entry.kind() == EntryKind.WAITING) {
                waiting.put(object, entry);
            }
        }
        if (entry.redrive() != null) {
            balanceOf(entry.redrive()).made.add(entry);
        }
    }

    private Balance balanceOf(UUID redrive) {
        return balances.computeIfAbsent(redrive, id -> new Balance());
    }

    /** What waits in objects that nothing says was put into the destination. */
    KindTotal waiting() {
        Map<Long, LedgerEntry> left = new HashMap<>(waiting);
        for (Balance balance : balances.values()) {
            if (balance.settlement != null) {
                left.remove(IdentityFingerprint.ofText(balance.settlement.object()));
            }
        }
        return total(left.values());
    }

    /** What was read out of error objects; what had waited is none of that. */
    KindTotal outOfErrorObjects() {
        return total(
                balances.values().stream()
                        .map(balance -> balance.settlement)
                        .filter(Objects::nonNull)
                        .filter(
                                each ->
                                        !waiting.containsKey(
                                                IdentityFingerprint.ofText(each.object())))
                        .toList());
    }

    private static KindTotal total(Collection<LedgerEntry> entries) {
        KindTotal total = KindTotal.ZERO;
        for (LedgerEntry each : entries) {
            total = total.plus(each);
        }
        return total;
    }

    /** Says what does not add up. */
    void end(Consumer<String> conflicts) {
        balances.forEach(
                (id, balance) -> {
                    if (balance.settlement == null) {
                        conflicts.accept(
                                "Redrive "
                                        + id
                                        + " delivered "
                                        + balance.made.records
                                        + " records, and no entry says what they were read from");
                        return;
                    }
                    requireAllMade(balance, conflicts);
                    requireAllRead(balance.settlement, conflicts);
                });
    }

    private static void requireAllMade(Balance balance, Consumer<String> conflicts) {
        if (!balance.made.equalsSum(balance.read)) {
            conflicts.accept(
                    "Of the "
                            + balance.read.records
                            + " records redriven from "
                            + balance.settlement.object()
                            + " entries hold "
                            + balance.made.records
                            + (balance.made.records == balance.read.records
                                    ? ", but not the same ones"
                                    : ""));
        }
    }

    private void requireAllRead(LedgerEntry settlement, Consumer<String> conflicts) {
        Long lines = linesOfErrorObjects.get(IdentityFingerprint.ofText(settlement.object()));
        if (lines != null && lines != settlement.lines()) {
            conflicts.accept(
                    settlement.object()
                            + " holds "
                            + lines
                            + " records by its entry, and "
                            + settlement.lines()
                            + " were redriven from it");
        }
    }
}
