package io.hydrant.s3.sink;

import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.localstack.harness.Conditions;
import io.hydrant.s3.store.MemoryStore;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class MemoryPressureTest {

    private static final long MEBIBYTE = 1024 * 1024;
    private static final long HOUR = 3_600_000;

    @Test
    void twoThousandOpenPrefixesStayWithinTheBudget() throws Exception {
        long budget = 24 * MEBIBYTE;
        try (WriterRig rig =
                WriterRig.with(
                        "delivery.partition.time", "RECORD",
                        "delivery.buffer.size", "128 mb",
                        "delivery.memory-budget", budget + " b")) {
            int records = 20_000;
            for (int i = 0; i < records; i++) {
                // 60 MB of records that hardly compress, evenly over all prefixes.
                rig.write(Records.large(0, i, Records.START + i % 2000 * HOUR, 3000));
            }
            assertThat(rig.budget.peak()).isBetween(budget / 2, budget + MEBIBYTE);

            rig.commit(rig.end());

            assertThat(rig.delivered.identities()).hasSize(records).doesNotHaveDuplicates();
            assertThat(rig.delivered.ledger()).hasSizeGreaterThan(2000);
            assertThat(rig.delivered.keys().stream().map(key -> key.substring(0, 13)).distinct())
                    .hasSize(2000);
            assertThat(rig.memory.unfinishedUploads()).isZero();
        }
    }

    @Test
    void whatManyOpenPrefixesHoldSurvivesARestore() throws Exception {
        WriterRig.Checkpoint checkpoint;
        try (WriterRig rig =
                WriterRig.with(
                        "delivery.partition.time", "RECORD", "delivery.memory-budget", "16 mb")) {
            for (int i = 0; i < 10_000; i++) {
                rig.write(Records.large(0, i, Records.START + i % 500 * HOUR, 3000));
            }
            checkpoint = rig.checkpoint();
            rig.commit(checkpoint.committables());

            try (WriterRig next = rig.restored(checkpoint.states())) {
                next.commit(next.end());

                assertThat(next.delivered.identities())
                        .containsExactlyInAnyOrderElementsOf(
                                IntStream.range(0, 10_000).mapToObj(i -> "0/" + i).toList());
                next.checkpoint();
                assertThat(next.budget.held()).isZero();
            }
        }
    }

    @Test
    void manySmallObjectsAreFewPacksInACheckpointWhichRescalingSharesOut() throws Exception {
        try (WriterRig rig = WriterRig.with("delivery.partition.time", "RECORD")) {
            for (int i = 0; i < 6_000; i++) {
                rig.write(Records.record(0, i, Records.START + i % 2000 * HOUR));
            }
            WriterRig.Checkpoint checkpoint = rig.checkpoint();
            int packs = checkpoint.inPacks().size();
            assertThat(checkpoint.states()).hasSize(2000);
            assertThat(packs).isBetween(4, 50);

            try (WriterRig one = rig.restored(checkpoint.inPacks().subList(0, packs / 2));
                    WriterRig other =
                            rig.restored(checkpoint.inPacks().subList(packs / 2, packs))) {
                assertThat(one.writer.snapshotState(2)).hasSizeBetween(1, packs - 1);
                one.commit(one.end());
                other.commit(other.end());

                assertThat(rig.delivered.ledger()).hasSize(2000);
                assertThat(rig.delivered.identities())
                        .containsExactlyInAnyOrderElementsOf(
                                IntStream.range(0, 6_000).mapToObj(i -> "0/" + i).toList());
            }
        }
    }

    @Test
    void finishedObjectsAreUploadedAheadOfACheckpointThatDoesNotCome() throws Exception {
        try (WriterRig rig =
                WriterRig.with("delivery.buffer.size", "1 mb", "delivery.memory-budget", "16 mb")) {
            for (int i = 0; i < 100; i++) {
                rig.write(Records.large(i, (int) MEBIBYTE));
            }
            assertThat(rig.budget.peak()).isLessThan(18 * MEBIBYTE);
            assertThat(rig.memory.uploadsBegun()).isGreaterThan(50);

            rig.commit(rig.end());

            assertThat(rig.delivered.identities())
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 100).mapToObj(i -> "0/" + i).toList());
        }
    }

    @Test
    void compressesTheSoonerTheMoreObjectsAreOpen() throws Exception {
        try (WriterRig rig =
                WriterRig.with(
                        "delivery.partition.time", "RECORD", "delivery.memory-budget", "16 mb")) {
            String payload = "well compressible ".repeat(200);
            for (int i = 0; i < 10_000; i++) {
                rig.write(
                        DeliveryRecord.deliver(
                                Records.envelope(0, i, Records.START + i % 100 * HOUR, payload)));
            }
            // Of 36 MB, a hundred objects hold no more raw than an eighth of the budget.
            assertThat(rig.budget.peak()).isLessThan(6 * MEBIBYTE);

            rig.commit(rig.end());

            assertThat(rig.delivered.ledger())
                    .hasSize(100)
                    .allMatch(entry -> entry.records() == 100);
        }
    }

    @Test
    void objectsGrowWhileRecordsWaitForTheStoreAndShrinkAgain() throws Exception {
        SlowStore store = new SlowStore();
        try (WriterRig rig =
                new WriterRig(
                        store,
                        store,
                        WriterRig.config(
                                "delivery.buffer.size", "1 mb",
                                "delivery.buffer.raised-size", "3 mb",
                                "delivery.memory-budget", "16 mb"))) {
            int record = 0;
            for (long expected : new long[] {1, 2, 3, 3}) {
                store.isFree = () -> rig.budget.isExhausted();
                for (int i = 0; i < 24; i++) {
                    rig.write(Records.large(record++, (int) MEBIBYTE));
                }
                store.isFree = () -> true;
                rig.uploader.awaitAll();
                assertThat(recordsOfLargestObject(rig)).isEqualTo(expected);
            }
            for (long expected : new long[] {3, 3, 3, 2, 2, 2, 1}) {
                for (int i = 0; i < 6; i++) {
                    rig.write(Records.large(record++, (int) MEBIBYTE));
                }
                rig.uploader.awaitAll();
                assertThat(recordsOfLargestObject(rig)).isEqualTo(expected);
            }
            rig.commit(rig.end());
            assertThat(rig.delivered.identities()).hasSize(record).doesNotHaveDuplicates();
        }
    }

    private static long recordsOfLargestObject(WriterRig rig) throws Exception {
        List<S3Committable> committables = rig.checkpoint().committables();
        rig.commit(committables);
        return committables.stream()
                .mapToLong(committable -> committable.entry().records())
                .max()
                .orElseThrow();
    }

    /** Takes a part in when it is told to. */
    private static final class SlowStore extends MemoryStore {

        private volatile BooleanSupplier isFree = () -> true;

        SlowStore() {
            super(Delivered.BUCKET);
        }

        @Override
        @SuppressWarnings("UnsynchronizedOverridesSynchronized") // Others must get in meanwhile.
        public String uploadPart(
                String bucket,
                String key,
                String uploadId,
                int number,
                byte[] bytes,
                int offset,
                int length) {
            Conditions.until(
                    Duration.ofSeconds(60), "memory to be used up", () -> isFree.getAsBoolean());
            return super.uploadPart(bucket, key, uploadId, number, bytes, offset, length);
        }
    }

    @Test
    void compressesBeforeItEndsAnythingEarly() throws Exception {
        try (WriterRig rig =
                WriterRig.with(
                        "delivery.partition.time", "RECORD", "delivery.memory-budget", "16 mb")) {
            String payload = "well compressible ".repeat(200);
            for (int i = 0; i < 4500; i++) {
                rig.write(
                        DeliveryRecord.deliver(
                                Records.envelope(0, i, Records.START + (long) i * HOUR, payload)));
            }
            assertThat(rig.budget.peak()).isBetween(14 * MEBIBYTE, 16 * MEBIBYTE);
            assertThat(rig.memory.uploadsBegun()).isZero();

            rig.commit(rig.end());

            List<LedgerEntry> ledger = rig.delivered.ledger();
            assertThat(ledger).hasSize(4500).allMatch(entry -> entry.records() == 1);
        }
    }
}
