package io.hydrant.s3.sink;

import io.hydrant.core.record.LostRange;
import io.hydrant.core.record.ReadingBegin;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.RouteText;
import io.hydrant.delivery.deadletter.ErrorOutputType;
import io.hydrant.delivery.ledger.EntryKind;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.s3.store.MemoryStore;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

class S3WriterTest {

    @Test
    void deliversNothingBeforeTheBufferHintsSaySo() throws Exception {
        try (WriterRig rig = WriterRig.with()) {
            rig.write(Records.record(1));

            WriterRig.Checkpoint checkpoint = rig.checkpoint();

            assertThat(checkpoint.committables()).isEmpty();
            assertThat(checkpoint.states()).hasSize(1);
        }
    }

    @Test
    void rollsAtTheIntervalAndCommitsWithTheCheckpointAfterIt() throws Exception {
        try (WriterRig rig = WriterRig.with("delivery.buffer.interval", "60 s")) {
            rig.write(Records.record(1), Records.record(2));
            rig.pass(59_999);
            assertThat(rig.checkpoint().committables()).isEmpty();

            rig.pass(1);
            rig.write(Records.record(3));
            rig.commit(rig.checkpoint().committables());

            assertThat(rig.delivered.identities()).containsExactly("0/1", "0/2");
            assertThat(rig.delivered.keys())
                    .singleElement()
                    .asString()
                    .matches(
                            "2023/11/14/22/flights-1-2023-11-14-22-13-20-[0-9a-f]{8}-[0-9a-f-]{27}\\.gz");

            rig.pass(60_000);
            rig.commit(rig.checkpoint().committables());
            assertThat(rig.delivered.identities()).containsExactly("0/1", "0/2", "0/3");
        }
    }

    @Test
    void rollsAtTheSizeBeforeCompression() throws Exception {
        try (WriterRig rig = WriterRig.with("delivery.buffer.size", "1000 b")) {
            for (int i = 0; i < 400; i++) {
                rig.write(Records.record(i));
            }
            rig.commit(rig.checkpoint().committables());

            assertThat(rig.delivered.ledger())
                    .isNotEmpty()
                    .allSatisfy(
                            entry -> assertThat(entry.uncompressedBytes()).isBetween(1000L, 1005L));
        }
    }

    @Test
    void deliversEverythingWithEveryCheckpointWhereTheIntervalIsZero() throws Exception {
        try (WriterRig rig = WriterRig.with("delivery.buffer.interval", "0 s")) {
            rig.write(Records.record(1));
            rig.pass(100_000);
            rig.write(Records.record(2));

            rig.commit(rig.checkpoint().committables());

            assertThat(rig.delivered.keys()).hasSize(1);
            assertThat(rig.delivered.identities()).containsExactly("0/1", "0/2");
        }
    }

    @Test
    void deliversWhatIsOpenAtTheEndOfTheInput() throws Exception {
        try (WriterRig rig = WriterRig.with()) {
            rig.write(Records.record(1));

            rig.commit(rig.end());

            assertThat(rig.delivered.identities()).containsExactly("0/1");
            assertThat(rig.budget.held()).isLessThan(1000);
        }
    }

    @Test
    void uploadsPartsOfAnObjectThatOutgrowsThem() throws Exception {
        try (WriterRig rig =
                WriterRig.with("delivery.buffer.size", "20 mb", "s3.upload-threads", "3")) {
            for (int i = 0; i < 18; i++) {
                rig.write(Records.large(i, 1024 * 1024));
            }
            assertThat(rig.uploader.inFlight()).isEqualTo(3);
            rig.uploader.awaitAll();
            assertThat(rig.memory.partsUploaded()).isEqualTo(3);
            assertThat(rig.delivered.keys()).isEmpty();

            rig.commit(rig.end());

            assertThat(rig.delivered.keys()).hasSize(1);
            assertThat(rig.memory.puts()).as("the ledger's only").isEqualTo(1);
            assertThat(rig.memory.unfinishedUploads()).isZero();
            assertThat(rig.delivered.identities())
                    .containsExactlyElementsOf(
                            IntStream.range(0, 18).mapToObj(i -> "0/" + i).toList());
            assertThat(rig.delivered.ledger())
                    .singleElement()
                    .satisfies(
                            entry ->
                                    assertThat(entry.storedBytes())
                                            .isEqualTo(
                                                    rig.memory.content(
                                                                    Delivered.BUCKET,
                                                                    rig.delivered.keyOf(entry))
                                                            .length));
        }
    }

