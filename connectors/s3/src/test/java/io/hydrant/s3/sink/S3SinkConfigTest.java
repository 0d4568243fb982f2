package io.hydrant.s3.sink;

import io.hydrant.delivery.buffer.BufferConfig;
import io.hydrant.delivery.format.FormatConfig;
import io.hydrant.delivery.partition.NamingConfig;
import io.hydrant.s3.store.Encryption;
import io.hydrant.s3.store.ObjectAttributes;
import io.hydrant.s3.store.S3StoreConfig;

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

class S3SinkConfigTest {

    private static final Map<String, String> REQUIRED =
            Map.of("s3.bucket", "bucket", "delivery.stream.name", "flights");

    @Test
    void hasDefaultsForAllButBucketAndName() {
        Configuration config = Configuration.fromMap(REQUIRED);

        assertThat(S3SinkConfig.from(config))
                .isEqualTo(
                        new S3SinkConfig(
                                "bucket",
                                5 * 1024 * 1024,
                                4,
                                Duration.ofMinutes(5),
                                BufferConfig.from(config),
                                FormatConfig.from(config),
                                null,
                                NamingConfig.from(config, "", ""),
                                new LedgerConfig(true, "bucket", "_hydrant/ledger/"),
                                new S3StoreConfig(null, ObjectAttributes.NONE),
                                DeliveryRole.DESTINATION));
    }

    @Test
    void refusesObjectsThatAZipArchiveCannotHold() {
        Map<String, String> options = new HashMap<>(REQUIRED);
        options.put("delivery.compression", "ZIP");
        options.put("delivery.buffer.size", "2 gb");
        assertThat(S3SinkConfig.from(Configuration.fromMap(options)).buffer().size())
                .isEqualTo(2L << 30);

        options.put("delivery.buffer.size", "3 gb");
        assertThatThrownBy(() -> S3SinkConfig.from(Configuration.fromMap(options)))
                .hasMessage(
                        "delivery.buffer.size is 3221225472 bytes; an object of ZIP can hold 2147483648");
    }

    @Test
    void readsEveryOption() {
        Map<String, String> options = new HashMap<>(REQUIRED);
        options.put("delivery.compression", "GZIP");
        options.put("s3.part-size", "16 mb");
        options.put("s3.upload-threads", "9");
        options.put("s3.retry-timeout", "7 s");
        options.put("s3.path-style-access", "true");
        options.put("s3.encryption.kms-key-arn", "arn:aws:kms:eu-west-1:1:key/2");
        options.put("ledger.enabled", "false");
        options.put("ledger.bucket", "books");
        options.put("ledger.prefix", "ledger/");
        Configuration config = Configuration.fromMap(options);

        assertThat(S3SinkConfig.from(config))
                .isEqualTo(
                        new S3SinkConfig(
                                "bucket",
                                16 * 1024 * 1024,
                                9,
                                Duration.ofSeconds(7),
                                BufferConfig.from(config),
                                FormatConfig.from(config),
                                null,
                                NamingConfig.from(config, ".gz", ".gz"),
                                new LedgerConfig(false, "books", "ledger/"),
                                new S3StoreConfig(
                                        true,
                                        new ObjectAttributes(
                                                Encryption.SSE_KMS,
                                                "arn:aws:kms:eu-west-1:1:key/2",
                                                null,
                                                null,
                                                Map.of(),
                                                null)),
                                DeliveryRole.DESTINATION));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "s3.bucket              | ''    | s3.bucket is missing",
                "s3.part-size           | 4 mb  | s3.part-size is 4194304 bytes; it must be from 5242880 (S3's least) to 1073741824",
                "s3.part-size           | 3 gb  | s3.part-size is 3221225472 bytes",
                "s3.part-size           | 128 mb | delivery.memory-budget is 268435456 bytes; it must hold at least 3 parts",
                "s3.upload-threads      | 0     | s3.upload-threads is 0; it must be from 1 to 256",
                "s3.retry-timeout       | 0 s   | s3.retry-timeout is PT0S; it must be longer than zero",
                "ledger.prefix          | books | ledger.prefix is 'books'; it must end with a slash",
                "ledger.prefix          | /books/ | ledger.prefix is '/books/'",
            })
    void refusesWhatCannotWork(String key, String value, String message) {
        Map<String, String> options = new HashMap<>(REQUIRED);
        options.put(key, value);
        Configuration config = Configuration.fromMap(options);

        assertThatThrownBy(() -> S3SinkConfig.from(config)).hasMessageContaining(message);
    }

    @Test
    void travelsWithTheJob() throws Exception {
        S3SinkConfig config = S3SinkConfig.from(Configuration.fromMap(REQUIRED));

        assertThat(InstantiationUtil.clone(config)).isEqualTo(config);
    }
}
