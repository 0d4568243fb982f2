package io.hydrant.delivery.sample;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.DeliveryRecordTypeInformation;
import io.hydrant.delivery.Disposition;
import io.hydrant.delivery.Part;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Intervals of 100 seconds, for which records are waited 10 seconds longer. */
class SamplerTest {

    private static final long SECOND = 1_000;

    private KeyedOneInputStreamOperatorTestHarness<
                    String, Tuple3<String, Long, DeliveryRecord>, DeliveryRecord>
            task;
    private SampleConfig config;
    private int sent;

    @AfterEach
    void close() throws Exception {
        task.close();
    }

    @Test
    void deliversTheLatestRecordOfEachKeyWhenItsIntervalIsOver() throws Exception {
        start(SampleMethod.LAST);
        send("a", 10, "a-1");
        send("b", 20, "b-1");
        send("a", 90, "a-2");
        send("a", 50, "a-3");
        send("a", 130, "a-4");
        assertThat(taken()).containsExactly("DROP a-1", "DROP a-3");

        readUntil(109);
        assertThat(taken()).isEmpty();
        readUntil(110);
        assertThat(taken()).containsExactlyInAnyOrder("DELIVER a-2", "DELIVER b-1");

        readUntil(210);
        assertThat(taken()).containsExactly("DELIVER a-4");
        assertThat(task.numKeyedStateEntries()).isZero();
        assertThat(task.numEventTimeTimers()).isZero();
    }

    @Test
    void ofRecordsWithOneTimeTheOneThatCameLastIsTheLast() throws Exception {
        start(SampleMethod.LAST);
        send("a", 10, "a-1");
        send("a", 10, "a-2");

        readUntil(200);

        assertThat(taken()).containsExactly("DROP a-1", "DELIVER a-2");
    }

    @Test
    void deliversTheFirstRecordAtOnceAndDropsTheOthers() throws Exception {
        start(SampleMethod.FIRST);
        send("a", 10, "a-1");
        send("a", 5, "a-2");
        send("a", 100, "a-3");
        assertThat(taken()).containsExactly("DELIVER a-1", "DROP a-2", "DELIVER a-3");

        readUntil(300);
        assertThat(taken()).isEmpty();
        assertThat(task.numKeyedStateEntries()).isZero();
    }

    @Test
    void deliversEveryNthRecordOfEachIntervalFromItsFirstOn() throws Exception {
        start(SampleMethod.ONE_IN_N);
        for (int i = 1; i <= 7; i++) {
            send("a", 10, "a-" + i);
        }
        send("b", 10, "b-1");
        send("a", 110, "a-8");

        assertThat(taken())
                .filteredOn(each -> each.startsWith("DELIVER"))
                .containsExactly(
                        "DELIVER a-1", "DELIVER a-4", "DELIVER a-7", "DELIVER b-1", "DELIVER a-8");
    }

    @Test
    void averagesTheNumbersAndKeepsWhatElseTheNewestRecordHas() throws Exception {
        start(SampleMethod.AVERAGE);
        send("a", 10, "{\"id\":9007199254740993,\"load\":1,\"in\":{\"t\":0.1},\"n\":\"x\"}\n");
        send("a", 30, "{\"id\":9007199254740993,\"load\":2,\"in\":{\"t\":0.2},\"n\":\"z\"}\n");
        send("a", 20, "{\"id\":9007199254740993,\"load\":2,\"only\":4,\"in\":3,\"n\":[1]}\n");
        taken();

        readUntil(200);

        assertThat(taken())
                .containsExactly(
                        "DELIVER {\"id\":9007199254740993,\"load\":1.666666666666667,\"in\":{\"t\":0.15},\"n\":\"z\"}\n");
    }

    @Test
    void averagesOnlyTheFieldsThatAreNamed() throws Exception {
        start(
                new SampleConfig(
                        SampleMethod.AVERAGE,
                        null,
                        Duration.ofSeconds(100),
                        0,
                        List.of("in.t"),
                        null,
                        SampleTimeFormat.ISO_8601,
                        Duration.ZERO));
        send("a", 10, "{\"load\":1,\"in\":{\"t\":1}}");
        send("a", 20, "{\"load\":2,\"in\":{\"t\":1000}}");
        taken();

        readUntil(200);

        assertThat(taken()).containsExactly("DELIVER {\"load\":2,\"in\":{\"t\":500.5}}");
    }

    /** Sums of such numbers, written out, would fill the memory; and some are none at all. */
    @Test
    void noNumberFailsTheJob() throws Exception {
        start(SampleMethod.AVERAGE);
        String odd = "{\"a\":1e2147483647,\"b\":-1E-2147483640,\"c\":1e300,\"d\":5}";
        send("a", 10, odd);
        send("a", 20, odd);
        send("a", 30, "[1]");
        send("a", 30, "{\"a\":NaN}");
        send("a", 30, "");
        send("a", 30, "{\"d\":" + "9".repeat(2_000) + "}");
        assertThat(taken())
                .filteredOn(each -> each.startsWith("DEAD_LETTER"))
                .hasSize(4)
                .contains("DEAD_LETTER [1]");

        readUntil(200);

        assertThat(taken())
                .singleElement()
                .asString()
                .startsWith("DELIVER")
                .contains("\"d\":5}", "1E+2147483647", "1E+300");
    }

