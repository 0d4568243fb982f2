package io.hydrant.delivery.sample;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.DeliveryRecord;

import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class LocalSamplerTest {

    private static final long SEED = 7;
    private static final int RECORDS = 2_000;

    /** Arrivals go back now and then, and some records are no objects or have no key. */
    @ParameterizedTest
    @EnumSource
    void deliversAtEachRecordWhatTheOperatorsDeliver(SampleMethod method) throws Exception {
        SampleConfig config =
                new SampleConfig(
                        method,
                        ".k",
                        Duration.ofSeconds(10),
                        method == SampleMethod.ONE_IN_N ? 3 : 0,
                        List.of(),
                        ".t",
                        SampleTimeFormat.EPOCH_MILLIS,
                        Duration.ofSeconds(2));
        Random random = new Random(SEED);
        LocalSampler local = new LocalSampler(config);
        SampleGroups groups = new SampleGroups(config, Clock.systemUTC());
        long arrival = 0;
        try (KeyedOneInputStreamOperatorTestHarness<
                        String, Tuple3<String, Long, DeliveryRecord>, DeliveryRecord>
                task =
                        new KeyedOneInputStreamOperatorTestHarness<>(
                                new KeyedProcessOperator<>(new Sampler(config)),
                                keyed -> keyed.f0,
                                Types.STRING)) {
            task.open();
            long readUntil = Long.MIN_VALUE;
            for (int i = 0; i < RECORDS; i++) {
                arrival += random.nextInt(1_500) - 300;
                DeliveryRecord record = record(i, arrival, random);
                List<DeliveryRecord> here = new ArrayList<>();
                List<DeliveryRecord> there = new ArrayList<>();

                local.process(record, new ListCollector<>(here));
                SampleGroups.Member member = groups.of(record);
                if (member.group() == null) {
                    there.add(member.record());
                } else {
                    task.processElement(
                            Tuple3.of(member.group(), member.time(), member.record()), arrival);
                }
                readUntil = Math.max(readUntil, arrival - 1);
                task.processWatermark(readUntil);
                there.addAll(task.extractOutputValues());
                task.getOutput().clear();

                assertThat(texts(here)).as("seed %d, record %d", SEED, i).isEqualTo(texts(there));
            }
            List<DeliveryRecord> rest = new ArrayList<>();
            local.finish(new ListCollector<>(rest));
            task.processWatermark(Long.MAX_VALUE);
            assertThat(texts(rest)).isEqualTo(texts(task.extractOutputValues()));
        }
    }

    private static DeliveryRecord record(int number, long arrival, Random random) {
        long time = arrival - random.nextInt(15_000);
        String payload =
                switch (random.nextInt(20)) {
                    case 0 -> "no object " + number;
                    case 1 -> "{\"t\":" + time + ",\"n\":" + number + "}";
                    default ->
                            "{\"k\":\""
                                    + random.nextInt(3)
                                    + "\",\"t\":"
                                    + time
                                    + ",\"n\":"
                                    + number
                                    + "}";
                };
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        return DeliveryRecord.deliver(
                new Envelope(
                        "s",
                        "shard-0",
                        Integer.toString(number),
                        0,
                        "key",
                        arrival,
                        bytes,
                        0,
                        bytes.length));
    }

    /** Sorted, as intervals that end together end in any order. */
    private static List<String> texts(List<DeliveryRecord> records) {
        return records.stream()
                .map(
                        each ->
                                each.disposition()
                                        + " "
                                        + new String(
                                                each.envelope().payloadCopy(),
                                                StandardCharsets.UTF_8))
                .sorted()
                .toList();
    }
}
