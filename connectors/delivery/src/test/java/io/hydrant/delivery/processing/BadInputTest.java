package io.hydrant.delivery.processing;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.buffer.PartitionTime;
import io.hydrant.delivery.ledger.LedgerTally;
import io.hydrant.delivery.processing.ProcessingConfig.Partitioning;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.util.Collector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever a record holds, it is delivered, dropped or in the dead letter, and counts once. */
class BadInputTest {

    private static final Partitioning BY_KEY =
            new Partitioning("!{partitionKeyFromQuery:a}/", ZoneOffset.UTC, PartitionTime.OBJECT);

    private static final List<ProcessingConfig> STEPS =
            List.of(
                    config(true, false, null, null, null),
                    config(true, true, SubRecordType.JSON, null, null),
                    config(false, true, null, null, null),
                    config(false, false, SubRecordType.JSON, null, "{a:.a}"),
                    config(false, false, SubRecordType.JSON, null, "{a:(.a|tostring)}"),
                    config(false, false, SubRecordType.DELIMITED, "Cg==", "{a:.a.b}"),
                    config(
                            true,
                            false,
                            SubRecordType.DELIMITED,
                            "fSw=",
                            "{a:.a|strftime(\"%Y\")}"));

    @Property(tries = 1_000)
    void noRecordIsLostOrThrows(@ForAll("payloads") byte[] payload) throws Exception {
        for (ProcessingConfig steps : STEPS) {
            assertThat(counted(steps, payload)).isEqualTo(1);
            assertThat(counted(steps, gzip(payload))).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\uFEFF{\"a\":1}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\\u0000\"}",
                "{\"a\":\"!{timestamp:yyyy}\"}",
                "{\"a\":\"../../x\"}",
                "{\"a\":1e999}",
                "{\"a\":-0}",
            })
    void oddRecordsAreJudged(String payload) throws Exception {
        for (ProcessingConfig steps : STEPS) {
            assertThat(counted(steps, payload.getBytes(StandardCharsets.UTF_8))).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void recordsNestedDeeperThanAnyStackAreJudged(String level) throws Exception {
        for (ProcessingConfig steps : STEPS) {
            byte[] payload = level.repeat(200_000).getBytes(StandardCharsets.UTF_8);
            assertThat(counted(steps, payload)).isEqualTo(1);
        }
    }

    @Provide
    Arbitrary<byte[]> payloads() {
        Arbitrary<byte[]> pieces =
                Arbitraries.of(
                                "{",
                                "}",
                                "[",
                                "]",
                                ":",
                                ",",
                                "\"",
                                "\\",
                                "a",
                                "\"a\"",
                                "\n",
                                " ",
                                "1",
                                "-",
                                ".",
                                "e",
                                "null",
                                "true",
                                "{\"a\":1}",
                                "\"logEvents\":[",
                                "\"message\":\"m\"",
                                "\u00fc",
                                "\uD83D\uDE00")
                        .list()
                        .ofMaxSize(20)
                        .map(list -> String.join("", list).getBytes(StandardCharsets.UTF_8));
        return Arbitraries.oneOf(pieces, Arbitraries.bytes().array(byte[].class).ofMaxSize(60));
    }

    private static long counted(ProcessingConfig steps, byte[] payload) throws Exception {
        Envelope record = new Envelope("s", "shard-0", "1", 0, "k", 5, payload, 0, payload.length);
        List<DeliveryRecord> out = new ArrayList<>();
        new RecordProcessing(steps, deliverAll(), Clock.systemUTC()).process(record, into(out));
        LedgerTally tally = new LedgerTally();
        out.forEach(each -> tally.add(each.envelope(), each.part()));
        assertThat(out).isNotEmpty();
        assertThat(out.get(out.size() - 1).part().isLast()).isTrue();
        return tally.records();
    }

    private static RecordProcessing.Transform deliverAll() {
        return TransformResult::kept;
    }

    private static Collector<DeliveryRecord> into(List<DeliveryRecord> out) {
        return new Collector<>() {
            @Override
            public void collect(DeliveryRecord record) {
                out.add(record);
            }

            @Override
            public void close() {}
        };
    }

    private static ProcessingConfig config(
            boolean gzip, boolean logs, SubRecordType type, String delimiter, String query) {
        return new ProcessingConfig(
                gzip, 1 << 20, logs, false, type, delimiter, query, query == null ? null : BY_KEY);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
