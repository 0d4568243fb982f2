package io.hydrant.kinesis.sink;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.kinesis.source.KinesisSource;
import io.hydrant.kinesis.source.KinesisSourceConfig;
import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.localstack.harness.junit.LocalStackTest;
import io.hydrant.localstack.harness.junit.UniqueNames;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kinesis.KinesisClient;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

@LocalStackTest
@Timeout(240)
class KinesisSinkLocalStackITCase {

    private static final int RECORDS = 2_000;
    private static final int KEYS = 20;

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private final KinesisClient kinesis;
    private final LocalStack localStack;
    private final UniqueNames names;

    KinesisSinkLocalStackITCase(KinesisClient kinesis, LocalStack localStack, UniqueNames names) {
        this.kinesis = kinesis;
        this.localStack = localStack;
        this.names = names;
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void writesEveryRecordInTheOrderOfItsKeyWhileTheStreamIsResharded(String aggregated)
            throws Exception {
        String stream = names.newStream("sink", 2);

        JobClient job = write(stream, aggregated);
        kinesis.splitShard(
                request ->
                        request.streamName(stream)
                                .shardToSplit("shardId-000000000000")
                                .newStartingHashKey("1000000000000000000000000000000000000"));
        names.awaitActive(stream);
        kinesis.mergeShards(
                request ->
                        request.streamName(stream)
                                .shardToMerge("shardId-000000000003")
                                .adjacentShardToMerge("shardId-000000000001"));
        names.awaitActive(stream);
        job.getJobExecutionResult().get(120, TimeUnit.SECONDS);

        List<Integer> read = read(stream);
        assertThat(read)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, RECORDS).boxed().toList());
        Map<Integer, List<Integer>> byKey = new HashMap<>();
        read.forEach(
                number ->
                        byKey.computeIfAbsent(number % KEYS, key -> new ArrayList<>()).add(number));
        assertThat(byKey.values()).allSatisfy(numbers -> assertThat(numbers).isSorted());
    }

    /** Writes for some seconds, so that there is time to reshard meanwhile. */
    private JobClient write(String stream, String aggregated) throws Exception {
        Configuration options =
                Configuration.fromMap(
                        Map.of(
                                "sink.order", "PARTITION_KEY",
                                "sink.producer-identity.enabled", "true",
                                "sink.aggregation.enabled", aggregated,
                                "sink.flush-buffer.timeout", "50 ms"));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(1);
        env.enableCheckpointing(500);
        env.fromSource(
                        new DataGeneratorSource<>(
                                index -> "record " + index,
                                RECORDS,
                                RateLimiterStrategy.perSecond(RECORDS / 8.0),
                                Types.STRING),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .uid("numbers")
                .sinkTo(
                        KinesisSink.<String>builder().stream(arn(stream))
                                .client(aws())
                                .serializer(new SimpleStringSchema())
                                .partitionKey(record -> "key " + number(record) % KEYS)
                                .config(KinesisSinkConfig.from(options))
                                .build())
                .uid("sink");
        return env.executeAsync();
    }

    /** A copy, were there one, would stand in another record's place. */
    private List<Integer> read(String stream) throws Exception {
        Configuration options =
                Configuration.fromMap(
                        Map.of(
                                "source.init.position", "TRIM_HORIZON",
                                "source.deduplication.enabled", "true",
                                "source.shard.discovery.interval", "500 ms"));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(1);
        env.enableCheckpointing(200);
        return env.fromSource(
                        KinesisSource.of(arn(stream), aws(), KinesisSourceConfig.from(options)),
                        WatermarkStrategy.noWatermarks(),
                        "source")
                .uid("source")
                .map(record -> number(new String(record.payloadCopy(), StandardCharsets.UTF_8)))
                .returns(Types.INT)
                .executeAndCollect(RECORDS);
    }

    private static int number(String record) {
        return Integer.parseInt(record.substring("record ".length()));
    }

    private AwsClientConfig aws() {
        return AwsClientConfig.forEndpoint(
                localStack.endpoint(),
                localStack.region(),
                localStack.accessKey(),
                localStack.secretKey());
    }

    private StreamArn arn(String stream) {
        return new StreamArn("aws", localStack.region(), "000000000000", stream);
    }
}