    @Test
    void anObjectWithPartsOnTheirWayIsHandedOverWithTheNextCheckpoint() throws Exception {
        try (WriterRig rig = WriterRig.with("delivery.buffer.size", "8 mb")) {
            for (int i = 0; i < 9; i++) {
                rig.write(Records.large(i, 1024 * 1024));
            }
            // Parts have arrived at the store, perhaps, but their mail was not handled yet.
            WriterRig.Checkpoint first = rig.checkpoint();
            assertThat(first.committables()).isEmpty();
            assertThat(first.states())
                    .hasAtLeastOneElementOfType(S3WriterState.Rolled.class)
                    .hasSize(2);

            rig.uploader.awaitAll();
            rig.commit(rig.checkpoint().committables());

            assertThat(rig.delivered.identities())
                    .containsExactlyElementsOf(
                            IntStream.range(0, 8).mapToObj(i -> "0/" + i).toList());
        }
    }

    @Test
    void failsTheTaskWhateverEndsAnUpload() throws Exception {
        MemoryStore memory = new MemoryStore(Delivered.BUCKET);
        FaultyStore broken =
                new FaultyStore(memory, FaultyStore.Fault.breaking(FaultyStore.Call.PART));
        try (WriterRig rig =
                new WriterRig(memory, broken, WriterRig.config("delivery.buffer.size", "20 mb"))) {
            for (int i = 0; i < 6; i++) {
                rig.write(Records.large(i, 1024 * 1024));
            }

            assertThatThrownBy(rig.uploader::awaitAll)
                    .isInstanceOf(NoClassDefFoundError.class)
                    .hasMessage("Injected");
        }
    }

    @Test
    void neverPutsAnOlderRecordUnderANameThatIsFixed() throws Exception {
        try (WriterRig rig = WriterRig.with("delivery.buffer.size", "100 mb")) {
            for (int i = 0; i < 6; i++) {
                rig.write(Records.large(1, i, Records.START + 3_600_000L, 1024 * 1024));
            }
            rig.write(Records.record(2, 0, Records.START));

            rig.commit(rig.end());

            assertThat(rig.delivered.keys()).hasSize(2);
            assertThat(rig.delivered.identitiesIn(rig.delivered.keys().get(0)))
                    .containsExactly("2/0");
            assertThat(rig.delivered.keys().get(0)).startsWith("2023/11/14/22/");
            assertThat(rig.delivered.keys().get(1)).startsWith("2023/11/14/23/");
        }
    }

    @Test
    void namesAnObjectForItsOldestRecordWhicheverCameFirst() throws Exception {
        try (WriterRig rig = WriterRig.with()) {
            rig.write(Records.record(1, 0, Records.START + 3_600_000L));
            rig.write(Records.record(2, 0, Records.START));

            rig.commit(rig.end());

            assertThat(rig.delivered.keys())
                    .singleElement()
                    .asString()
                    .startsWith("2023/11/14/22/flights-1-2023-11-14-22-13-20-");
        }
    }

    @Test
    void keepsRecordsUnderTheirOwnPrefixWhereAskedTo() throws Exception {
        try (WriterRig rig = WriterRig.with("delivery.partition.time", "RECORD")) {
            for (int i = 0; i < 10; i++) {
                rig.write(Records.record(0, i, Records.START + i % 2 * 3_600_000L));
            }

            rig.commit(rig.end());

            assertThat(rig.delivered.keys()).hasSize(2);
            assertThat(rig.delivered.identitiesIn(rig.delivered.keys().get(0)))
                    .containsExactly("0/0", "0/2", "0/4", "0/6", "0/8");
            assertThat(rig.delivered.keys().get(0)).startsWith("2023/11/14/22/");
            assertThat(rig.delivered.keys().get(1)).startsWith("2023/11/14/23/");
        }
    }

