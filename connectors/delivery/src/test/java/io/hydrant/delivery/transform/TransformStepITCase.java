package io.hydrant.delivery.transform;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.record.EnvelopeTypeInformation;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.DeliveryRecordTypeInformation;
import io.hydrant.delivery.Disposition;
import io.hydrant.delivery.processing.ProcessingConfig;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class TransformStepITCase {

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @Test
    void everyRecordInGivesOneRecordOutThatCrossesTheNetworkWithoutKryo() throws Exception {
        Configuration noKryo = new Configuration();
        noKryo.set(PipelineOptions.GENERIC_TYPES, false);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(noKryo).setParallelism(2);
        List<Envelope> records = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            byte[] payload = ("{\"n\":" + i + "}").getBytes(StandardCharsets.UTF_8);
            records.add(
                    new Envelope("s", "shard-0", "" + i, 0, "k", i, payload, 0, payload.length));
        }
        TransformConfig config =
                new TransformConfig(EveryFourth.class.getName(), Map.of("suffix", "!"));
        SingleOutputStreamOperator<DeliveryRecord> judged =
                TransformStep.of(config, ProcessingConfig.NONE, getClass().getClassLoader())
                        .addTo(
                                env.fromData(
                                                EnvelopeTypeInformation.INSTANCE,
                                                records.toArray(new Envelope[0]))
                                        .rebalance());

        assertThat(judged.getType()).isEqualTo(DeliveryRecordTypeInformation.INSTANCE);
        List<DeliveryRecord> collected = new ArrayList<>();
        try (CloseableIterator<DeliveryRecord> results = judged.rebalance().executeAndCollect()) {
            results.forEachRemaining(collected::add);
        }

        assertThat(collected)
                .extracting(record -> record.envelope().identity())
                .containsExactlyInAnyOrderElementsOf(
                        records.stream().map(Envelope::identity).toList());
        for (DeliveryRecord record : collected) {
            int n = Integer.parseInt(record.envelope().sequence());
            String payload = new String(record.envelope().payloadCopy(), StandardCharsets.UTF_8);
            String original = "{\"n\":" + n + "}";
            switch (n % 4) {
                case 0 -> assertThat(payload).isEqualTo(original);
                case 1 -> assertThat(payload).isEqualTo(original + "!");
                case 2 -> assertThat(record.disposition()).isEqualTo(Disposition.DROP);
                default -> {
                    assertThat(payload).isEqualTo(original);
                    assertThat(record.failure().message())
                            .isEqualTo("java.lang.IllegalArgumentException: not " + n);
                }
            }
        }
    }

    /** Keeps, changes, drops and refuses every fourth record. */
    public static final class EveryFourth implements RecordTransform {

        private String suffix;

        @Override
        public void open(TransformContext context) {
            assertThat(context.parallelism()).isEqualTo(2);
            assertThat(context.subtask()).isBetween(0, 1);
            suffix = context.parameters().get("suffix");
        }

        @Override
        public void transform(Envelope record, TransformOutput output) {
            int n = Integer.parseInt(record.sequence());
            switch (n % 4) {
                case 0 -> output.ok();
                case 1 -> {
                    String payload = new String(record.payloadCopy(), StandardCharsets.UTF_8);
                    output.ok((payload + suffix).getBytes(StandardCharsets.UTF_8));
                }
                case 2 -> output.dropped();
                default -> throw new IllegalArgumentException("not " + n);
            }
        }
    }
}
