package io.hydrant.launcher.localstack;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;
import io.hydrant.localstack.fakes.http.Fault;
import io.hydrant.localstack.fakes.s3.FakeS3;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

import java.io.IOException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BucketRemovalTest {

    private static final String BUCKET = "demo";

    private FakeS3 server;
    private S3Client s3;

    @BeforeEach
    void start() throws IOException {
        server = FakeS3.start();
        s3 =
                AwsClients.create(
                        S3Client.builder().forcePathStyle(true),
                        AwsClientConfig.forEndpoint(
                                server.endpoint(), "us-east-1", "anyone", "anything"));
        s3.createBucket(request -> request.bucket(BUCKET));
        for (int i = 0; i < 3; i++) {
            String key = "object-" + i;
            s3.putObject(
                    request -> request.bucket(BUCKET).key(key), RequestBody.fromString("content"));
        }
    }

    @AfterEach
    void stop() {
        s3.close();
        server.close();
    }

    @Test
    void emptiesABucketAgainWhereSomethingCameMeanwhile() {
        server.faults().next("DeleteBucket", 2, Fault.refuse(409, "BucketNotEmpty", "came late"));

        BucketRemoval.remove(s3, BUCKET);

        assertThat(s3.listBuckets().buckets()).isEmpty();
        assertThat(server.requests().count("DeleteBucket")).isEqualTo(3);
    }

    @Test
    void takesABucketForRemovedWhoseRemovalHadNoAnswer() {
        server.faults().next("DeleteBucket", 1, Fault.dropAnswer());

        BucketRemoval.remove(s3, BUCKET);

        assertThat(s3.listBuckets().buckets()).isEmpty();
    }

    @Test
    void doesNothingWhereThereIsNone() {
        BucketRemoval.remove(s3, "another");

        assertThat(server.keys(BUCKET)).hasSize(3);
    }

    @Test
    void doesNotTryForEver() {
        server.faults()
                .next("DeleteBucket", 100, Fault.refuse(409, "BucketNotEmpty", "always something"));

        assertThatThrownBy(() -> BucketRemoval.remove(s3, BUCKET))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("always something");
    }
}