    @Test
    void writesDeadLettersUnderTheirKindsOwnPrefix() throws Exception {
        try (WriterRig rig = WriterRig.with()) {
            rig.write(
                    Records.record(1),
                    Records.deadLetter(2, ErrorOutputType.PROCESSING_FAILED),
                    Records.deadLetter(3, ErrorOutputType.FORMAT_CONVERSION_FAILED),
                    Records.deadLetter(4, ErrorOutputType.PROCESSING_FAILED));

            rig.commit(rig.end());

            assertThat(rig.delivered.identities()).containsExactly("0/1");
            List<String> keys = rig.delivered.keys();
            assertThat(keys).hasSize(3);
            assertThat(keys.get(1)).startsWith("format-conversion-failed/2023/11/14/22/flights-1-");
            assertThat(rig.delivered.lines(keys.get(2)))
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line).contains("\"errorMessage\":\"no good\""));
            assertThat(rig.delivered.ledger())
                    .extracting(LedgerEntry::kind, LedgerEntry::records)
                    .contains(tuple(EntryKind.ERROR, 2L), tuple(EntryKind.ERROR, 1L));
        }
    }

    @Test
    void writesDeadLettersUnderAnErrorPrefixOfTheirOwnWithTheTableThatWasChosen() throws Exception {
        DeliveryRecord refused = Records.deadLetter(1, ErrorOutputType.ICEBERG_FAILED);
        DeliveryRecord ofTable =
                new DeliveryRecord(
                        refused.envelope(),
                        refused.disposition(),
                        refused.failure().under("orders/!{firehose:error-output-type}/"),
                        refused.part(),
                        RouteText.of(Map.of("destinationTableName", "orders")));
        try (WriterRig rig = WriterRig.with()) {
            rig.write(ofTable, Records.deadLetter(2, ErrorOutputType.ICEBERG_FAILED), ofTable);

            rig.commit(rig.end());

            List<String> keys = rig.delivered.keys();
            assertThat(keys).hasSize(2);
            assertThat(keys.get(0)).startsWith("iceberg-failed/2023/");
            assertThat(rig.delivered.lines(keys.get(0)))
                    .singleElement()
                    .asString()
                    .doesNotContain("otfMetadata");
            assertThat(keys.get(1)).startsWith("orders/iceberg-failed/");
            assertThat(rig.delivered.lines(keys.get(1)))
                    .hasSize(2)
                    .allSatisfy(
                            line ->
                                    assertThat(line)
                                            .contains(
                                                    "\"otfMetadata\":{\"destinationTableName\":\"orders\"}"));
        }
    }

    @Test
    void accountsForDroppedRecordsWithoutAnObject() throws Exception {
        try (WriterRig rig = WriterRig.with()) {
            rig.write(Records.dropped(1), Records.dropped(2));

            rig.commit(rig.checkpoint().committables());

            assertThat(rig.delivered.keys()).isEmpty();
            assertThat(rig.delivered.ledger())
                    .singleElement()
                    .satisfies(
                            entry -> {
                                assertThat(entry.kind()).isEqualTo(EntryKind.DROPPED);
                                assertThat(entry.records()).isEqualTo(2);
                            });
            assertThat(rig.checkpoint().committables()).isEmpty();
        }
    }

    @Test
    void writesALossIntoTheLedgerOnceAndNowhereElse() throws Exception {
        LostRange lost = new LostRange("flights", "0", "1", 0, "7", 1_000, Records.START, false);
        try (WriterRig rig = WriterRig.with()) {
            rig.write(DeliveryRecord.lost(lost.marker()));

            rig.commit(rig.checkpoint().committables());

            assertThat(rig.delivered.keys()).isEmpty();
            assertThat(rig.delivered.ledger())
                    .singleElement()
                    .satisfies(
                            entry ->
                                    assertThat(entry)
                                            .isEqualTo(
                                                    LedgerEntry.ofLost(
                                                            entry.id(), lost, "flights", "1")));
            assertThat(rig.checkpoint().committables()).isEmpty();
        }
    }

    @Test
    void writesWhereReadingBeganIntoTheLedgerInOneLineAndOnce() throws Exception {
        List<ReadingBegin> begins =
                List.of(
                        new ReadingBegin("flights", "0", "7", 0, 1_000),
                        new ReadingBegin("flights", "1", "3", 2, 1_000));
        try (WriterRig rig = WriterRig.with()) {
            for (ReadingBegin begin : begins) {
                rig.write(DeliveryRecord.begun(begin.marker()));
            }

            rig.commit(rig.checkpoint().committables());

            assertThat(rig.delivered.keys()).isEmpty();
            assertThat(rig.delivered.ledger())
                    .singleElement()
                    .satisfies(
                            entry ->
                                    assertThat(entry)
                                            .isEqualTo(
                                                    LedgerEntry.ofBegun(
                                                            entry.id(), begins, "flights", "1")));
            assertThat(rig.checkpoint().committables()).isEmpty();
        }
    }

    @Test
    void deliversEmptyRecords() throws Exception {
        try (WriterRig rig = WriterRig.with("delivery.append-newline", "false")) {
            rig.write(DeliveryRecord.deliver(Records.envelope(0, 1, Records.START, "")));

            rig.commit(rig.end());

            assertThat(rig.delivered.ledger())
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.records()).isEqualTo(1));
            assertThat(rig.delivered.lines(rig.delivered.keys().get(0))).isEmpty();
        }
    }
}
