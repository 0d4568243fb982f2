package io.hydrant.s3.store;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;
import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.localstack.harness.junit.LocalStackTest;
import io.hydrant.localstack.harness.junit.UniqueNames;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.Tag;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** What S3 says of objects that were written in one piece and in parts. */
@LocalStackTest
class ObjectAttributesLocalStackITCase {

    private final S3Client s3;
    private final AwsClientConfig aws;
    private String bucket;

    ObjectAttributesLocalStackITCase(S3Client s3, LocalStack localStack) {
        this.s3 = s3;
        this.aws =
                AwsClientConfig.forEndpoint(
                        localStack.endpoint(),
                        localStack.region(),
                        localStack.accessKey(),
                        localStack.secretKey());
    }

    @BeforeEach
    void makeBucket(UniqueNames names) {
        bucket = names.newBucket("attributes");
    }

    @Test
    void objectsHaveTheKeyTheClassAndTheTagsThatWereAskedFor() {
        String key = newKey();

        List<HeadObjectResponse> objects =
                write(
                        new ObjectAttributes(
                                Encryption.SSE_KMS,
                                key,
                                true,
                                StorageTier.STANDARD_IA,
                                Map.of("team", "data", "cost centre", "a+b=c"),
                                ObjectChecksum.SHA256));

        assertThat(objects)
                .allSatisfy(
                        object -> {
                            assertThat(object.serverSideEncryption())
                                    .isEqualTo(ServerSideEncryption.AWS_KMS);
                            assertThat(object.ssekmsKeyId()).isEqualTo(key);
                            assertThat(object.bucketKeyEnabled()).isTrue();
                            assertThat(object.storageClassAsString()).isEqualTo("STANDARD_IA");
                            assertThat(object.checksumSHA256()).isNotEmpty();
                        });
        for (String name : List.of("whole", "parts")) {
            assertThat(s3.getObjectTagging(r -> r.bucket(bucket).key(name)).tagSet())
                    .containsExactlyInAnyOrder(tag("team", "data"), tag("cost centre", "a+b=c"));
        }
    }

    @Test
    void objectsAreEncryptedWithS3sOwnKeysAndKeepTheSumThatS3Prefers() {
        assertThat(
                        write(
                                new ObjectAttributes(
                                        Encryption.SSE_S3,
                                        null,
                                        null,
                                        null,
                                        Map.of(),
                                        ObjectChecksum.CRC64NVME)))
                .allSatisfy(
                        object -> {
                            assertThat(object.serverSideEncryption())
                                    .isEqualTo(ServerSideEncryption.AES256);
                            assertThat(object.checksumCRC64NVME()).isNotEmpty();
                        });
    }

    private List<HeadObjectResponse> write(ObjectAttributes attributes) {
        try (ObjectStore store = open(attributes)) {
            store.putIfAbsent(bucket, "whole", "id", new byte[3]);
            String upload = store.createUpload(bucket, "parts", "id");
            byte[] part = {1, 2, 3};
            String etag = store.uploadPart(bucket, "parts", upload, 1, part, 0, part.length);
            store.completeUpload(
                    bucket, "parts", upload, List.of(new UploadedPart(1, etag, part.length)));
        }
        return List.of(head("whole"), head("parts"));
    }

    private HeadObjectResponse head(String key) {
        return s3.headObject(r -> r.bucket(bucket).key(key).checksumMode(ChecksumMode.ENABLED));
    }

    private ObjectStore open(ObjectAttributes attributes) {
        return S3ObjectStore.connect(aws, new S3StoreConfig(null, attributes));
    }

    private String newKey() {
        try (KmsClient kms = AwsClients.create(KmsClient.builder(), aws)) {
            return kms.createKey().keyMetadata().arn();
        }
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
