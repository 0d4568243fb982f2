package io.hydrant.s3.store;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ObjectAttributesTest {

    private static final String KEY = "arn:aws:kms:eu-west-1:111122223333:key/k";

    @Test
    void leavesEverythingToTheBucketByDefault() {
        assertThat(read(Map.of())).isEqualTo(ObjectAttributes.NONE);
    }

    @Test
    void takesAKeyAloneForSseKms() {
        assertThat(read(Map.of("s3.encryption.kms-key-arn", KEY)))
                .isEqualTo(
                        new ObjectAttributes(Encryption.SSE_KMS, KEY, null, null, Map.of(), null));
    }

    @Test
    void readsEveryOption() {
        assertThat(
                        read(
                                Map.of(
                                        "s3.encryption.type", "SSE_KMS",
                                        "s3.encryption.bucket-key", "true",
                                        "s3.storage-class", "STANDARD_IA",
                                        "s3.tags", "team:data,cost centre:7",
                                        "s3.checksum", "CRC32C")))
                .isEqualTo(
                        new ObjectAttributes(
                                Encryption.SSE_KMS,
                                null,
                                true,
                                StorageTier.STANDARD_IA,
                                Map.of("team", "data", "cost centre", "7"),
                                ObjectChecksum.CRC32C));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "s3.encryption.type=SSE_S3;s3.encryption.kms-key-arn=k | s3.encryption.kms-key-arn is k, and s3.encryption.type is SSE_S3; it goes with SSE_KMS only",
                "s3.encryption.type=BUCKET_DEFAULT;s3.encryption.kms-key-arn=k | s3.encryption.kms-key-arn is k, and s3.encryption.type is BUCKET_DEFAULT; it goes with SSE_KMS only",
                "s3.encryption.bucket-key=true | s3.encryption.bucket-key is true, and s3.encryption.type is BUCKET_DEFAULT; it goes with SSE_KMS only",
                "s3.tags=a:b!c | s3.tags: tag 'a' with value 'b!c' is not allowed; letters, digits, spaces and + - = . _ : / @ are",
            })
    void refusesWhatDoesNotGoTogether(String options, String message) {
        Map<String, String> given =
                Arrays.stream(options.split(";"))
                        .map(option -> option.split("=", 2))
                        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));

        assertThatThrownBy(() -> read(given))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void refusesMoreTagsThanS3Allows() {
        Map<String, String> tags = new HashMap<>();
        IntStream.range(0, 10).forEach(i -> tags.put("k" + i, ""));
        assertThat(attributes(tags).tags()).hasSize(10);

        tags.put("one more", "");
        assertThatThrownBy(() -> attributes(tags))
                .hasMessage("s3.tags holds 11 tags; S3 allows 10");
        assertThatThrownBy(() -> attributes(Map.of("aws:x", "y")))
                .hasMessage(
                        "s3.tags: tag 'aws:x' with value 'y' is not allowed; keys that begin with aws: are AWS' own");
        assertThatThrownBy(() -> attributes(Map.of("k".repeat(129), "")))
                .hasMessageContaining("keys have 1 to 128 characters, values up to 256");
    }

    @Test
    void keepsTheLedgerInTheDefaultStorageClass() {
        S3StoreConfig config =
                S3StoreConfig.from(
                        Configuration.fromMap(
                                Map.of("s3.storage-class", "GLACIER_IR", "s3.tags", "a:b")));

        assertThat(config.attributes().storageTier()).isEqualTo(StorageTier.GLACIER_IR);
        assertThat(config.forLedger().attributes()).isEqualTo(attributes(Map.of("a", "b")));
    }

    private static ObjectAttributes attributes(Map<String, String> tags) {
        return new ObjectAttributes(Encryption.BUCKET_DEFAULT, null, null, null, tags, null);
    }

    private static ObjectAttributes read(Map<String, String> options) {
        return ObjectAttributes.from(Configuration.fromMap(options));
    }
}
