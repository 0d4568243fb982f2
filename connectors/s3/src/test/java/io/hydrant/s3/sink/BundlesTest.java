package io.hydrant.s3.sink;

import io.hydrant.s3.store.MemoryStore;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BundlesTest {

    private static final String OTHER = "other-bucket";
    private static final String SEGMENTS = "_hydrant/segments/flights/";

    /** Each is an object; all of them are half as much again as may wait in memory. */
    private static final int OBJECTS = 200;

    private static final int BYTES = 30_000;

    @Test
    void smallObjectsGoAheadOfTheirCheckpointWithoutAnUploadEach() throws Exception {
        try (WriterRig rig = rig()) {
            writeAll(rig);
            rig.uploader.awaitAll();
            int bundles = rig.memory.keys(Delivered.BUCKET, SEGMENTS).size();
            assertThat(bundles).isBetween(1, OBJECTS / 20);
            assertThat(rig.delivered.keys()).isEmpty();

            List<S3Committable> committables = rig.checkpoint().committables();
            assertThat(committables).hasSize(OBJECTS);
            assertThat(committables).filteredOn(one -> one.bundled() != null).isNotEmpty();
            assertThat(committables).filteredOn(one -> one.tail().length > 0).isNotEmpty();
            rig.commit(committables);

            assertThat(rig.memory.uploadsBegun()).isZero();
            assertAllDelivered(rig);
            assertThat(rig.memory.keys(Delivered.BUCKET, SEGMENTS)).isEmpty();
            rig.checkpoint();
            assertThat(rig.budget.held()).isZero();
        }
    }

    @Test
    void whatACheckpointTookOverInOnePieceIsInNoBundleLater() throws Exception {
        try (WriterRig rig = rig()) {
            for (int i = 0; i < OBJECTS; i++) {
                rig.write(Records.large(i, BYTES));
                if (i == OBJECTS * 3 / 4) {
                    rig.uploader.awaitAll();
                    List<S3Committable> first = rig.checkpoint().committables();
                    assertThat(first).anyMatch(one -> one.tail().length > 0);
                    rig.commit(first);
                }
            }
            // Once more as much as may wait, so that the bundle goes on its way.
            for (int i = OBJECTS; i < 2 * OBJECTS; i++) {
                rig.write(Records.large(i, BYTES));
            }
            rig.commit(rig.end());

            assertThat(rig.delivered.identities()).hasSize(2 * OBJECTS).doesNotHaveDuplicates();
            assertThat(rig.memory.keys(Delivered.BUCKET, SEGMENTS)).isEmpty();
            rig.checkpoint();
            assertThat(rig.budget.held()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, BEFORE, _hydrant/segments, 1",
        "GET, AFTER, _hydrant/segments, 1",
        "PUT, BEFORE, 20, 70",
        "PUT, AFTER, 20, 70",
        "PUT, BEFORE, _hydrant/ledger, 1",
        "PUT, AFTER, _hydrant/ledger, 1",
    })
    void aRepeatedCommitMakesNothingTwiceAndLosesNothing(
            FaultyStore.Call call, FaultyStore.Side side, String prefix, int nth) throws Exception {
        try (WriterRig rig = rig()) {
            List<S3Committable> committables = bundled(rig);
            FaultyStore faulty =
                    new FaultyStore(rig.memory, new FaultyStore.Fault(call, side, prefix, nth));

            assertThatThrownBy(() -> rig.commit(committables, faulty))
                    .hasStackTraceContaining("Injected: " + side + " " + call);
            rig.commit(committables, faulty);

            assertAllDelivered(rig);
            assertThat(rig.memory.keys(Delivered.BUCKET, SEGMENTS)).isEmpty();
        }
    }

    @Test
    void aCommitThatIsRepeatedAsAWholeFindsItsObjects() throws Exception {
        try (WriterRig rig = rig()) {
            List<S3Committable> committables = bundled(rig);
            rig.commit(committables);
            rig.commit(committables);

            assertAllDelivered(rig);
        }
    }

    @Test
    void aBundleWhoseObjectsAreSharedOutStaysUntilItIsRemovedByHand() throws Exception {
        try (WriterRig rig = rig()) {
            List<S3Committable> committables = bundled(rig);
            List<S3Committable> some = new ArrayList<>();
            List<S3Committable> others = new ArrayList<>();
            for (int i = 0; i < committables.size(); i++) {
                (i % 2 == 0 ? some : others).add(committables.get(i));
            }
            List<String> bundles = rig.memory.keys(Delivered.BUCKET, SEGMENTS);
            rig.commit(some);
            rig.commit(others);

            assertAllDelivered(rig);
            assertThat(rig.memory.keys(Delivered.BUCKET, SEGMENTS)).isEqualTo(bundles);
        }
    }

    @Test
    void saysThatABundleIsGoneWithoutItsObjects() throws Exception {
        try (WriterRig rig = rig()) {
            List<S3Committable> committables = bundled(rig);
            for (String bundle : rig.memory.keys(Delivered.BUCKET, SEGMENTS)) {
                rig.memory.delete(Delivered.BUCKET, bundle);
            }

            assertThatThrownBy(() -> rig.commit(committables))
                    .hasMessageContaining("The staged segment s3://bucket/" + SEGMENTS)
                    .hasMessageContaining("is gone, and s3://bucket/20")
                    .hasMessageContaining("Way out");
            assertThat(rig.delivered.ledgerLines()).isEmpty();
        }
    }

    @Test
    void aCheckpointKeepsWhatABundleOnItsWayHolds() throws Exception {
        HoldingStore store = new HoldingStore();
        try (WriterRig rig = new WriterRig(store, store, config())) {
            writeAll(rig);
            WriterRig.Checkpoint checkpoint = rig.checkpoint();
            assertThat(checkpoint.states())
                    .isNotEmpty()
                    .hasOnlyElementsOfType(S3WriterState.Rolled.class);
            assertThat(checkpoint.committables()).noneMatch(one -> one.bundled() != null);
            rig.commit(checkpoint.committables());

            // The task fails here; what it had begun to send arrives nevertheless.
            store.free.countDown();
            try (WriterRig next = rig.restored(checkpoint.states())) {
                next.commit(next.end());

                assertAllDelivered(next);
                next.checkpoint();
                assertThat(next.budget.held()).isZero();
            }
        }
    }

    @Test
    void objectsOfACheckpointStayInTheirBucketWhereTheNewOnesHaveAnother() throws Exception {
        HoldingStore store = new HoldingStore();
        try (WriterRig rig = new WriterRig(store, store, config())) {
            writeAll(rig);
            WriterRig.Checkpoint checkpoint = rig.checkpoint();
            rig.commit(checkpoint.committables());
            store.free.countDown();
            try (WriterRig next =
                    rig.restored(
                            checkpoint.states(),
                            "delivery.buffer.size",
                            "1 b",
                            "delivery.memory-budget",
                            "16 mb",
                            "s3.bucket",
                            OTHER)) {
                for (int i = OBJECTS; i < 2 * OBJECTS; i++) {
                    next.write(Records.large(i, BYTES));
                }
                List<S3Committable> committables = next.end();
                assertThat(committables).anyMatch(one -> one.bundled() != null);
                next.commit(committables);

                assertThat(rig.delivered.keys()).hasSize(OBJECTS);
                assertThat(new Delivered(store, OTHER).keys()).hasSize(OBJECTS);
                assertThat(store.unfinishedUploads()).isZero();
            }
        }
    }

    /** Holds bundles back until they are let through. */
    private static final class HoldingStore extends MemoryStore {

        private final CountDownLatch free = new CountDownLatch(1);

        HoldingStore() {
            super(Delivered.BUCKET, OTHER);
        }

        @Override
        @SuppressWarnings("UnsynchronizedOverridesSynchronized") // Others must get in meanwhile.
        public boolean putIfAbsent(String bucket, String key, String id, byte[] bytes) {
            if (key.startsWith(SEGMENTS)) {
                try {
                    free.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException("Closed while it held a bundle back", e);
                }
            }
            return super.putIfAbsent(bucket, key, id, bytes);
        }
    }

    private static WriterRig rig() {
        MemoryStore memory = new MemoryStore(Delivered.BUCKET);
        return new WriterRig(memory, memory, config());
    }

    private static S3SinkConfig config() {
        return WriterRig.config("delivery.buffer.size", "1 b", "delivery.memory-budget", "16 mb");
    }

    private static void writeAll(WriterRig rig) throws Exception {
        for (int i = 0; i < OBJECTS; i++) {
            rig.write(Records.large(i, BYTES));
        }
    }

    /** All objects, some of them in bundles that the store has. */
    private static List<S3Committable> bundled(WriterRig rig) throws Exception {
        writeAll(rig);
        List<S3Committable> committables = rig.end();
        assertThat(committables).hasSize(OBJECTS).anyMatch(one -> one.bundled() != null);
        return committables;
    }

    private static void assertAllDelivered(WriterRig rig) throws Exception {
        assertThat(rig.delivered.keys()).hasSize(OBJECTS);
        assertThat(rig.delivered.identities())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, OBJECTS).mapToObj(i -> "0/" + i).toList());
    }
}
