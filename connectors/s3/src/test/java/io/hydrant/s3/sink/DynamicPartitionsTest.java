package io.hydrant.s3.sink;

import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.Part;
import io.hydrant.delivery.ledger.LedgerEntry;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Records that go under prefixes of their own. */
class DynamicPartitionsTest {

    private static final String PREFIX = "c=!{partitionKeyFromQuery:c}/!{timestamp:yyyy}/";
    private static final String ERRORS = "errors/!{firehose:error-output-type}/";

    @Test
    void everyPartitionIsAnObjectUnderItsPrefixWithTheTimeOfItsOldestRecord() throws Exception {
        try (WriterRig rig = rig()) {
            rig.write(in("c=7/!{timestamp:yyyy}/", 1), in("c=8/!{timestamp:yyyy}/", 2));
            rig.write(in("c=7/!{timestamp:yyyy}/", 3));

            rig.commit(rig.end());

            assertThat(rig.delivered.keys())
                    .hasSize(2)
                    .anyMatch(key -> key.startsWith("c=7/2023/flights-1-2023-11-14-22-13-20-"))
                    .anyMatch(key -> key.startsWith("c=8/2023/flights-1-2023-"));
            assertThat(rig.delivered.identities()).containsExactlyInAnyOrder("0/1", "0/2", "0/3");
        }
    }

    @Test
    void anOpenObjectKeepsItsPrefixWhenTheConfigurationChangesAcrossARestore() throws Exception {
        try (WriterRig rig = rig()) {
            rig.write(in("c={!{timestamp:'!'}/!{timestamp:yyyy}/", 1));
            WriterRig.Checkpoint checkpoint = rig.checkpoint();
            try (WriterRig off = rig.restored(checkpoint.states(), "delivery.prefix", "plain/")) {
                off.write(Records.record(2));
                off.commit(off.end());

                assertThat(off.delivered.keys())
                        .hasSize(2)
                        .anyMatch(key -> key.startsWith("c={!/2023/flights-1-"))
                        .anyMatch(key -> key.startsWith("plain/2023/11/14/22/flights-1-"));
            }
        }
    }

    @Test
    void anObjectFromBeforeThereWereKeysGoesUnderTheDefaultPrefix() throws Exception {
        try (WriterRig rig = WriterRig.with()) {
            rig.write(Records.record(1));
            WriterRig.Checkpoint checkpoint = rig.checkpoint();
            try (WriterRig on =
                    rig.restored(
                            checkpoint.states(),
                            "delivery.prefix",
                            PREFIX,
                            "delivery.error-prefix",
                            ERRORS)) {
                on.write(in("c=7/!{timestamp:yyyy}/", 2));
                on.commit(on.end());

                assertThat(on.delivered.keys())
                        .hasSize(2)
                        .anyMatch(key -> key.startsWith("2023/11/14/22/flights-1-"))
                        .anyMatch(key -> key.startsWith("c=7/2023/flights-1-"));
            }
        }
    }

    @Test
    void everyPartitionIsDueAtItsOwnIntervalAndNotHalfOfItLater() throws Exception {
        try (WriterRig rig = rig("delivery.buffer.interval", "60 s")) {
            rig.write(in("c=7/", 1));
            rig.pass(30_000);
            rig.write(in("c=8/", 2));
            rig.pass(29_999);
            assertThat(rig.checkpoint().committables()).isEmpty();

            rig.pass(1);
            rig.commit(rig.checkpoint().committables());
            assertThat(rig.delivered.identities()).containsExactly("0/1");

            rig.pass(30_000);
            rig.commit(rig.checkpoint().committables());
            assertThat(rig.delivered.identities()).containsExactly("0/1", "0/2");
        }
    }

    @Test
    void partsOfOneRecordInSeveralObjectsCountOnce() throws Exception {
        try (WriterRig rig = rig()) {
            for (int part = 0; part < 4; part++) {
                rig.write(in("c=" + part % 2 + "/", 1).of(new Part(part, part == 3)));
            }

            List<LedgerEntry> entries = rig.end().stream().map(S3Committable::entry).toList();

            assertThat(entries).extracting(LedgerEntry::records).containsExactlyInAnyOrder(0L, 1L);
            assertThat(entries)
                    .extracting(entry -> entry.shards().get(0).parts())
                    .containsExactlyInAnyOrder(2L, 1L);
        }
    }

    @Test
    void fiftyThousandPartitionsFitIntoTheMemoryBudgetAndNoRecordIsRefused() throws Exception {
        try (WriterRig rig = rig("delivery.memory-budget", "16 mb")) {
            for (int i = 0; i < 50_000; i++) {
                rig.write(in("c=" + i + "/", i));
            }

            rig.commit(rig.end());

            assertThat(rig.delivered.keys()).hasSize(50_000).allMatch(key -> key.startsWith("c="));
            assertThat(rig.delivered.identities())
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 50_000).mapToObj(i -> "0/" + i).toList());
        }
    }

    private static WriterRig rig(String... more) {
        String[] options = new String[more.length + 4];
        options[0] = "delivery.prefix";
        options[1] = PREFIX;
        options[2] = "delivery.error-prefix";
        options[3] = ERRORS;
        System.arraycopy(more, 0, options, 4, more.length);
        return WriterRig.with(options);
    }

    private static DeliveryRecord in(String partition, int index) {
        return Records.record(index).in(partition);
    }
}
