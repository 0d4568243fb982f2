package io.hydrant.s3.sink;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.conversion.columnar.ColumnarFormat;
import io.hydrant.delivery.deadletter.ErrorOutputType;
import io.hydrant.delivery.format.BlockCodec;
import io.hydrant.delivery.format.Compression;
import io.hydrant.delivery.format.CompressionLevel;
import io.hydrant.delivery.ledger.LedgerTally;
import io.hydrant.s3.store.UploadedPart;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The bytes of version 1 lie under src/test/resources; savepoints in the field hold such bytes. */
class StateSerializersTest {

    private static final byte[] TAIL = {1, 2, 3, -4};
    private static final String ROWS = "rows laid end to end, rows laid end to end";

    private final S3CommittableSerializer committables = new S3CommittableSerializer();
    private final S3WriterStateSerializer states = new S3WriterStateSerializer();

    @Test
    void readsACommittableOfVersionOne() throws IOException {
        assertSame(committables.deserialize(1, golden("committable-upload")), upload());
        assertSame(committables.deserialize(1, golden("committable-one-piece")), onePiece());
        assertSame(committables.deserialize(1, golden("committable-ledger-only")), ledgerOnly());
    }

    @Test
    void readsTheSegmentsOfACommittableSinceVersionTwo() throws IOException {
        S3Committable staged = upload().replacing(List.of("_hydrant/segments/a", "b"));

        assertSame(committables.deserialize(2, golden2("committable-segments")), staged);
    }

    @Test
    void writesCommittablesAsVersionThreeWhichAddsBundles() throws IOException {
        S3Committable staged = upload().replacing(List.of("_hydrant/segments/a", "b"));
        S3Committable bundled =
                S3Committable.bundled(
                        LedgerSamples.data(5),
                        "bucket",
                        "key",
                        new S3Committable.Bundled("_hydrant/segments/c", 4711, 12));

        assertThat(committables.getVersion()).isEqualTo(3);
        assertThat(committables.serialize(bundled))
                .isEqualTo(golden("/state-v3/", "committable-bundled"));
        assertSame(
                committables.deserialize(3, golden("/state-v3/", "committable-bundled")), bundled);
        assertThat(committables.serialize(staged))
                .startsWith(golden2("committable-segments"))
                .endsWith(0);
        assertThat(committables.serialize(onePiece()))
                .startsWith(golden("committable-one-piece"))
                .endsWith(0, 0, 0, 0, 0);
        assertThat(committables.serialize(ledgerOnly()))
                .startsWith(golden("committable-ledger-only"))
                .endsWith(0, 0, 0, 0, 0);
    }

    @Test
    void readsAnOpenObjectOfVersionOne() throws IOException {
        assertOpen(states.deserialize(1, golden("writer-open")), open());
        assertOpen(states.deserialize(1, golden("writer-open-small")), openSmall());
    }

    @Test
    void readsARolledObjectOfVersionOne() throws IOException {
        S3WriterState.Rolled read =
                (S3WriterState.Rolled) states.deserialize(1, golden("writer-rolled"));

        assertThat(read.entry()).isEqualTo(rolled().entry());
        assertThat(read.tail()).isEqualTo(TAIL);
        assertUpload(read.upload(), rolled().upload());
    }

    @Test
    void writesRowsAndSegmentsSinceVersionTwo() throws IOException {
        assertThat(states.serialize(openRows())).isEqualTo(golden2("writer-open-rows"));
        S3WriterState.OpenRows read =
                (S3WriterState.OpenRows) states.deserialize(2, golden2("writer-open-rows"));
        assertThat(read).usingRecursiveComparison().ignoringFields("tally").isEqualTo(openRows());
        assertThat(read.tally().shards()).isEqualTo(openRows().tally().shards());

        S3WriterState.Rolled rolled =
                new S3WriterState.Rolled(LedgerSamples.data(4), uploadState(), TAIL, List.of("s"));
        assertThat(states.serialize(rolled)).isEqualTo(golden2("writer-rolled"));
        assertThat(((S3WriterState.Rolled) states.deserialize(2, golden2("writer-rolled"))))
                .usingRecursiveComparison()
                .isEqualTo(rolled);
    }