    @ParameterizedTest
    @EnumSource(SampleMethod.class)
    void everyRecordGoesOutOnceOverAFailure(SampleMethod method) throws Exception {
        start(method);
        send("a", 10, "{\"n\":1}");
        send("b", 20, "{\"n\":2}");
        send("a", 30, "{\"n\":3}");
        OperatorSubtaskState state = task.snapshot(1, 1);
        List<String> before = taken();
        send("a", 40, "{\"n\":9}");
        task.close();

        sent = 3;
        start(config, state);
        send("a", 40, "{\"n\":9}");
        readUntil(500);

        List<String> all = new ArrayList<>(before);
        all.addAll(taken());
        assertThat(all).hasSize(4);
        assertThat(all.stream().filter(each -> each.startsWith("DELIVER")).count()).isEqualTo(2);
        assertThat(task.numKeyedStateEntries()).isZero();
    }

    @Test
    void recordsThatComeTooLateAreSampledByThemselves() throws Exception {
        start(SampleMethod.LAST);
        readUntil(500);
        send("a", 10, "a-1");
        send("a", 20, "a-2");
        assertThat(taken()).containsExactly("DROP a-1");
        readUntil(509);
        assertThat(taken()).isEmpty();

        readUntil(510);
        assertThat(taken()).containsExactly("DELIVER a-2");
    }

    @Test
    void whatWaitsIsDeliveredThoughTheMethodWasChanged() throws Exception {
        start(SampleMethod.LAST);
        send("a", 10, "a-1");
        OperatorSubtaskState state = task.snapshot(1, 1);
        task.close();

        start(config(SampleMethod.FIRST), state);
        send("a", 20, "a-2");
        readUntil(200);

        assertThat(taken()).containsExactly("DROP a-2", "DELIVER a-1");
    }

    @Test
    void keepsPartAndPartitionOfARecord() throws Exception {
        start(SampleMethod.AVERAGE);
        DeliveryRecord part =
                DeliveryRecord.deliver(envelope(10, "{\"n\":1}")).of(Part.of(3, false)).in("p/");
        send("a", 10, part);
        send("a", 5, DeliveryRecord.deliver(envelope(5, "{\"n\":2}")).of(Part.of(2, false)));
        readUntil(200);

        assertThat(task.extractOutputValues())
                .extracting(DeliveryRecord::part)
                .containsExactly(Part.of(2, false), Part.of(3, false));
        assertThat(task.extractOutputValues().get(1).partition()).isEqualTo("p/");
    }

    private static SampleConfig config(SampleMethod method) {
        return new SampleConfig(
                method,
                null,
                Duration.ofSeconds(100),
                method == SampleMethod.ONE_IN_N ? 3 : 0,
                List.of(),
                null,
                SampleTimeFormat.ISO_8601,
                Duration.ofSeconds(10));
    }

    private void start(SampleMethod method) throws Exception {
        start(config(method));
    }

    private void start(SampleConfig given) throws Exception {
        start(given, null);
    }

    private void start(SampleConfig given, OperatorSubtaskState state) throws Exception {
        config = given;
        task =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(new Sampler(config)),
                        keyed -> keyed.f0,
                        Types.STRING);
        task.setup(
                DeliveryRecordTypeInformation.INSTANCE.createSerializer(
                        task.getExecutionConfig().getSerializerConfig()));
        if (state != null) {
            task.initializeState(state);
        }
        task.open();
    }

    private void send(String key, long seconds, String payload) throws Exception {
        send(key, seconds, DeliveryRecord.deliver(envelope(seconds, payload)));
    }

    private void send(String key, long seconds, DeliveryRecord record) throws Exception {
        long time = seconds * SECOND;
        task.processElement(Tuple3.of(config.intervalOf(time) + "/" + key, time, record), time);
    }

    private Envelope envelope(long seconds, String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        return new Envelope(
                "s",
                "shard-0",
                Integer.toString(++sent),
                0,
                "k",
                seconds * SECOND,
                bytes,
                0,
                bytes.length);
    }

    /** Everything that arrived before that was read. */
    private void readUntil(long seconds) throws Exception {
        task.processWatermark(seconds * SECOND - 1);
    }

    private List<String> taken() {
        List<String> taken =
                task.extractOutputValues().stream()
                        .map(
                                each ->
                                        each.disposition()
                                                + " "
                                                + new String(
                                                        each.envelope().payloadCopy(),
                                                        StandardCharsets.UTF_8))
                        .toList();
        task.getOutput().clear();
        assertThat(taken).noneMatch(each -> each.startsWith(Disposition.LOST.name()));
        return taken;
    }
}
