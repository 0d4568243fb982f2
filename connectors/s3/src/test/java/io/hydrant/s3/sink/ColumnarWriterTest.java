package io.hydrant.s3.sink;

import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.ledger.EntryKind;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.s3.sink.WriterRig.Checkpoint;
import io.hydrant.s3.store.MemoryStore;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The writer where records become rows of columnar files. */
class ColumnarWriterTest {

    private static final int LARGE = 64 * 1024;

    @ParameterizedTest
    @ValueSource(strings = {"PARQUET", "ORC"})
    void objectsAreFilesUnderTheFormatsExtension(String format) throws Exception {
        try (WriterRig rig = rig("delivery.conversion.format", format)) {
            rig.write(Records.asJson(Records.record(1)), Records.asJson(Records.record(2)));
            rig.commit(rig.end());

            assertThat(rig.delivered.keys())
                    .singleElement()
                    .asString()
                    .endsWith(format.equals("ORC") ? ".orc" : ".parquet");
            assertThat(rig.delivered.identities()).containsExactly("0/1", "0/2");
            LedgerEntry entry = rig.delivered.ledger().get(0);
            assertThat(entry.records()).isEqualTo(2);
            assertThat(entry.uncompressedBytes())
                    .as("bytes as they came")
                    .isEqualTo(2L * Records.asJson(Records.record(1)).envelope().payloadLength());
        }
    }

    /** Records and bytes. */
    private static List<Long> counts(WriterRig rig, String name) {
        return Stream.of(".Records", ".Bytes")
                .map(kind -> rig.metrics.getCounter(name + kind).orElseThrow().getCount())
                .toList();
    }

    @Test
    void aRecordThatDoesNotFitGoesToTheDeadLetterAndNothingWaitsForIt() throws Exception {
        try (WriterRig rig =
                rig(
                        "delivery.conversion.table.name", "flights",
                        "delivery.conversion.table.database", "air",
                        "delivery.conversion.table.region", "eu-west-1",
                        "delivery.conversion.table.catalog-id", "123456789012")) {
            DeliveryRecord bad =
                    DeliveryRecord.deliver(
                            Records.envelope(0, 2, Records.START, "{\"id\": \"x\"} {\"id\":"));
            rig.write(Records.asJson(Records.record(1)), bad, Records.asJson(Records.record(3)));
            rig.commit(rig.end());

            assertThat(rig.delivered.identities()).containsExactly("0/1", "0/3");
            assertThat(counts(rig, "FailedConversion"))
                    .containsExactly(1L, (long) bad.envelope().payloadLength());
            assertThat(counts(rig, "SucceedConversion"))
                    .containsExactly(
                            2L, 2L * Records.asJson(Records.record(1)).envelope().payloadLength());
            LedgerEntry error =
                    rig.delivered.ledger().stream()
                            .filter(entry -> entry.kind() == EntryKind.ERROR)
                            .findFirst()
                            .orElseThrow();
            String key = rig.delivered.keyOf(error);
            assertThat(key).startsWith("format-conversion-failed/2023/").doesNotContain(".parquet");
            assertThat(new String(rig.delivered.content(key), StandardCharsets.UTF_8))
                    .contains("\"attemptsMade\":1,\"arrivalTimestamp\":" + Records.START)
                    .contains("\"lastErrorCode\":\"DataFormatConversion.ParseException\"")
                    .contains("\"lastErrorMessage\":\"Encountered malformed JSON. ")
                    .contains("\"rawData\":\"eyJpZCI6ICJ4In0geyJpZCI6\"")
                    .contains("\"sequenceNumber\":\"1000000002\",\"subSequenceNumber\":0")
                    .contains(
                            "\"dataCatalogTable\":{\"catalogId\":\"123456789012\",\"databaseName\":\"air\",\"tableName\":\"flights\","
                                    + "\"region\":\"eu-west-1\",\"versionId\":\"LATEST\",\"catalogArn\":\"arn:aws:glue:eu-west-1:123456789012:catalog\"}");
        }
    }

