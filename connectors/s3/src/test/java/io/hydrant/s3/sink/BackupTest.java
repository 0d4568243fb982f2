package io.hydrant.s3.sink;

import io.hydrant.delivery.FailedBackup;
import io.hydrant.delivery.deadletter.ErrorOutputType;
import io.hydrant.delivery.format.Compression;
import io.hydrant.delivery.ledger.EntryKind;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.s3.store.Encryption;
import io.hydrant.s3.store.MemoryStore;
import io.hydrant.s3.store.ObjectAttributes;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BackupTest {

    private static final int MEBIBYTE = 1024 * 1024;

    private final Map<String, String> options =
            new HashMap<>(
                    Map.of(
                            "s3.bucket", "lake",
                            "delivery.stream.name", "flights",
                            "delivery.stream.version", "4",
                            "delivery.prefix", "flights/",
                            "delivery.compression", "ZSTD",
                            "delivery.compression.level", "9",
                            "delivery.buffer.interval", "0 s",
                            "s3.storage-class", "STANDARD_IA",
                            "s3.encryption.kms-key-arn", "arn:aws:kms:eu-west-1:1:key/2",
                            "s3.tags", "team:data"));

    @Test
    void isOffByDefault() {
        assertThat(backup()).isNull();
        options.put("backup.bucket", "vault");
        assertThat(backup()).isNull();
    }

    @Test
    void hasDefaultsOfItsOwnAndNothingOfHowTheDeliveryIsStored() throws Exception {
        options.put("backup.mode", "ENABLED");
        options.put("backup.bucket", "vault");

        S3SinkConfig backup = backup();

        assertThat(backup.role()).isEqualTo(DeliveryRole.BACKUP);
        assertThat(backup.bucket()).isEqualTo("vault");
        assertThat(backup.naming().prefix()).isEmpty();
        assertThat(backup.naming().streamName()).isEqualTo("flights");
        assertThat(backup.naming().streamVersion()).isEqualTo("4");
        assertThat(backup.naming().dataExtension()).isEmpty();
        assertThat(backup.buffer().size()).isEqualTo(5 * MEBIBYTE);
        assertThat(backup.buffer().interval()).isEqualTo(Duration.ofMinutes(5));
        assertThat(backup.buffer().memoryBudget()).isEqualTo(64 * MEBIBYTE);
        assertThat(backup.format().compression()).isEqualTo(Compression.UNCOMPRESSED);
        assertThat(backup.format().appendNewline()).isFalse();
        assertThat(backup.store().attributes())
                .isEqualTo(
                        new ObjectAttributes(
                                Encryption.BUCKET_DEFAULT,
                                null,
                                null,
                                null,
                                Map.of("team", "data"),
                                null));
        // The ledger is the delivery's, so that one command judges both.
        assertThat(backup.ledger().bucket()).isEqualTo("lake");
        assertThat(InstantiationUtil.clone(backup)).isEqualTo(backup);
    }

    @Test
    void readsEveryOption() {
        options.put("backup.mode", "ENABLED");
        options.put("backup.bucket", "vault");
        options.put("backup.prefix", "raw/!{timestamp:yyyy}/");
        options.put("backup.error-prefix", "e/!{firehose:error-output-type}/");
        options.put("backup.buffer.size", "128 mb");
        options.put("backup.buffer.interval", "1 s");
        options.put("backup.compression", "HADOOP_SNAPPY");
        options.put("backup.append-newline", "true");
        options.put("backup.encryption.kms-key-arn", "k");
        options.put("backup.memory-budget", "32 mb");
        options.put("delivery.compression.level", "1");

        S3SinkConfig backup = backup();

        assertThat(backup.naming().prefix()).isEqualTo("raw/!{timestamp:yyyy}/");
        assertThat(backup.naming().dataExtension()).isEqualTo(".hsnappy");
        assertThat(backup.buffer().size()).isEqualTo(128 * MEBIBYTE);
        assertThat(backup.buffer().interval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(backup.buffer().memoryBudget()).isEqualTo(32 * MEBIBYTE);
        assertThat(backup.format().appendNewline()).isTrue();
        assertThat(backup.store().attributes().encryption()).isEqualTo(Encryption.SSE_KMS);
        assertThat(backup.store().attributes().kmsKeyArn()).isEqualTo("k");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "backup.buffer.interval | 0 s | backup.buffer.interval is 0; a backup has no zero buffering, so it must be longer",
                "backup.memory-budget | 1 mb | backup.memory-budget is 1048576 bytes; it must be at least 16777216",
                "backup.prefix | a/!{oops} | backup.prefix: ",
                "backup.prefix | a/!{timestamp:yyyy}/ | backup.error-prefix: ",
                "backup.prefix | a/!{partitionKeyFromQuery:k}/ | backup.",
            })
    void refusesByItsOwnNames(String option, String value, String message) {
        options.put("backup.mode", "ENABLED");
        options.put("backup.bucket", "vault");
        options.put(option, value);

        assertThatThrownBy(this::backup)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void ofFailedRecordsCountsTheOthersUnderAKindOfTheirOwn() throws Exception {
        options.put("backup.mode", "FAILED_ONLY");
        options.put("backup.bucket", Delivered.BUCKET);
        options.put("ledger.bucket", Delivered.BUCKET);
        assertThat(backup().role()).isEqualTo(DeliveryRole.FAILED_BACKUP);
        MemoryStore memory = new MemoryStore(Delivered.BUCKET);
        try (WriterRig rig = new WriterRig(memory, memory, backup())) {
            rig.write(
                    FailedBackup.of(Records.record(1)),
                    FailedBackup.of(Records.deadLetter(2, ErrorOutputType.PROCESSING_FAILED)));
            rig.commit(rig.end());

            assertThat(rig.delivered.ledger())
                    .extracting(LedgerEntry::kind)
                    .containsExactlyInAnyOrder(EntryKind.BACKUP, EntryKind.NOT_FAILED);
        }
    }

    @Test
    void wantsABucket() {
        options.put("backup.mode", "ENABLED");

        assertThatThrownBy(this::backup)
                .hasMessage(
                        "backup.bucket is missing; name the bucket that the backup goes to, since backup.mode is ENABLED");
    }

    @Test
    void itsObjectsHaveAKindOfTheirOwnInTheLedger() throws Exception {
        options.put("backup.mode", "ENABLED");
        options.put("backup.bucket", Delivered.BUCKET);
        options.put("ledger.bucket", Delivered.BUCKET);
        MemoryStore memory = new MemoryStore(Delivered.BUCKET);
        try (WriterRig rig = new WriterRig(memory, memory, backup())) {
            rig.write(Records.record(1), Records.record(2));
            rig.commit(rig.end());

            assertThat(rig.delivered.ledger())
                    .singleElement()
                    .satisfies(
                            entry -> {
                                assertThat(entry.kind()).isEqualTo(EntryKind.BACKUP);
                                assertThat(entry.records()).isEqualTo(2);
                            });
        }
    }

    private S3SinkConfig backup() {
        Configuration config = Configuration.fromMap(options);
        return Backup.of(config, S3SinkConfig.from(config));
    }
}
