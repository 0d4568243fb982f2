package io.hydrant.s3.sink;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class S3CommitterTest {

    private static final int MEBIBYTE = 1024 * 1024;

    @ParameterizedTest
    @CsvSource({
        "COMPLETE, BEFORE, 20",
        "COMPLETE, AFTER, 20",
        "PART, BEFORE, 20",
        "PART, AFTER, 20",
        "PUT, BEFORE, 20",
        "PUT, AFTER, 20",
        "PUT, BEFORE, _hydrant",
        "PUT, AFTER, _hydrant",
    })
    void aRepeatedCommitMakesNothingTwiceAndLosesNothing(
            FaultyStore.Call call, FaultyStore.Side side, String prefix) throws Exception {
        try (WriterRig rig = WriterRig.with("delivery.buffer.size", "8 mb")) {
            // One object with a part and a tail, one without.
            for (int i = 0; i < 8; i++) {
                rig.write(Records.large(i, MEBIBYTE + 1));
            }
            rig.uploader.awaitAll();
            rig.write(Records.record(8));
            List<S3Committable> committables = rig.end();
            assertThat(committables).hasSize(2);
            FaultyStore faulty =
                    new FaultyStore(rig.memory, new FaultyStore.Fault(call, side, prefix, 1));

            assertThatThrownBy(() -> rig.commit(committables, faulty))
                    .hasStackTraceContaining("Injected: " + side + " " + call);
            rig.commit(committables, faulty);

            assertThat(rig.delivered.keys()).hasSize(2);
            assertThat(rig.delivered.identities())
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 9).mapToObj(i -> "0/" + i).toList());
            assertThat(rig.delivered.ledger()).hasSize(2);
            assertThat(rig.memory.unfinishedUploads()).isZero();
        }
    }

    @Test
    void commitsManyObjectsAndOneLedgerObject() throws Exception {
        try (WriterRig rig = WriterRig.with("delivery.buffer.size", "1 b")) {
            for (int i = 0; i < 250; i++) {
                rig.write(Records.record(i));
            }

            rig.commit(rig.end());

            assertThat(rig.delivered.keys()).hasSize(250);
            assertThat(rig.memory.keys(Delivered.BUCKET, "_hydrant/ledger/flights/"))
                    .singleElement()
                    .asString()
                    .matches(
                            "_hydrant/ledger/flights/\\d{4}/\\d\\d/\\d\\d/\\d\\d/\\d{8}T\\d{9}Z-[0-9a-f-]{36}\\.jsonl");
            assertThat(rig.delivered.ledgerLines()).hasSize(250);
        }
    }

    @Test
    void leavesAStrangersObjectAloneAndSaysSo() throws Exception {
        try (WriterRig rig = WriterRig.with()) {
            rig.write(Records.record(1));
            List<S3Committable> committables = rig.end();
            String key = committables.get(0).key();
            rig.memory.putIfAbsent(Delivered.BUCKET, key, "someone else", new byte[] {1, 2, 3});

            assertThatThrownBy(() -> rig.commit(committables))
                    .hasMessageContaining("s3://bucket/" + key + " is taken by an object")
                    .hasMessageContaining("found identity someone else and 3 bytes")
                    .hasMessageContaining("Way out");
            assertThat(rig.memory.content(Delivered.BUCKET, key)).containsExactly(1, 2, 3);
            assertThat(rig.delivered.ledgerLines()).isEmpty();
        }
    }

    @Test
    void doesNothingForNoRequests() throws Exception {
        try (WriterRig rig = WriterRig.with()) {
            rig.commit(new ArrayList<>());

            assertThat(rig.memory.keys(Delivered.BUCKET, "")).isEmpty();
        }
    }
}
