package io.hydrant.iceberg.sink;

import io.hydrant.core.retry.RetryClock;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.Disposition;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.delivery.redrive.PreparedCommits;
import io.hydrant.delivery.redrive.RedriveCommits;
import io.hydrant.delivery.redrive.SettledCheck;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Makes rows of the records of error objects, one object at a time, and commits them.
 *
 * <p>Once, because an object's commit and its mark get into the table in one transaction, and the
 * table is asked for the mark before and by it, see {@link RedriveMarks}. Not thread-safe.
 */
public final class RedrivenRows implements RedriveCommits, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedrivenRows.class);

    private static final int VERSION = 1;
    private static final TableCommitSerializer COMMITS = new TableCommitSerializer();

    private final TableRedrive redrive;
    private final RowJudge judge;
    private final Map<String, TableWriter> writers = new HashMap<>();
    private final Map<UUID, Set<String>> committed = new HashMap<>();

    RedrivenRows(TableRedrive redrive) {
        this.redrive = redrive;
        this.judge =
                new RowJudge(
                        redrive.config(),
                        new KnownTables(redrive.catalog(), redrive.config(), System::nanoTime),
                        System::nanoTime);
    }

    /**
     * Takes a record of the error object that is prepared next, where it is to be delivered.
     *
     * @return what became of it: the record itself, or one for the dead letter in its place, which
     *     it did not take
     */
    public DeliveryRecord write(DeliveryRecord record) throws IOException {
        if (record.disposition() != Disposition.DELIVER) {
            return record;
        }
        try {
            TableRow row = judge.judge(record);
            TableWriter writer = writers.get(row.table());
            if (writer == null) {
                writer = new TableWriter(row.table(), table(row.table()), redrive.config(), 0, 0);
                writers.put(row.table(), writer);
            }
            writer.write(row);
            return record;
        } catch (Refusal e) {
            return e.deadLetter(record);
        }
    }

    @Override
    public PreparedCommits prepare(UUID id) throws IOException {
        List<TableCommit> commits = new ArrayList<>();
        List<LedgerEntry> entries = new ArrayList<>();
        CommitMark mark = CommitHistory.ofRedrive(id);
        for (Map.Entry<String, TableWriter> each : new TreeMap<>(writers).entrySet()) {
            PendingCommit pending = new PendingCommit(each.getKey());
            each.getValue().complete().forEach(pending::add);
            writers.remove(each.getKey());
            entries.add(pending.entry(mark, redrive.deliveryStream(), redrive.configVersion()));
            commits.add(pending.commit(table(each.getKey()), mark, null));
        }
        return commits.isEmpty() ? null : new PreparedCommits(entries, serialize(commits));
    }

    @Override
    public void commit(UUID id, byte[] prepared, SettledCheck settled)
            throws IOException, InterruptedException {
        for (TableCommit each : deserialize(prepared)) {
            synchronized (redrive) {
                commit(each, settled);
            }
            committed.computeIfAbsent(id, key -> new TreeSet<>()).add(each.table());
            redrive.committed(each.table());
        }
    }

    private void commit(TableCommit commit, SettledCheck settled)
            throws IOException, InterruptedException {
        String commitId = redrive.config().commitId();
        Set<UUID> forgotten = redrive.settledIn(commit.table());
        RedriveMarks marks = new RedriveMarks(commitId, settled, forgotten);
        try {
            new TableCommits(
                            redrive.catalog(),
                            CommitHistory.redriveId(commitId),
                            ForkAction.FAIL,
                            redrive.config().commitRetryTimeout(),
                            RetryClock.SYSTEM,
                            marks)
                    .commit(List.of(commit));
            redrive.forgotten(commit.table(), forgotten);
        } catch (IOException e) {
            // Somebody else may have been faster, and have removed the lists of files behind it.
            if (marks.stateOf(commit.mark(), null, table(commit.table())) != CommitState.DONE) {
                throw e;
            }
        }
    }

    @Override
    public void settled(UUID id) {
        Set<String> tables = committed.remove(id);
        if (tables != null) {
            tables.forEach(table -> redrive.settled(table, id));
        }
    }

    @Override
    public void discard() throws IOException {
        for (TableWriter each : List.copyOf(writers.values())) {
            each.abort();
        }
        writers.clear();
    }

    @Override
    public void abandon(byte[] prepared) {
        try {
            for (TableCommit each : deserialize(prepared)) {
                StagedManifests.removeWithFiles(table(each.table()), each);
            }
        } catch (IOException | RuntimeException e) {
            LOG.info("Files that no table has are left: {}", e.toString());
        }
    }

    private Table table(String name) {
        return redrive.catalog().loadTable(TableIdentifier.parse(name));
    }

    private static byte[] serialize(List<TableCommit> commits) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(1024);
        out.writeByte(VERSION);
        out.writeInt(COMMITS.getVersion());
        out.writeInt(commits.size());
        for (TableCommit each : commits) {
            byte[] bytes = COMMITS.serialize(each);
            out.writeInt(bytes.length);
            out.write(bytes);
        }
        return out.getCopyOfBuffer();
    }

    private static List<TableCommit> deserialize(byte[] prepared) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(prepared);
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException(
                    "What a redrive is to commit to tables is of version "
                            + version
                            + " and this Hydrant knows "
                            + VERSION
                            + "; finish it with the newer one");
        }
        int commitVersion = in.readInt();
        int count = in.readInt();
        List<TableCommit> commits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[in.readInt()];
            in.readFully(bytes);
            commits.add(COMMITS.deserialize(commitVersion, bytes));
        }
        return commits;
    }

    @Override
    public void close() throws IOException {
        discard();
    }
}
