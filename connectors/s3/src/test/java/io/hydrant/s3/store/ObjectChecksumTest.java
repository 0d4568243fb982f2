package io.hydrant.s3.store;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;
import io.hydrant.localstack.fakes.s3.FakeS3;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Checksums against a store that is as strict about them as S3. */
class ObjectChecksumTest {

    private static final String BUCKET = "lake";
    private static final int PART = 5 * 1024 * 1024;

    private FakeS3 fake;
    private S3Client client;

    @BeforeEach
    void start() throws IOException {
        fake = FakeS3.start();
        client = AwsClients.create(S3Client.builder().forcePathStyle(true), aws());
        client.createBucket(request -> request.bucket(BUCKET));
    }

    @AfterEach
    void stop() {
        client.close();
        fake.close();
    }

    @ParameterizedTest
    @EnumSource(ObjectChecksum.class)
    void anObjectInOnePieceKeepsTheSumOfItsBytes(ObjectChecksum checksum) throws Exception {
        byte[] bytes = "all that is inside".getBytes(StandardCharsets.UTF_8);

        try (ObjectStore store = open(checksum)) {
            store.putIfAbsent(BUCKET, "k", "id", bytes);
        }

        assertThat(kept(checksum)).isEqualTo(base64(sum(checksum, bytes)));
    }

    @ParameterizedTest
    @EnumSource(ObjectChecksum.class)
    void anObjectOfPartsKeepsTheSumOfItsBytesOrOfTheSumsOfItsParts(ObjectChecksum checksum)
            throws Exception {
        byte[] bytes = new byte[PART + 10];
        new Random(1).nextBytes(bytes);
        byte[] first = Arrays.copyOf(bytes, PART);
        byte[] second = Arrays.copyOfRange(bytes, PART, bytes.length);

        String upload;
        UploadedPart one;
        try (ObjectStore store = open(checksum)) {
            upload = store.createUpload(BUCKET, "k", "id");
            one = part(store, upload, 1, first);
        }
        // A later run of the job, with another option: the upload stays what it was begun as.
        try (ObjectStore store = open(null)) {
            store.completeUpload(BUCKET, "k", upload, List.of(one, part(store, upload, 2, second)));
        }

        assertThat(fake.content(BUCKET, "k")).isEqualTo(bytes);
        if (checksum.type() == ChecksumType.FULL_OBJECT) {
            assertThat(kept(checksum)).isEqualTo(base64(sum(checksum, bytes)));
        } else {
            byte[] sums =
                    HexFormat.of()
                            .parseHex(
                                    HexFormat.of().formatHex(sum(checksum, first))
                                            + HexFormat.of().formatHex(sum(checksum, second)));
            assertThat(kept(checksum)).isEqualTo(base64(sum(checksum, sums)) + "-2");
        }
    }

    @Test
    void anUploadOfAnEarlierRunGoesOnWithoutAChecksum() {
        String upload;
        try (ObjectStore store = open(null)) {
            upload = store.createUpload(BUCKET, "k", "id");
        }
        try (ObjectStore store = open(ObjectChecksum.SHA256)) {
            byte[] bytes = new byte[3];
            store.completeUpload(BUCKET, "k", upload, List.of(part(store, upload, 1, bytes)));
        }

        assertThat(fake.content(BUCKET, "k")).hasSize(3);
    }

    @Test
    void anUploadCanBeGivenUp() {
        try (ObjectStore store = open(ObjectChecksum.SHA1)) {
            String upload = store.createUpload(BUCKET, "k", "id");
            // verify --abandoned looks for the id of a listing in what a checkpoint says.
            assertThat(upload).endsWith(':' + listed(store).uploadId());

            store.abortUpload(BUCKET, "k", upload);
            assertThat(fake.openUploads(BUCKET)).isEmpty();
        }
    }

    @Test
    void refusesASumThatS3DoesNotKnow() {
        assertThatThrownBy(
                        () ->
                                S3StoreConfig.from(
                                        Configuration.fromMap(Map.of("s3.checksum", "MD5"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("MD5")
                .hasMessageContaining("s3.checksum");
    }

    private static ListedUpload listed(ObjectStore store) {
        return store.uploads(BUCKET, "", null).uploads().get(0);
    }

    private static UploadedPart part(ObjectStore store, String upload, int number, byte[] bytes) {
        return new UploadedPart(
                number,
                store.uploadPart(BUCKET, "k", upload, number, bytes, 0, bytes.length),
                bytes.length);
    }

    private String kept(ObjectChecksum checksum) {
        HeadObjectResponse head =
                client.headObject(
                        r -> r.bucket(BUCKET).key("k").checksumMode(ChecksumMode.ENABLED));
        return switch (checksum) {
            case CRC32 -> head.checksumCRC32();
            case CRC32C -> head.checksumCRC32C();
            case CRC64NVME -> head.checksumCRC64NVME();
            case SHA1 -> head.checksumSHA1();
            case SHA256 -> head.checksumSHA256();
        };
    }

    private static byte[] sum(ObjectChecksum checksum, byte[] bytes)
            throws GeneralSecurityException {
        return switch (checksum) {
            case CRC32 -> sum(new CRC32(), bytes);
            case CRC32C -> sum(new CRC32C(), bytes);
            case CRC64NVME -> Crc64NvmeTest.bitByBit(bytes);
            case SHA1 -> MessageDigest.getInstance("SHA-1").digest(bytes);
            case SHA256 -> MessageDigest.getInstance("SHA-256").digest(bytes);
        };
    }

    private static byte[] sum(Checksum checksum, byte[] bytes) {
        checksum.update(bytes, 0, bytes.length);
        return HexFormat.of().parseHex(String.format("%08x", checksum.getValue()));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private ObjectStore open(ObjectChecksum checksum) {
        return S3ObjectStore.connect(
                aws(),
                new S3StoreConfig(
                        null,
                        new ObjectAttributes(
                                Encryption.BUCKET_DEFAULT, null, null, null, Map.of(), checksum)));
    }

    private AwsClientConfig aws() {
        return AwsClientConfig.forEndpoint(fake.endpoint(), "eu-west-1", "anyone", "anything");
    }
}