    /** How it is compressed depends on the machine; what comes out does not. */
    @Test
    void readsPacksSinceVersionThree() throws IOException {
        S3WriterState read = states.deserialize(3, golden("/state-v3/", "writer-packed"));

        List<S3WriterState> unpacked = StatePacks.unpacked(List.of(read, rolled()));
        assertThat(unpacked).hasSize(4);
        assertOpen(unpacked.get(0), open());
        assertOpen(unpacked.get(1), openSmall());
        assertThat(unpacked.get(2))
                .usingRecursiveComparison()
                .ignoringFields("tally")
                .isEqualTo(openRows());
        assertThat(unpacked.get(3)).isInstanceOf(S3WriterState.Rolled.class);

        S3WriterState.Packed again =
                (S3WriterState.Packed) states.deserialize(3, states.serialize(read));
        assertThat(again.version()).isEqualTo(3);
        assertThat(again.bytes()).isEqualTo(((S3WriterState.Packed) read).bytes());
    }

    /** How they are compressed depends on the library; what comes out does not. */
    @Test
    void keepsRowsAsZstandardSinceVersionFour() throws IOException {
        assertThat(states.getVersion()).isEqualTo(4);
        S3WriterState.OpenRows read =
                (S3WriterState.OpenRows)
                        states.deserialize(4, golden("/state-v4/", "writer-open-rows"));

        assertThat(content(read.tail())).isEqualTo(ROWS);
        assertThat(content(read.segments().get(1).pending())).isEqualTo(ROWS);
        try (FastCodec codec = RowBlocks.codec()) {
            assertThat(RowBlocks.renewed(read.tail(), codec)).isSameAs(read.tail());
        }
    }

    @Test
    void readsRowsOfOlderVersionsAndRenewsThem() throws IOException {
        GrowingBytes gzip = new GrowingBytes(0);
        try (BlockCodec codec = Compression.GZIP.codec(CompressionLevel.FAST)) {
            codec.encode(ROWS.getBytes(StandardCharsets.UTF_8), 0, 10, gzip);
            codec.encode(ROWS.getBytes(StandardCharsets.UTF_8), 10, ROWS.length() - 10, gzip);
        }
        byte[] old = gzip.toByteArray();

        assertThat(content(old)).isEqualTo(ROWS);
        try (FastCodec codec = RowBlocks.codec()) {
            byte[] renewed = RowBlocks.renewed(old, codec);
            assertThat(renewed).startsWith(0x28, 0xb5, 0x2f, 0xfd);
            assertThat(content(renewed)).isEqualTo(ROWS);
            assertThatThrownBy(() -> RowBlocks.renewed(Arrays.copyOf(old, 20), codec))
                    .hasMessage("State is damaged: the rows of an open object cannot be read");
        }
    }

