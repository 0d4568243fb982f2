package io.hydrant.s3.sink;

import io.hydrant.delivery.format.Compression;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

class S3WriterRestoreTest {

    private static final int MEBIBYTE = 1024 * 1024;

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 5, 7, 11, 13, 17})
    void goesOnWithTheOpenObjectWhereverItWasCut(int cut) throws Exception {
        List<S3WriterState> state;
        try (WriterRig rig = WriterRig.with("delivery.buffer.size", "100 mb")) {
            writeLarge(rig, 0, cut);
            state = rig.checkpoint().states();
            // What comes after the checkpoint is lost with the task, but some of it was uploaded.
            writeLarge(rig, cut, 30);
            rig.uploader.awaitAll();

            try (WriterRig next = rig.restored(state)) {
                writeLarge(next, cut, 18);
                next.commit(next.end());

                assertThat(next.delivered.keys()).hasSize(1);
                assertThat(next.delivered.identities()).containsExactlyElementsOf(identities(18));
                assertThat(next.delivered.ledger())
                        .singleElement()
                        .satisfies(entry -> assertThat(entry.records()).isEqualTo(18));
                // The tail counts until the checkpoint after its commit.
                assertThat(next.budget.held()).isBetween(3L * MEBIBYTE, 4L * MEBIBYTE);
                next.checkpoint();
                assertThat(next.budget.held()).isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void goesOnWithTheOpenObjectInEveryCompression(Compression compression) throws Exception {
        String[] options = {
            "delivery.compression", compression.name(), "delivery.buffer.size", "100 mb"
        };
        for (int cut : new int[] {1, 6, 12}) {
            try (WriterRig rig = WriterRig.with(options)) {
                writeLarge(rig, 0, cut);
                rig.write(Records.record(cut));
                List<S3WriterState> state = rig.checkpoint().states();

                try (WriterRig next = rig.restored(state)) {
                    writeLarge(next, cut + 1, 18);
                    next.commit(next.end());

                    assertThat(next.delivered.keys())
                            .singleElement(as(STRING))
                            .endsWith(compression.extension());
                    assertThat(next.delivered.identities())
                            .containsExactlyElementsOf(identities(18));
                }
            }
        }
    }

    @Test
    void aLatePartOfTheAttemptBeforeReplacesNoneOfOurs() throws Exception {
        try (WriterRig before = WriterRig.with("delivery.buffer.size", "100 mb")) {
            writeLarge(before, 0, 6);
            before.uploader.awaitAll();
            List<S3WriterState> state = before.checkpoint().states();

            try (WriterRig next = before.restored(state)) {
                writeLarge(next, 6, 18);
                next.uploader.awaitAll();
                // The machine of the attempt before was only cut off, and goes on for a while.
                for (int i = 100; i < 112; i++) {
                    before.write(Records.large(i, MEBIBYTE));
                }
                before.uploader.awaitAll();

                next.commit(next.end());

                assertThat(next.delivered.identities()).containsExactlyElementsOf(identities(18));
            }
        }
    }

    @Test
    void whatHadEndedComesBeforeWhatWasOpenAndEndsWithTheCompressionOfThen() throws Exception {
        try (WriterRig rig = WriterRig.with("delivery.compression", "GZIP")) {
            rig.write(Records.record(9));
            List<S3WriterState> states = new ArrayList<>(rig.checkpoint().states());
            states.add(
                    new S3WriterState.Rolled(
                            LedgerSamples.data(4),
                            new UploadState(
                                    Delivered.BUCKET,
                                    "ended",
                                    LedgerSamples.data(4).id(),
                                    0,
                                    null,
                                    List.of()),
                            new byte[] {1},
                            List.of()));

            try (WriterRig next = rig.restored(states, "delivery.compression", "ZIP")) {
                assertThat(next.checkpoint().committables())
                        .hasSize(2)
                        .first()
                        .returns("ended", S3Committable::key);
            }
        }
    }

    @Test
    void keepsTheAgeOfAnOpenObject() throws Exception {
        try (WriterRig rig = WriterRig.with("delivery.buffer.interval", "60 s")) {
            rig.write(Records.record(1));
            rig.pass(40_000);
            List<S3WriterState> state = rig.checkpoint().states();

            try (WriterRig next = rig.restored(state)) {
                next.pass(59_999);
                assertThat(next.checkpoint().committables()).isEmpty();
                next.pass(1);
                assertThat(next.checkpoint().committables()).hasSize(1);
            }
        }
    }

    @Test
    void handsOverAnObjectThatWaitedForItsParts() throws Exception {
        try (WriterRig rig = WriterRig.with("delivery.buffer.size", "8 mb")) {
            writeLarge(rig, 0, 9);
            WriterRig.Checkpoint checkpoint = rig.checkpoint();
            assertThat(checkpoint.committables()).isEmpty();

            try (WriterRig next = rig.restored(checkpoint.states())) {
                next.uploader.awaitAll();
                next.commit(next.end());

                assertThat(next.delivered.identities()).containsExactlyElementsOf(identities(9));
            }
        }
    }

    @Test
    void keepsOneObjectOpenAndEndsTheOthersAfterScalingIn() throws Exception {
        try (WriterRig one = WriterRig.with();
                WriterRig two = one.restored(List.of());
                WriterRig three = one.restored(List.of())) {
            one.write(Records.record(1, 1, Records.START));
            two.pass(1000);
            two.write(Records.record(2, 2, Records.START));
            three.pass(2000);
            three.write(Records.record(3, 3, Records.START));
            List<S3WriterState> states =
                    new ArrayList<>(
                            Stream.of(one, two, three)
                                    .flatMap(rig -> statesOf(rig).stream())
                                    .toList());
            Collections.reverse(states);

            try (WriterRig next = one.restored(states)) {
                next.write(Records.record(1, 4, Records.START));
                WriterRig.Checkpoint checkpoint = next.checkpoint();
                assertThat(checkpoint.committables()).hasSize(2);
                assertThat(checkpoint.states()).hasSize(1);

                next.commit(checkpoint.committables());
                next.commit(next.end());
                assertThat(next.delivered.identities())
                        .containsExactlyInAnyOrder("1/1", "1/4", "2/2", "3/3");
            }
        }
    }

    @Test
    void finishesAnObjectAsItWasBegunWhereTheCompressionChanged() throws Exception {
        try (WriterRig rig = WriterRig.with("delivery.buffer.block-size", "4 kb")) {
            rig.write(Records.large(1, 10_000), Records.record(2));
            List<S3WriterState> state = rig.checkpoint().states();

            try (WriterRig next = rig.restored(state, "delivery.compression", "UNCOMPRESSED")) {
                next.write(Records.record(3));
                next.commit(next.end());

                List<String> keys = next.delivered.keys();
                assertThat(keys).hasSize(2).filteredOn(key -> key.endsWith(".gz")).hasSize(1);
                assertThat(next.delivered.identities())
                        .containsExactlyInAnyOrder("0/1", "0/2", "0/3");
            }
        }
    }

    @Test
    void saysWhatToDoWhereTheUploadIsGone() throws Exception {
        try (WriterRig rig = WriterRig.with("delivery.buffer.size", "100 mb")) {
            writeLarge(rig, 0, 6);
            rig.uploader.awaitAll();
            List<S3WriterState> state = rig.checkpoint().states();
            rig.memory.expireUploads();

            try (WriterRig next = rig.restored(state)) {
                List<S3Committable> committables = next.end();

                assertThatThrownBy(() -> next.commit(committables))
                        .hasMessageContaining("The multipart upload of s3://bucket/2023/11/14/22/")
                        .hasMessageContaining("AbortIncompleteMultipartUpload")
                        .hasMessageContaining("Way out: restore an older checkpoint");
            }
            try (WriterRig next = rig.restored(state)) {
                writeLarge(next, 6, 12);
                assertThatThrownBy(next.uploader::awaitAll)
                        .hasMessageContaining("is gone, and the object is not there");
            }
        }
    }

    @Test
    void saysWhatToDoWhereALaterCheckpointHasDeliveredTheObject() throws Exception {
        try (WriterRig rig = WriterRig.with("delivery.buffer.size", "100 mb")) {
            writeLarge(rig, 0, 6);
            rig.uploader.awaitAll();
            List<S3WriterState> state = rig.checkpoint().states();
            writeLarge(rig, 6, 14);
            rig.commit(rig.end());

            try (WriterRig next = rig.restored(state)) {
                List<S3Committable> committables = next.end();

                assertThatThrownBy(() -> next.commit(committables))
                        .hasMessageContaining("is delivered already")
                        .hasMessageContaining("Way out: restore the newest checkpoint");
            }
            try (WriterRig next = rig.restored(state)) {
                writeLarge(next, 6, 12);
                assertThatThrownBy(next.uploader::awaitAll)
                        .hasMessageContaining("is delivered already")
                        .hasMessageContaining("Way out: restore the newest checkpoint");
            }
        }
    }

    private static List<S3WriterState> statesOf(WriterRig rig) {
        try {
            return rig.checkpoint().states();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void writeLarge(WriterRig rig, int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            rig.write(Records.large(i, MEBIBYTE));
        }
    }

    private static List<String> identities(int count) {
        return IntStream.range(0, count).mapToObj(i -> "0/" + i).toList();
    }
}
