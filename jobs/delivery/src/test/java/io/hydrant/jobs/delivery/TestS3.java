package io.hydrant.jobs.delivery;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;
import io.hydrant.localstack.fakes.s3.FakeS3;

import org.apache.flink.configuration.Configuration;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

import java.util.Map;

/** A store in memory, as a user's configuration reaches it. */
final class TestS3 {

    private TestS3() {}

    static Configuration options(FakeS3 s3) {
        return Configuration.fromMap(
                Map.of(
                        "s3.endpoint", s3.endpoint().toString(),
                        "aws.region", "us-east-1",
                        "aws.credentials.provider", "BASIC",
                        "aws.credentials.basic.accesskeyid", "test",
                        "aws.credentials.basic.secretkey", "test"));
    }

    static S3Client client(FakeS3 s3) {
        return AwsClients.create(
                S3Client.builder().forcePathStyle(true),
                AwsClientConfig.forEndpoint(s3.endpoint(), "us-east-1", "test", "test"));
    }

    static void put(FakeS3 s3, String bucket, String key, String text) {
        try (S3Client client = client(s3)) {
            client.createBucket(request -> request.bucket(bucket));
            client.putObject(
                    request -> request.bucket(bucket).key(key), RequestBody.fromString(text));
        }
    }
}
