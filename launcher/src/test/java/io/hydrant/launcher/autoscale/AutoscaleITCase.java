package io.hydrant.launcher.autoscale;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;
import io.hydrant.localstack.harness.Conditions;
import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.localstack.harness.junit.LocalStackTest;
import io.hydrant.localstack.harness.junit.UniqueNames;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

@LocalStackTest
@Timeout(300)
class AutoscaleITCase {

    private final LocalStack localStack;
    private final UniqueNames names;

    AutoscaleITCase(LocalStack localStack, UniqueNames names) {
        this.localStack = localStack;
        this.names = names;
    }

    @Test
    void measuresAStreamAndChangesItsShards() {
        String stream = names.newStream("autoscale", 1);
        AwsClientConfig config =
                AwsClientConfig.forEndpoint(localStack.endpoint(), "us-east-1", "test", "test");
        try (KinesisClient kinesis = AwsClients.create(KinesisClient.builder(), config)) {
            LiveStream live = new LiveStream(kinesis, stream);
            kinesis.putRecords(request -> request.streamName(stream).records(fiveHundred()));

            // 500 in a minute are 8 in a second.
            assertThat(run(stream, "--dry-run"))
                    .contains("resize  1 -> 2")
                    .contains(" 8 records/s");
            assertThat(live.openShards()).hasSize(1);

            assertThat(run(stream)).contains("resize  1 -> 2");
            Conditions.until(
                    Duration.ofSeconds(60),
                    "the stream to have two shards",
                    () -> live.isActive() && live.openShards().size() == 2);

            OpenShard lower = live.openShards().get(0);
            live.apply(new ScalingStep.Split(lower, lower.middle(), "to see it done"));
            Conditions.until(
                    Duration.ofSeconds(60),
                    "the stream to have three shards",
                    () -> live.isActive() && live.openShards().size() == 3);

            List<OpenShard> three = live.openShards();
            live.apply(new ScalingStep.Merge(three.get(0), three.get(1), "to see it done"));
            Conditions.until(
                    Duration.ofSeconds(60),
                    "the stream to have two shards again",
                    () -> live.isActive() && live.openShards().size() == 2);
        }
    }

    private static List<PutRecordsRequestEntry> fiveHundred() {
        return IntStream.range(0, 500)
                .mapToObj(
                        i ->
                                PutRecordsRequestEntry.builder()
                                        .partitionKey("key-" + i)
                                        .data(SdkBytes.fromUtf8String("x"))
                                        .build())
                .toList();
    }

    private String run(String stream, String... more) {
        StringWriter said = new StringWriter();
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--stream",
                                stream,
                                "--once",
                                "--interval",
                                "PT1M",
                                "--min-shards",
                                "2",
                                "--set",
                                "aws.endpoint=" + localStack.endpoint(),
                                "--set",
                                "aws.credentials.provider=BASIC",
                                "--set",
                                "aws.credentials.basic.accesskeyid=test",
                                "--set",
                                "aws.credentials.basic.secretkey=test"));
        arguments.addAll(List.of(more));
        int code =
                new CommandLine(new AutoscaleCommand())
                        .setOut(new PrintWriter(said))
                        .setErr(new PrintWriter(said))
                        .execute(arguments.toArray(String[]::new));
        assertThat(code).as(said.toString()).isZero();
        return said.toString();
    }
}