    @Test
    void whatIsOpenGoesOnFromItsSegmentsAndTheyAreRemovedOnceItIsCommitted() throws Exception {
        List<String> expected = new ArrayList<>();
        try (WriterRig first = rig()) {
            Checkpoint checkpoint = staged(first, expected);
            // What comes behind the checkpoint is forgotten with the task.
            writeLarge(first, 150, 20, new ArrayList<>());

            assertThat(checkpoint.committables()).isEmpty();
            assertThat(checkpoint.states())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            S3WriterState.OpenRows.class,
                            state -> {
                                assertThat(state.segments()).isNotEmpty();
                                assertThat(state.segments())
                                        .allMatch(segment -> segment.pending() == null);
                            });
            List<String> staged =
                    ((S3WriterState.OpenRows) checkpoint.states().get(0))
                            .segments().stream().map(S3WriterState.OpenRows.Staged::key).toList();
            assertThat(first.delivered.segments()).containsAll(staged);

            try (WriterRig second = first.restored(checkpoint.states())) {
                writeLarge(second, 150, 50, expected);
                second.commit(second.end());

                assertThat(second.delivered.identities()).containsExactlyElementsOf(expected);
                assertThat(second.delivered.segments()).doesNotContainAnyElementsOf(staged);
                assertThat(second.memory.unfinishedUploads()).isZero();
            }
        }
    }

    @Test
    void rowsThatNoCheckpointAskedForAreNotStaged() throws Exception {
        List<String> expected = new ArrayList<>();
        try (WriterRig rig = rig()) {
            writeLarge(rig, 0, 150, expected);
            assertThat(rig.uploader.inFlight()).isZero();
            assertThat(rig.budget.held())
                    .as("rows are counted as what they take")
                    .isGreaterThan(150L * LARGE);
            List<S3Committable> committables = rig.end();

            assertThat(rig.delivered.segments()).isEmpty();
            rig.commit(committables);
            assertThat(rig.delivered.identities()).containsExactlyElementsOf(expected);
            rig.checkpoint();
            assertThat(rig.budget.held()).isZero();
        }
    }

    @Test
    void rowsThatThereIsNoRoomForAreStagedInTheirOrder() throws Exception {
        List<String> expected = new ArrayList<>();
        try (WriterRig rig = rig("delivery.memory-budget", "16 mb")) {
            writeLarge(rig, 0, 300, expected);
            rig.uploader.awaitAll();
            assertThat(rig.delivered.segments()).isNotEmpty();
            Checkpoint checkpoint = rig.checkpoint();
            assertThat(checkpoint.committables()).isEmpty();

            try (WriterRig next = rig.restored(checkpoint.states())) {
                writeLarge(next, 300, 20, expected);
                next.commit(next.end());

                assertThat(next.delivered.identities()).containsExactlyElementsOf(expected);
            }
        }
    }

    @Test
    void rowsThatMakeRoomForOthersKeepTheirOrder() throws Exception {
        List<String> expected = new ArrayList<>();
        try (WriterRig rig = rig("delivery.memory-budget", "16 mb")) {
            writeLarge(rig, 0, 46, expected);
            for (int i = 0; i < 200; i++) {
                rig.write(Records.asJson(Records.large(1000 + i, LARGE)).in("p=" + i + "/"));
            }
            assertThat(rig.budget.peak()).isGreaterThan((16L << 20) / 10 * 9);
            writeLarge(rig, 46, 10, expected);
            rig.commit(rig.end());

            assertThat(rig.delivered.identities())
                    .hasSize(256)
                    .containsSubsequence(expected.subList(0, 46))
                    .containsSubsequence(expected.subList(46, 56));
        }
    }

    /** The rows that its file is written from are kept as they are meanwhile. */
    @Test
    void allRowsOfAFileThatIsNotDoneAreInTheCheckpoint() throws Exception {
        List<String> expected = new ArrayList<>();
        try (WriterRig first = rig("delivery.buffer.size", "4 mb")) {
            writeLarge(first, 0, 20, expected);
            Checkpoint compressed = first.checkpoint();
            assertThat(tailOf(compressed)).isPositive();
            // No mail is read that says that its file was written.
            while (first.uploader.inFlight() == 0) {
                writeLarge(first, expected.size(), 1, expected);
            }
            Checkpoint checkpoint = first.checkpoint();
            assertThat(checkpoint.committables()).isEmpty();
            assertThat(tailOf(checkpoint)).isGreaterThan(tailOf(compressed));

            try (WriterRig second = first.restored(checkpoint.states())) {
                second.commit(second.end());

                assertThat(second.delivered.identities()).containsExactlyElementsOf(expected);
            }
        }
    }

    private static int tailOf(Checkpoint checkpoint) {
        assertThat(checkpoint.states()).hasSize(1);
        return ((S3WriterState.OpenRows) checkpoint.states().get(0)).tail().length;
    }

    /** A checkpoint of rows that the one before has had staged. */
    private static Checkpoint staged(WriterRig rig, List<String> expected) throws Exception {
        writeLarge(rig, 0, 150, expected);
        rig.checkpoint();
        rig.uploader.awaitAll();
        return rig.checkpoint();
    }

    @Test
    void rowsThatAnOlderReleaseLeftGoOn() throws Exception {
        List<String> expected = new ArrayList<>();
        try (WriterRig first = rig()) {
            writeLarge(first, 0, 150, expected);
            S3WriterState.OpenRows state =
                    (S3WriterState.OpenRows) first.checkpoint().states().get(0);
            assertThat(state.tail()).isNotEmpty();
            List<S3WriterState.OpenRows.Staged> segments = new ArrayList<>();
            for (S3WriterState.OpenRows.Staged staged : state.segments()) {
                byte[] gzip = asVersion3(staged.pending());
                segments.add(new S3WriterState.OpenRows.Staged("old", gzip.length, gzip));
            }
            assertThat(segments).hasSize(1);
            S3WriterState old =
                    new S3WriterState.OpenRows(
                            state.group(),
                            state.openedAtMillis(),
                            state.format(),
                            state.columns(),
                            state.raw(),
                            asVersion3(state.tail()),
                            state.tally(),
                            state.uncompressedBytes(),
                            state.encodedBytes(),
                            segments);

            try (WriterRig second = first.restored(List.of(old))) {
                writeLarge(second, 150, 50, expected);
                second.commit(second.end());

                assertThat(second.delivered.identities()).containsExactlyElementsOf(expected);
            }
        }
    }

    /** Blocks of gzip, as they were up to version 3 of the writer's state. */
    private static byte[] asVersion3(byte[] blocks) throws Exception {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (InputStream rows = RowBlocks.content(blocks, blocks.length);
                GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            rows.transferTo(out);
        }
        return gzip.toByteArray();
    }

    @Test
    void aSegmentOnItsWayIsInTheCheckpointAndSentAgain() throws Exception {
        List<String> expected = new ArrayList<>();
        try (WriterRig first = rig()) {
            writeLarge(first, 0, 150, expected);
            // No mail has been read, so for the writer none has arrived.
            Checkpoint checkpoint = first.checkpoint();

            assertThat(checkpoint.states())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            S3WriterState.OpenRows.class,
                            state ->
                                    assertThat(state.segments())
                                            .isNotEmpty()
                                            .allMatch(segment -> segment.pending() != null));
            try (WriterRig second = first.restored(checkpoint.states())) {
                second.commit(second.end());

                assertThat(second.delivered.identities()).containsExactlyElementsOf(expected);
                assertThat(second.delivered.segments()).isEmpty();
            }
        }
    }

    @Test
    void anObjectWhoseFileIsNotDoneIsStillOpenForTheCheckpoint() throws Exception {
        try (WriterRig first = rig("delivery.buffer.size", "1 kb")) {
            List<String> expected = new ArrayList<>();
            writeLarge(first, 0, 1, expected);
            Checkpoint checkpoint = first.checkpoint();

            assertThat(checkpoint.committables()).isEmpty();
            assertThat(checkpoint.states()).hasSize(1);
            try (WriterRig second = first.restored(checkpoint.states())) {
                second.commit(second.end());
                assertThat(second.delivered.identities()).containsExactlyElementsOf(expected);
            }
        }
    }

    @Test
    void everyFileEndsWithTheCheckpointWhereThatIsAskedFor() throws Exception {
        try (WriterRig rig = rig("delivery.conversion.roll-on-checkpoint", "true")) {
            rig.write(Records.asJson(Records.record(1)));
            Checkpoint checkpoint = rig.checkpoint();

            assertThat(checkpoint.states()).isEmpty();
            rig.commit(checkpoint.committables());
            assertThat(rig.delivered.identities()).containsExactly("0/1");
        }
    }

    @Test
    void rowsAreFinishedForTheColumnsThatTheyWereMadeFor() throws Exception {
        try (WriterRig first = rig()) {
            first.write(Records.asJson(Records.record(1)));
            Checkpoint checkpoint = first.checkpoint();
            try (WriterRig second =
                    first.restored(
                            checkpoint.states(),
                            options(
                                    "delivery.conversion.columns",
                                    "struct<id:string,another:bigint>"))) {
                second.write(Records.asJson(Records.record(2)));
                second.commit(second.end());

                assertThat(second.delivered.keys()).hasSize(2);
                assertThat(second.delivered.identities()).containsExactlyInAnyOrder("0/1", "0/2");
            }
        }
    }

    @Test
    void conversionIsSwitchedOnAndOffAndToAnotherFormatOnARunningDelivery() throws Exception {
        try (WriterRig lines = WriterRig.with()) {
            lines.write(Records.record(1));
            List<S3WriterState> states = lines.checkpoint().states();
            try (WriterRig parquet = lines.restored(states, options())) {
                parquet.write(Records.asJson(Records.record(2)));
                Checkpoint second = parquet.checkpoint();
                parquet.commit(second.committables());
                try (WriterRig orc =
                        parquet.restored(
                                second.states(), options("delivery.conversion.format", "ORC"))) {
                    orc.write(Records.asJson(Records.record(3)));
                    orc.uploader.awaitAll();
                    Checkpoint third = orc.checkpoint();
                    orc.commit(third.committables());
                    try (WriterRig again = orc.restored(third.states(), "s3.bucket", "bucket")) {
                        again.write(Records.record(4));
                        again.commit(again.end());
                    }
                }
            }

            assertThat(lines.delivered.identities())
                    .containsExactlyInAnyOrder("0/1", "0/2", "0/3", "0/4");
            assertThat(lines.delivered.keys())
                    .extracting(key -> key.substring(key.lastIndexOf('.')))
                    .containsExactlyInAnyOrder(".gz", ".parquet", ".orc", ".gz");
        }
    }

    @Test
    void saysWhatToDoWhereASegmentIsGone() throws Exception {
        try (WriterRig first = rig()) {
            Checkpoint checkpoint = staged(first, new ArrayList<>());
            first.delivered.segments().forEach(key -> first.memory.delete("bucket", key));

            try (WriterRig second = first.restored(checkpoint.states())) {
                assertThatThrownBy(second::end)
                        .hasStackTraceContaining(
                                "The staged segment s3://bucket/_hydrant/segments/flights/")
                        .hasStackTraceContaining(
                                "Way out: restore the newest checkpoint or savepoint");
            }
        }
    }

    @Test
    void manyOpenPartitionsStayWithinTheMemoryBudget() throws Exception {
        try (WriterRig rig = rig("delivery.memory-budget", "16 mb")) {
            int partitions = 100;
            for (int round = 0; round < 3; round++) {
                for (int p = 0; p < partitions; p++) {
                    long index = (long) round * partitions + p;
                    rig.write(Records.asJson(Records.large(index, 80_000)).in("p=" + p + "/"));
                }
            }
            rig.commit(rig.end());

            assertThat(rig.budget.peak()).isLessThan(24L << 20);
            assertThat(rig.delivered.identities())
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.range(0, 3L * partitions)
                                    .mapToObj(i -> Records.identity(0, i))
                                    .toList());
        }
    }

    private static void writeLarge(WriterRig rig, int first, int count, List<String> expected)
            throws Exception {
        for (int i = first; i < first + count; i++) {
            rig.write(Records.asJson(Records.large(i, LARGE)));
            expected.add(Records.identity(0, i));
        }
    }

    private static WriterRig rig(String... options) {
        MemoryStore memory = new MemoryStore(Delivered.BUCKET);
        return new WriterRig(memory, memory, WriterRig.config(options(options)));
    }

    private static String[] options(String... more) {
        List<String> options =
                new ArrayList<>(
                        List.of(
                                "delivery.conversion.format", "PARQUET",
                                "delivery.conversion.columns", Records.COLUMNS,
                                "delivery.compression", "UNCOMPRESSED",
                                "delivery.buffer.size", "64 mb"));
        options.addAll(List.of(more));
        return options.toArray(String[]::new);
    }
}
