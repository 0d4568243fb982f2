package io.hydrant.s3.sink;

import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.conversion.schema.HiveType;
import io.hydrant.delivery.conversion.schema.HiveTypeParser;
import io.hydrant.delivery.ledger.EntryKind;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.s3.store.MemoryStore;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A table that changes while a writer runs. */
class TableWatchTest {

    private static final String OLD = "struct<id:string>";
    private static final String NEW = "struct<id:string,n:int>";
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    /** What the catalog answers; null where it cannot be asked. */
    private final Deque<String> answers = new ArrayDeque<>();

    @Test
    void recordsBehindAChangeGoToObjectsOfTheNewColumns() throws Exception {
        try (WriterRig rig = rig()) {
            rig.writer.follow(watch(rig));
            rig.write(record(1, "1"));
            answers.add(OLD);
            ask(rig);
            rig.write(record(2, "2"));
            answers.add(NEW);
            ask(rig);
            rig.write(record(3, "3"), record(4, "\"no number\""));
            rig.commit(rig.end());

            assertThat(data(rig)).extracting(LedgerEntry::records).containsExactly(2L, 1L);
            assertThat(rig.delivered.identities()).containsExactly("0/1", "0/2", "0/3");
            assertThat(rig.delivered.ledger())
                    .filteredOn(entry -> entry.kind() == EntryKind.ERROR)
                    .as("what does not fit the new column")
                    .singleElement()
                    .extracting(LedgerEntry::records)
                    .isEqualTo(1L);
        }
    }

    @Test
    void aCatalogThatCannotBeAskedChangesNothingAndIsAskedAgain() throws Exception {
        try (WriterRig rig = rig()) {
            rig.writer.follow(watch(rig));
            ask(rig);
            rig.write(record(1, "1"));
            answers.add(NEW);
            ask(rig);
            rig.write(record(2, "2"));
            rig.commit(rig.end());

            assertThat(data(rig)).hasSize(2);
        }
    }

    @Test
    void whatIsOpenForTheNewColumnsSurvivesARestoreIntoAJobThatStartsWithThem() throws Exception {
        try (WriterRig rig = rig()) {
            rig.writer.follow(watch(rig));
            rig.write(record(1, "1"));
            answers.add(NEW);
            ask(rig);
            rig.write(record(2, "2"));
            WriterRig.Checkpoint checkpoint = rig.checkpoint();
            rig.commit(checkpoint.committables());
            // As a task does that asks the catalog before it restores.
            try (WriterRig next = rig.restored(checkpoint.states(), options(NEW))) {
                next.write(record(3, "3"));
                next.commit(next.end());

                assertThat(next.delivered.identities()).containsExactly("0/1", "0/2", "0/3");
                assertThat(data(next))
                        .extracting(LedgerEntry::records)
                        .containsExactlyInAnyOrder(1L, 2L);
            }
        }
    }

    private static List<LedgerEntry> data(WriterRig rig) throws Exception {
        return rig.delivered.ledger().stream()
                .filter(entry -> entry.kind() == EntryKind.DATA)
                .toList();
    }

    private void ask(WriterRig rig) throws InterruptedException {
        rig.pass(INTERVAL.toMillis());
        rig.mailbox.yield();
    }

    private TableWatch watch(WriterRig rig) {
        return new TableWatch(this::answer, INTERVAL, rig.mailbox);
    }

    private HiveType.Struct answer() throws IOException {
        String answer = answers.poll();
        if (answer == null) {
            throw new IOException("The catalog is away");
        }
        return (HiveType.Struct) HiveTypeParser.parse(answer);
    }

    private static DeliveryRecord record(int index, String n) {
        return DeliveryRecord.deliver(
                Records.envelope(
                        0,
                        index,
                        Records.START,
                        "{\"id\":\"" + Records.identity(0, index) + "\",\"n\":" + n + "}"));
    }

    private static WriterRig rig() {
        MemoryStore memory = new MemoryStore(Delivered.BUCKET);
        return new WriterRig(memory, memory, WriterRig.config(options(OLD)));
    }

    private static String[] options(String columns) {
        return new String[] {
            "delivery.conversion.format", "PARQUET",
            "delivery.conversion.columns", columns,
            "delivery.compression", "UNCOMPRESSED",
            "delivery.buffer.size", "64 mb",
            "delivery.buffer.interval", "1 h"
        };
    }
}
