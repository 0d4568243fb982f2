package io.hydrant.delivery.sample;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.record.ReadingBegin;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.Part;
import io.hydrant.delivery.deadletter.ErrorOutputType;

import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class SampleKeysTest {

    private static final long HOUR = 3_600_000;

    private OneInputStreamOperatorTestHarness<DeliveryRecord, Tuple3<String, Long, DeliveryRecord>>
            task;

    @AfterEach
    void close() throws Exception {
        task.close();
    }

    @Test
    void saysKeyIntervalAndTimeOfARecord() throws Exception {
        start(".device.id", ".at", SampleTimeFormat.EPOCH_SECONDS);
        DeliveryRecord record = record("{\"device\":{\"id\":7},\"at\":3601.5}", 2 * HOUR);

        send(record);

        assertThat(task.extractOutputValues())
                .containsExactly(Tuple3.of(HOUR + "/7", HOUR + 1_500, record));
    }

    @Test
    void takesTheArrivalWhereNothingElseIsAskedFor() throws Exception {
        start(null, null, SampleTimeFormat.ISO_8601);
        DeliveryRecord record = record("no JSON", 2 * HOUR + 1);

        send(record);

        assertThat(task.extractOutputValues())
                .containsExactly(Tuple3.of(2 * HOUR + "/", 2 * HOUR + 1, record));
    }

    @Test
    void aRecordFromTheFutureHappenedWhenItArrived() throws Exception {
        start(null, ".at", SampleTimeFormat.ISO_8601);

        send(record("{\"at\":\"9999-01-01T00:00:00Z\"}", 1));

        assertThat(task.extractOutputValues())
                .singleElement()
                .satisfies(each -> assertThat(each.f1).isEqualTo(1));
    }

    @Test
    void aRecordWithoutKeyOrTimeGoesToTheDeadLetterWithItsPayload() throws Exception {
        start("(.a | tostring)", ".at", SampleTimeFormat.EPOCH_MILLIS);
        List<String> payloads = List.of("{\"a\":1}", "{\"a\":1,\"at\":\"soon\"}", "no JSON", "");

        for (String payload : payloads) {
            send(record(payload, 1).of(Part.of(2, false)));
        }

        assertThat(task.extractOutputValues()).isEmpty();
        assertThat(passed())
                .hasSize(4)
                .allSatisfy(each -> assertThat(each.part()).isEqualTo(Part.of(2, false)));
        assertThat(passed())
                .extracting(
                        each -> new String(each.envelope().payloadCopy(), StandardCharsets.UTF_8))
                .isEqualTo(payloads);
        assertThat(passed().get(0).failure().type()).isEqualTo(ErrorOutputType.PROCESSING_FAILED);
        assertThat(passed().get(0).failure().message())
                .isEqualTo("The record has nothing at .at, which is its time for sampling");
        assertThat(passed().get(1).failure().message())
                .isEqualTo("'soon' is no time in EPOCH_MILLIS");
    }

    @Test
    void whatIsNotToBeDeliveredPassesBy() throws Exception {
        start(".a", null, SampleTimeFormat.ISO_8601);
        DeliveryRecord dropped = DeliveryRecord.drop(record("x", 1).envelope());
        DeliveryRecord begun = DeliveryRecord.begun(new ReadingBegin("s", "0", "1", 0, 1).marker());

        send(dropped);
        send(begun);

        assertThat(passed()).containsExactly(dropped, begun);
    }

    private void start(String key, String time, SampleTimeFormat format) throws Exception {
        task =
                new OneInputStreamOperatorTestHarness<>(
                        new ProcessOperator<>(
                                new SampleKeys(
                                        new SampleConfig(
                                                SampleMethod.LAST,
                                                key,
                                                Duration.ofHours(1),
                                                0,
                                                List.of(),
                                                time,
                                                format,
                                                Duration.ZERO))));
        task.open();
    }

    private void send(DeliveryRecord record) throws Exception {
        task.processElement(record, 0);
    }

    private List<DeliveryRecord> passed() {
        return task.getSideOutput(SampleKeys.PASSED).stream().map(each -> each.getValue()).toList();
    }

    private static DeliveryRecord record(String payload, long arrival) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        return DeliveryRecord.deliver(
                new Envelope("s", "0", "1", 0, "k", arrival, bytes, 0, bytes.length));
    }
}
