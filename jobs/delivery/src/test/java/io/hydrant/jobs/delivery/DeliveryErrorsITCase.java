package io.hydrant.jobs.delivery;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;
import io.hydrant.localstack.fakes.http.Fault;
import io.hydrant.localstack.fakes.kinesis.FakeKinesis;
import io.hydrant.localstack.fakes.s3.FakeS3;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a user reads where the surroundings of a delivery are not as they should be. */
class DeliveryErrorsITCase {

    private static final String STREAM = "hydrant-demo-flights";
    private static final String BUCKET = "hydrant-demo";
    private static final int ALWAYS = 1000;

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(1)
                            .build());

    private FakeKinesis kinesis;
    private FakeS3 s3;

    @BeforeEach
    void start() throws IOException {
        kinesis = FakeKinesis.start();
        s3 = FakeS3.start();
    }

    @AfterEach
    void stop() {
        kinesis.close();
        s3.close();
    }

    @Test
    void saysThatTheStreamDoesNotExist() {
        createBucket();

        assertThatJobFailure()
                .hasStackTraceContaining(STREAM)
                .hasStackTraceContaining("create the stream before the job");
    }

    @Test
    void saysThatTheBucketDoesNotExist() {
        createStream();

        assertThatJobFailure()
                .hasStackTraceContaining("There is no bucket '" + BUCKET + "' there: create it");
    }

    @Test
    void saysWhichPermissionOfKinesisIsMissing() {
        createStream();
        createBucket();
        kinesis.faults()
                .next(
                        "ListShards",
                        ALWAYS,
                        Fault.refuse(400, "AccessDeniedException", "not authorized"));

        assertThatJobFailure()
                .hasStackTraceContaining(STREAM)
                .hasStackTraceContaining("kinesis:ListShards");
    }

    @Test
    void saysWhichPermissionOfS3IsMissing() {
        createStream();
        createBucket();
        s3.faults().next("HeadBucket", ALWAYS, Fault.refuse(403, "AccessDenied", "Access Denied"));

        assertThatJobFailure()
                .hasStackTraceContaining(BUCKET)
                .hasStackTraceContaining("Allow s3:ListBucket on the bucket to the identity");
    }

    private AbstractThrowableAssert<?, ?> assertThatJobFailure() {
        return assertThatThrownBy(
                () -> {
                    JobClient job = submit();
                    job.getJobExecutionResult().get(60, TimeUnit.SECONDS);
                });
    }

    private JobClient submit() throws Exception {
        Configuration config = new Configuration();
        config.setString("restart-strategy.type", "none");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
        DeliveryPipeline.of(
                        DeliveryPlan.of(
                                List.of(
                                        "--config",
                                        Examples.FLIGHTS,
                                        "--set",
                                        "kinesis.endpoint=" + kinesis.endpoint(),
                                        "--set",
                                        "s3.endpoint=" + s3.endpoint())))
                .addTo(env);
        return env.executeAsync();
    }

    private void createStream() {
        try (KinesisClient client =
                AwsClients.create(
                        KinesisClient.builder(),
                        AwsClientConfig.forEndpoint(
                                kinesis.endpoint(), "us-east-1", "test", "test"))) {
            client.createStream(r -> r.streamName(STREAM).shardCount(1));
        }
    }

    private void createBucket() {
        try (S3Client client = TestS3.client(s3)) {
            client.createBucket(r -> r.bucket(BUCKET));
        }
    }
}
