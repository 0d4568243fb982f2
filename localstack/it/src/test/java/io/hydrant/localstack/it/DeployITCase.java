package io.hydrant.localstack.it;

import io.hydrant.launcher.deploy.DeployCommand;
import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.localstack.harness.junit.LocalStackTest;
import io.hydrant.localstack.harness.junit.UniqueNames;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code ./hydrant deploy} makes is what a delivery needs: it runs with nothing else. */
@LocalStackTest
class DeployITCase {

    @TempDir private Path folder;

    private final LocalStack localStack;
    private final KinesisClient kinesis;
    private final S3Client s3;
    private final UniqueNames names;

    DeployITCase(LocalStack localStack, KinesisClient kinesis, S3Client s3, UniqueNames names) {
        this.localStack = localStack;
        this.kinesis = kinesis;
        this.s3 = s3;
        this.names = names;
    }

    @Test
    void deliversThroughWhatWasDeployed() throws Exception {
        String stream = names.stream("deploy");
        String bucket = names.bucket("deploy");
        Corridor corridor = new Corridor(localStack, kinesis, s3, stream, bucket, folder);
        Path infra =
                Files.writeString(folder.resolve("infra.json"), "{\"stream\": {\"shards\": 2}}");

        assertThat(deploy(corridor, infra, "--dry-run"))
                .contains(
                        "stack hydrant-" + stream + "-stream would have",
                        "AWS::Kinesis::Stream  Stream",
                        "\"s3:AbortMultipartUpload\"");
        assertThat(kinesis.listStreams().streamNames()).doesNotContain(stream);

        assertThat(deploy(corridor, infra))
                .contains("would be made", "add     AWS::S3::Bucket", "Nothing was changed.");
        assertThat(kinesis.listStreams().streamNames()).doesNotContain(stream);

        assertThat(deploy(corridor, infra, "--yes"))
                .contains(
                        "stack hydrant-" + stream + "-delivery is there",
                        "  StreamName = " + stream,
                        "  BucketName = " + bucket,
                        "  RoleArn = arn:aws:iam::000000000000:role/");
        names.awaitActive(stream);
        StreamDescriptionSummary made =
                kinesis.describeStreamSummary(r -> r.streamName(stream)).streamDescriptionSummary();
        assertThat(made.openShardCount()).isEqualTo(2);
        corridor.putOfEveryKey(20);
        try (LocalJob job = LocalJob.start(corridor.plan())) {
            corridor.awaitAllDelivered(job::isAlive);
            corridor.requireExactlyOnce();
        }
    }

    @Test
    void saysWhatCannotBeDeployed() throws Exception {
        Corridor corridor =
                new Corridor(
                        localStack,
                        kinesis,
                        s3,
                        names.stream("refused"),
                        names.bucket("refused"),
                        folder);
        Path wrong =
                Files.writeString(folder.resolve("wrong.json"), "{\"stream\": {\"shards\": 0}}");
        Path managed =
                Files.writeString(
                        folder.resolve("managed.json"), "{\"delivery\": {\"runtime\": {}}}");

        Path doubled =
                Files.writeString(
                        folder.resolve("doubled.json"),
                        "{\"stream\": {\"shards\": 1, \"shards\": 2}}");

        // The field comes first, and nothing of node, which was there.
        assertThat(deploy(corridor, wrong, "--dry-run"))
                .startsWith("stream.shards is 0; it must be 1 to 10000")
                .doesNotContain("node");
        assertThat(deploy(corridor, doubled, "--dry-run"))
                .startsWith("--infra: " + doubled + " is not JSON at line 1")
                .contains("Duplicate field 'shards'");
        assertThat(deploy(corridor, managed))
                .contains("LocalStack has no Managed Service for Apache Flink");
    }

    /** What the command prints. */
    private String deploy(Corridor corridor, Path infra, String... more) {
        StringWriter out = new StringWriter();
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--target=LOCALSTACK",
                                "--endpoint=" + localStack.endpoint(),
                                "--config=" + corridor.config(),
                                "--infra=" + infra));
        arguments.addAll(List.of(more));
        CommandLine line =
                new CommandLine(new DeployCommand())
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(out));
        line.execute(arguments.toArray(String[]::new));
        return out.toString();
    }
}
