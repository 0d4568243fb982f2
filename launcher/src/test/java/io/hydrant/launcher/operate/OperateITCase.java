package io.hydrant.launcher.operate;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;
import io.hydrant.launcher.HydrantRoot;
import io.hydrant.launcher.replay.StreamPutters;
import io.hydrant.launcher.verify.VerifyCommand;
import io.hydrant.localstack.fakes.kinesis.FakeKinesis;
import io.hydrant.localstack.fakes.s3.FakeS3;
import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.flink.FlinkCluster;
import io.hydrant.localstack.harness.flink.FlinkHome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A delivery on a real cluster, paused, resumed and changed, each by one command. */
class OperateITCase {

    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private FakeKinesis kinesis;
    private FakeS3 s3;
    private FlinkCluster cluster;

    @Test
    void goesOnWhereItWasPausedAndRaisesTheVersionWithAChange() throws Exception {
        try (FakeKinesis stream = FakeKinesis.start();
                FakeS3 bucket = FakeS3.start();
                S3Client client =
                        AwsClients.create(
                                S3Client.builder().forcePathStyle(true),
                                emulated(bucket.endpoint()));
                FlinkCluster flink =
                        FlinkCluster.builder(FlinkHome.find(Progress.onStandardError()))
                                .set("execution.checkpointing.interval", "300 ms")
                                .start()) {
            kinesis = stream;
            s3 = bucket;
            cluster = flink;
            client.createBucket(request -> request.bucket("lake"));
            put(0);
            List<String> run = new ArrayList<>(List.of(HydrantRoot.deliveryJar().toString()));
            run.addAll(config(60));
            cluster.run(run.toArray(String[]::new));
            assertThat(verify(60)).as(out::toString).isZero();

            operate(new PauseCommand(), 60);
            put(20);
            assertThat(verifyOnce(60)).isEqualTo(3);
            operate(new ResumeCommand(), 60);
            assertThat(out.toString()).contains(", version 1, from ").doesNotContain("changed");
            assertThat(verify(60)).as(out::toString).isZero();

            put(40);
            operate(new ReconfigureCommand(), 64);
            assertThat(out.toString())
                    .contains("changed   delivery.buffer.size: '60 mb' -> '64 mb'")
                    .contains(", version 2, from ");
            put(60);
            assertThat(verify(64)).as(out::toString).isZero();

            assertThat(s3.keys("lake"))
                    .anyMatch(key -> key.contains("/orders-1-"))
                    .anyMatch(key -> key.contains("/orders-2-"))
                    .noneMatch(key -> key.contains("failed"));
            assertThat(run(new ResumeCommand(), 64)).isEqualTo(1);
            operate(new PauseCommand(), 64);
        }
    }

    private void operate(Object command, int megabytes) throws IOException {
        assertThat(run(command, megabytes)).as(out::toString).isZero();
    }

    private int verify(int megabytes) throws IOException {
        return run(new VerifyCommand(), megabytes, "--wait", "PT2M");
    }

    private int verifyOnce(int megabytes) throws IOException {
        return run(new VerifyCommand(), megabytes);
    }

    private int run(Object command, int megabytes, String... more) throws IOException {
        out.getBuffer().setLength(0);
        List<String> arguments = new ArrayList<>(config(megabytes));
        if (!(command instanceof VerifyCommand)) {
            arguments.addAll(List.of("--flink", cluster.webUi().toString()));
        }
        if (command instanceof PauseCommand || command instanceof ReconfigureCommand) {
            arguments.addAll(List.of("--savepoints", folder.toUri().toString()));
        }
        arguments.addAll(List.of(more));
        return new CommandLine(command)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(arguments.toArray(String[]::new));
    }

    private List<String> config(int megabytes) throws IOException {
        Path file = folder.resolve("orders.json");
        Files.writeString(
                file,
                """
                {
                  "DeliveryStreamName": "orders",
                  "KinesisStreamSourceConfiguration": {
                    "KinesisStreamARN": "arn:aws:kinesis:us-east-1:000000000000:stream/orders"
                  },
                  "ExtendedS3DestinationConfiguration": {
                    "BucketARN": "arn:aws:s3:::lake",
                    "Prefix": "data/",
                    "BufferingHints": {"SizeInMBs": %d, "IntervalInSeconds": 1}
                  },
                  "Hydrant": {
                    "source.init.position": "TRIM_HORIZON",
                    "kinesis.endpoint": "%s",
                    "s3.endpoint": "%s",
                    "aws.credentials.provider": "BASIC",
                    "aws.credentials.basic.accesskeyid": "test",
                    "aws.credentials.basic.secretkey": "test"
                  }
                }
                """
                        .formatted(megabytes, kinesis.endpoint(), s3.endpoint()));
        return List.of("--config", file.toString());
    }

    private void put(int first) throws Exception {
        try (var putter = StreamPutters.open(emulated(kinesis.endpoint()), "orders", 2)) {
            for (int i = first; i < first + 20; i++) {
                putter.put("key-" + i, ("order " + i).getBytes(StandardCharsets.UTF_8));
            }
            putter.flush();
        }
    }

    private static AwsClientConfig emulated(URI endpoint) {
        return AwsClientConfig.forEndpoint(endpoint, "us-east-1", "test", "test");
    }
}
