package io.hydrant.jobs.delivery;

import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.runtime.kryo.KryoSerializer;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class DeliveryPipelineTest {

    private final DeliveryPlan plan = DeliveryPlan.of(List.of("--config", Examples.FLIGHTS));

    @Test
    void everyOperatorIsNamedForItsRoomAndHasAUid() {
        StreamGraph graph = graph(environment());

        assertThat(graph.getStreamNodes())
                .extracting(StreamNode::getOperatorName)
                .containsExactlyInAnyOrder(
                        "Source: kinesis", "transform", "s3: Writer", "s3: Committer");
        assertThat(graph.getStreamNodes())
                .extracting(StreamNode::getTransformationUID)
                .containsExactlyInAnyOrder("kinesis", "transform", "s3", "Sink Committer: s3");
    }

    @Test
    void aBackupStandsBesideTheDeliveryInTheSameChain() {
        StreamExecutionEnvironment env = environment();
        DeliveryPipeline.of(
                        DeliveryPlan.of(
                                List.of(
                                        "--config",
                                        Examples.FLIGHTS,
                                        "--set",
                                        "backup.mode=ENABLED",
                                        "--set",
                                        "backup.bucket=vault")))
                .addTo(env);
        StreamGraph graph = env.getStreamGraph();

        assertThat(graph.getStreamNodes())
                .extracting(StreamNode::getTransformationUID)
                .containsExactlyInAnyOrder(
                        "kinesis",
                        "transform",
                        "s3",
                        "Sink Committer: s3",
                        "source-backup",
                        "backup",
                        "Sink Committer: backup");
        assertThat(graph.getJobGraph().getNumberOfVertices()).isEqualTo(1);
    }

    @Test
    void noTypeIsLeftToKryo() {
        StreamExecutionEnvironment env = environment();
        List<TypeSerializer<?>> serializers = new ArrayList<>();
        for (StreamNode node : graph(env).getStreamNodes()) {
            if (node.getTypeSerializerOut() != null) {
                serializers.add(node.getTypeSerializerOut());
            }
            for (TypeSerializer<?> in : node.getTypeSerializersIn()) {
                serializers.add(in);
            }
        }

        assertThat(serializers).isNotEmpty().doesNotHaveAnyElementsOfTypes(KryoSerializer.class);
        assertThat(env.getConfig().getSerializerConfig().hasGenericTypesDisabled()).isTrue();
    }

    @Test
    void allRecordsGoThroughOneChain() {
        assertThat(graph(environment()).getJobGraph().getNumberOfVertices()).isEqualTo(1);
    }

    @Test
    void makesACheckpointEveryTenSecondsWhereFlinkIsToldNothing() {
        StreamExecutionEnvironment env = environment();
        graph(env);

        assertThat(env.getCheckpointConfig().getCheckpointInterval()).isEqualTo(10_000);
        assertThat(env.getCheckpointConfig().getCheckpointingConsistencyMode())
                .isEqualTo(CheckpointingMode.EXACTLY_ONCE);
        assertThat(env.getCheckpointConfig().getExternalizedCheckpointRetention())
                .isEqualTo(ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    }

    @Test
    void leavesCheckpointsAloneWhereFlinkIsToldHowToMakeThem() {
        Configuration told = new Configuration();
        told.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMinutes(1));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(told);
        graph(env);

        assertThat(env.getCheckpointConfig().getCheckpointInterval()).isEqualTo(60_000);
        assertThat(env.getCheckpointConfig().getExternalizedCheckpointRetention())
                .isEqualTo(ExternalizedCheckpointRetention.NO_EXTERNALIZED_CHECKPOINTS);
    }

    @Test
    void takesTheParallelismOfThePlan() {
        StreamExecutionEnvironment env = environment();
        DeliveryPipeline.of(
                        DeliveryPlan.of(
                                List.of("--config", Examples.FLIGHTS, "--set", "parallelism=3")))
                .addTo(env);

        assertThat(env.getStreamGraph().getStreamNodes())
                .extracting(StreamNode::getParallelism)
                .containsOnly(3);
    }

    @Test
    void showsItsOptionsToTheWebUiWithoutSecrets() {
        StreamExecutionEnvironment env = environment();
        graph(env);

        assertThat(env.getConfig().getGlobalJobParameters().toMap())
                .containsEntry("delivery.buffer.size", "1 mb")
                .containsEntry("aws.credentials.basic.secretkey", "(not shown)");
        assertThat(env.getConfig().isObjectReuseEnabled()).isTrue();
    }

    private StreamGraph graph(StreamExecutionEnvironment env) {
        DeliveryPipeline.of(plan).addTo(env);
        return env.getStreamGraph();
    }

    private static StreamExecutionEnvironment environment() {
        return StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
    }
}