    private static String content(byte[] blocks) throws IOException {
        try (InputStream content = RowBlocks.content(blocks, blocks.length)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void saysThatAPackIsDamaged() {
        S3WriterState damaged = new S3WriterState.Packed(3, new byte[] {1, 2, 3});

        assertThatThrownBy(() -> StatePacks.unpacked(List.of(damaged)))
                .hasMessage("State is damaged: a pack of objects cannot be read");
    }

    @Test
    void writesOpenObjectsAsEver() throws IOException {
        assertThat(states.serialize(open())).isEqualTo(golden("writer-open"));
        assertThat(states.serialize(openSmall())).isEqualTo(golden("writer-open-small"));
    }

    @Test
    void keepsThePartitionOfAnOpenObject() throws IOException {
        S3WriterState.Open small = openSmall();
        S3WriterState.Open open =
                new S3WriterState.Open(
                        Group.ofPartition("customer=7/!{timestamp:yyyy}/"),
                        small.openedAtMillis(),
                        small.compression(),
                        small.raw(),
                        small.tail(),
                        small.tally(),
                        small.uncompressedBytes(),
                        small.encodedBytes(),
                        small.upload(),
                        0);

        assertThat(states.serialize(open)).isEqualTo(golden("writer-open-partition"));
        assertOpen(states.deserialize(1, golden("writer-open-partition")), open);
    }

    @Test
    void keepsTheChecksumOfAnOpenObject() throws IOException {
        S3WriterState.Open open = open().withChecksum(0x89abcdef);

        assertThat(states.serialize(open)).isEqualTo(golden("writer-open-checksum"));
        S3WriterState read = states.deserialize(1, golden("writer-open-checksum"));
        assertOpen(read, open);
        assertThat(((S3WriterState.Open) read).checksum()).isEqualTo(0x89abcdef);
    }

    @Test
    void refusesAVersionThatItDoesNotKnow() {
        assertThatThrownBy(() -> committables.deserialize(4, new byte[0]))
                .hasMessageContaining("A committable of version 4 cannot be read")
                .hasMessageContaining("Restore with the release that wrote it");
        assertThatThrownBy(() -> states.deserialize(5, new byte[0]))
                .hasMessageContaining("The state of an S3 writer of version 5 cannot be read");
    }

    @Test
    void refusesDamagedState() {
        assertThatThrownBy(() -> states.deserialize(1, new byte[] {9}))
                .hasMessageContaining("State is damaged: there is no kind 9");
        assertThatThrownBy(() -> committables.deserialize(1, new byte[] {0x7f, 0, 0, 0, 1}))
                .hasMessageContaining("State is damaged: 2130706432 bytes should follow, but 1 do");
    }

    private static S3Committable upload() {
        return S3Committable.ofUpload(
                LedgerSamples.data(1),
                "bucket",
                "2023/11/14/22/key",
                "upload-1",
                List.of(new UploadedPart(1, "\"a\"", 5), new UploadedPart(40, "\"b\"", 6)),
                41,
                TAIL);
    }

    private static S3Committable onePiece() {
        return S3Committable.inOnePiece(LedgerSamples.data(2), "bucket", "key", TAIL);
    }

    private static S3Committable ledgerOnly() {
        return S3Committable.ofLedgerOnly(LedgerSamples.data(3));
    }

    private static S3WriterState.Open open() {
        LedgerTally tally = new LedgerTally();
        tally.add(Records.record(1).envelope());
        tally.add(Records.record(2, 5, Records.START).envelope());
        return new S3WriterState.Open(
                Group.ofError(ErrorOutputType.FORMAT_CONVERSION_FAILED, ""),
                1234L,
                Compression.GZIP,
                new byte[] {9, 8},
                TAIL,
                tally,
                5000,
                3000,
                uploadState(),
                0);
    }

    private static S3WriterState.Open openSmall() {
        LedgerTally tally = new LedgerTally();
        tally.add(Records.record(3).envelope());
        return new S3WriterState.Open(
                Group.ofData("2023/11/"),
                5678L,
                Compression.UNCOMPRESSED,
                new byte[] {7},
                new byte[0],
                tally,
                1,
                0,
                null,
                0);
    }

    private static S3WriterState.Rolled rolled() {
        return new S3WriterState.Rolled(LedgerSamples.data(4), uploadState(), TAIL, List.of());
    }

    private static S3WriterState.OpenRows openRows() {
        LedgerTally tally = new LedgerTally();
        tally.add(Records.record(3).envelope());
        return new S3WriterState.OpenRows(
                Group.ofPartition("a=b/"),
                5678L,
                ColumnarFormat.PARQUET,
                "struct<a:int>",
                new byte[] {7},
                TAIL,
                tally,
                1000,
                100,
                List.of(
                        new S3WriterState.OpenRows.Staged("s1", 10, null),
                        new S3WriterState.OpenRows.Staged("s2", 2, new byte[] {1, 2})));
    }

    private static UploadState uploadState() {
        return new UploadState(
                "bucket",
                "key",
                new UUID(3, 4),
                Records.START,
                "upload-2",
                List.of(
                        new UploadState.Part(1, 5, "\"a\"", null),
                        new UploadState.Part(2, 3, null, new byte[] {4, 5, 6})));
    }

    private static void assertSame(S3Committable read, S3Committable expected) {
        assertThat(read).usingRecursiveComparison().isEqualTo(expected);
    }

    private static void assertOpen(S3WriterState read, S3WriterState.Open expected) {
        S3WriterState.Open open = (S3WriterState.Open) read;
        assertThat(open)
                .usingRecursiveComparison()
                .ignoringFields("tally", "upload")
                .isEqualTo(expected);
        assertThat(open.tally().shards()).isEqualTo(expected.tally().shards());
        assertThat(open.tally().oldestArrivalMillis())
                .isEqualTo(expected.tally().oldestArrivalMillis());
        assertUpload(open.upload(), expected.upload());
    }

    private static void assertUpload(UploadState read, UploadState expected) {
        assertThat(read).usingRecursiveComparison().isEqualTo(expected);
    }

    private static byte[] golden(String name) throws IOException {
        return golden("/state-v1/", name);
    }

    private static byte[] golden2(String name) throws IOException {
        return golden("/state-v2/", name);
    }

    private static byte[] golden(String folder, String name) throws IOException {
        try (InputStream in =
                StateSerializersTest.class.getResourceAsStream(folder + name + ".bin")) {
            return in.readAllBytes();
        }
    }
}
