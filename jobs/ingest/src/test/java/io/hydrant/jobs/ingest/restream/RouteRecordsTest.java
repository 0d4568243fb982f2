package io.hydrant.jobs.ingest.restream;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.transform.RecordTransform;
import io.hydrant.delivery.transform.TransformConfig;
import io.hydrant.delivery.transform.TransformOutput;
import io.hydrant.delivery.transform.TransformedRecord;
import io.hydrant.expression.ExpressionConfig;
import io.hydrant.jobs.ingest.restream.RouteConfig.Failed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RouteRecordsTest {

    private static final KeyChoice KEEP = new KeyChoice(KeyChoice.Option.KEEP, null);

    private OneInputStreamOperatorTestHarness<NumberedRecord, NumberedRecord> task;

    @AfterEach
    void stop() throws Exception {
        task.close();
    }

    @Test
    void sendsRecordsAsTheyAreWhereNothingIsSaid() throws Exception {
        start(null, TransformConfig.NONE, KEEP, Failed.FAIL);

        process(0, "anything");

        assertThat(sent()).containsExactly("anything");
        assertThat(task.extractOutputValues().get(0).record().partitionKey()).isEqualTo("k");
    }

    @Test
    void filtersTransformsAndGivesKeysOfWhatIsSent() throws Exception {
        Configuration sql = new Configuration();
        sql.setString("delivery.transform.columns", "struct<id:int,name:string,amount:int>");
        sql.setString(
                "delivery.transform.select",
                "SELECT id, UPPER(name) AS customer FROM records WHERE amount < 1000");
        start(
                ".amount > 10",
                ExpressionConfig.from(sql).orElseThrow().transform(),
                new KeyChoice(KeyChoice.Option.QUERY, ".customer"),
                Failed.FAIL);

        process(4, "{\"id\": 1, \"name\": \"ann\", \"amount\": 5}");
        process(5, "{\"id\": 2, \"name\": \"bob\", \"amount\": 50}");
        process(6, "{\"id\": 3, \"name\": \"eve\", \"amount\": 5000}");

        assertThat(sent()).containsExactly("{\"id\":2,\"customer\":\"BOB\"}");
        NumberedRecord sent = task.extractOutputValues().get(0);
        assertThat(sent.record().partitionKey()).isEqualTo("BOB");
        // By its place in the shard, whatever was left out before.
        assertThat(sent.number()).isEqualTo(5);
    }

    @Test
    void partsAreCountedUnderANameForEachPlace() throws Exception {
        start(null, transform(Halves.class), KEEP, Failed.FAIL);

        process(0, "ab");
        process(1, "cd");

        assertThat(sent()).containsExactly("a", "b", "c", "d");
        List<NumberedRecord> out = task.extractOutputValues();
        assertThat(out).extracting(NumberedRecord::number).containsExactly(0L, 0L, 1L, 1L);
        assertThat(out.get(0).producer()).startsWith("producer-").isEqualTo(out.get(2).producer());
        assertThat(out.get(1).producer())
                .isEqualTo(out.get(0).producer() + "-1")
                .isEqualTo(out.get(3).producer());
    }

    @Test
    void flowsThatWriteToOneStreamShareNoStamp() throws Exception {
        start("one", null, TransformConfig.NONE, KEEP, Failed.FAIL);
        process(0, "x");
        String one = task.extractOutputValues().get(0).producer();
        task.close();
        start("two", null, TransformConfig.NONE, KEEP, Failed.FAIL);
        process(0, "x");

        assertThat(task.extractOutputValues().get(0).producer()).isNotEqualTo(one);
    }

    @Test
    void failedRecordsGoToTheErrorStreamWithTheReason() throws Exception {
        start(
                ".a",
                transform(Halves.class),
                new KeyChoice(KeyChoice.Option.QUERY, ".b"),
                Failed.STREAM);

        process(0, "no json");
        process(1, "{\"a\": 1}");
        process(2, "{\"a\": 2, \"fail\": 1}");

        assertThat(sent()).isEmpty();
        List<JsonNode> errors = errors();
        assertThat(errors)
                .extracting(error -> error.get("errorCode").asText())
                .containsExactly(
                        "Filter.Failed",
                        "PartitionKey.Failed",
                        "PartitionKey.Failed",
                        "Test.Refused");
        assertThat(new String(errors.get(0).get("rawData").binaryValue(), StandardCharsets.UTF_8))
                .isEqualTo("no json");
        assertThat(errors.get(0).get("sequenceNumber").asText()).isEqualTo("0");
        assertThat(failed()).extracting(NumberedRecord::number).containsExactly(0L, 1L, 1L, 2L);
        assertThat(failed()).allMatch(error -> error.record().partitionKey().equals("k"));
    }

    @Test
    void aKeyThatIsNotThereFailsTheRecord() throws Exception {
        start(
                null,
                TransformConfig.NONE,
                new KeyChoice(KeyChoice.Option.QUERY, ".b"),
                Failed.STREAM);

        process(0, "{\"a\": 1}");

        assertThat(errors().get(0).get("errorCode").asText()).isEqualTo("PartitionKey.Missing");
    }

    @Test
    void failedRecordsAreDroppedAndCountedWhereThatIsSaid() throws Exception {
        start(".a", TransformConfig.NONE, KEEP, Failed.DROP);

        process(0, "no json");
        process(1, "{\"a\": 1}");

        assertThat(sent()).containsExactly("{\"a\": 1}");
        assertThat(task.getSideOutput(RouteRecords.FAILED)).isNull();
    }

    @Test
    void failedRecordsFailTheJobWhereNothingIsSaidAndTheMessageNamesTheWayOut() throws Exception {
        start(".a", TransformConfig.NONE, KEEP, Failed.FAIL);

        assertThatThrownBy(() -> process(0, "no json"))
                .hasMessageContaining("orders/shardId-0/0/0")
                .hasMessageContaining("Filter.Failed: Non JSON record")
                .hasMessageContaining("name an errorStream")
                .hasMessageNotContaining("no json");
    }

    @Test
    void recordsThatAreNotCountedStaySo() throws Exception {
        start(null, transform(Halves.class), KEEP, Failed.FAIL);

        task.processElement(NumberedRecord.uncounted(Records.of("ab")), 0);

        assertThat(task.extractOutputValues()).allMatch(each -> each.producer().isEmpty());
    }

    private void start(String filter, TransformConfig transform, KeyChoice key, Failed failed)
            throws Exception {
        start("flow", filter, transform, key, failed);
    }

    private void start(
            String flow, String filter, TransformConfig transform, KeyChoice key, Failed failed)
            throws Exception {
        task =
                new OneInputStreamOperatorTestHarness<>(
                        new ProcessOperator<>(
                                new RouteRecords(
                                        new RouteConfig(flow, filter, transform, key, failed))),
                        NumberedRecordSerializer.INSTANCE);
        task.open();
    }

    private void process(int number, String payload) throws Exception {
        task.processElement(
                new NumberedRecord(Records.of("shardId-0", number, payload), "producer", number),
                0);
    }

    private List<String> sent() {
        return task.extractOutputValues().stream().map(Records::text).toList();
    }

    private List<NumberedRecord> failed() {
        Queue<StreamRecord<NumberedRecord>> failed = task.getSideOutput(RouteRecords.FAILED);
        return failed.stream().map(StreamRecord::getValue).toList();
    }

    private List<JsonNode> errors() throws Exception {
        List<JsonNode> errors = new ArrayList<>();
        for (NumberedRecord each : failed()) {
            errors.add(new ObjectMapper().readTree(each.record().payloadCopy()));
        }
        return errors;
    }

    private static TransformConfig transform(Class<?> type) {
        return new TransformConfig(type.getName(), Map.of());
    }

    /** Makes two records of each. */
    public static final class Halves implements RecordTransform {

        /** For Hydrant. */
        public Halves() {}

        @Override
        public void transform(Envelope record, TransformOutput output) {
            String text = new String(record.payloadCopy(), StandardCharsets.UTF_8);
            if (text.contains("fail")) {
                output.processingFailed("Test.Refused", "asked to");
                return;
            }
            int half = text.length() / 2;
            output.several(List.of(half(text.substring(0, half)), half(text.substring(half))));
        }

        private static TransformedRecord half(String text) {
            return new TransformedRecord(text.getBytes(StandardCharsets.UTF_8), Map.of());
        }
    }
}
