package io.hydrant.iceberg.sink;

import io.hydrant.delivery.ledger.EntryKind;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.delivery.ledger.LedgerTally;

import org.apache.iceberg.ContentFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.WriteResult;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;

/** What was written for a table since its last commit, by step. */
final class PendingCommit {

    private final String name;
    private final TreeMap<Integer, List<WriteResult>> steps = new TreeMap<>();
    private final LedgerTally tally = new LedgerTally();
    private long rows;

    PendingCommit(String name) {
        this.name = name;
    }

    void add(WrittenFiles written) {
        steps.computeIfAbsent(written.step(), step -> new ArrayList<>()).add(written.files());
        rows += written.rows();
        tally.merge(written.tally());
    }

    /** The commit, whose files are listed beside the table's own. */
    TableCommit commit(Table table, CommitMark mark, LedgerEntry entry) throws IOException {
        List<List<byte[]>> manifests = new ArrayList<>();
        for (List<WriteResult> step : steps.values()) {
            manifests.add(StagedManifests.write(table, step));
        }
        return new TableCommit(name, mark, rows, manifests, entry);
    }

    /** What the ledger is to say. Made before the commit, so that whoever repeats it has it. */
    LedgerEntry entry(CommitMark mark, String deliveryStream, String configVersion) {
        long bytes = 0;
        for (List<WriteResult> step : steps.values()) {
            for (WriteResult each : step) {
                bytes += bytes(each.dataFiles()) + bytes(each.deleteFiles());
            }
        }
        return LedgerEntry.ofObject(
                UUID.randomUUID(),
                EntryKind.DATA,
                new CommitAddress(name, mark.own()).toString(),
                bytes,
                bytes,
                tally,
                deliveryStream,
                configVersion);
    }

    private static long bytes(ContentFile<?>[] files) {
        return Arrays.stream(files).mapToLong(ContentFile::fileSizeInBytes).sum();
    }
}
