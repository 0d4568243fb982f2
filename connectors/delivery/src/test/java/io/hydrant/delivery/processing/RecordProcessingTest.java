package io.hydrant.delivery.processing;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.record.LostRange;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.Disposition;
import io.hydrant.delivery.Part;
import io.hydrant.delivery.buffer.PartitionTime;
import io.hydrant.delivery.deadletter.ErrorOutputType;
import io.hydrant.delivery.deadletter.Failure;
import io.hydrant.delivery.processing.ProcessingConfig.Partitioning;

import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;

class RecordProcessingTest {

    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(77), ZoneOffset.UTC);
    private static final long ARRIVAL = Instant.parse("2018-08-27T10:30:00Z").toEpochMilli();

    @Test
    void aRecordIsOneWhereNothingIsConfigured() throws Exception {
        Envelope record = record("{\"a\":1}{\"a\":2}");

        List<DeliveryRecord> out = process(ProcessingConfig.NONE, record);

        assertThat(out).containsExactly(DeliveryRecord.deliver(record));
        assertThat(out.get(0).envelope()).isSameAs(record);
    }

    @Test
    void theMarkerOfALossPassesByEverything() throws Exception {
        Envelope marker = new LostRange("s", "shard", "1", 0, "2", 0, 1, false).marker();

        assertThat(process(json(), marker)).containsExactly(DeliveryRecord.lost(marker));
        assertThat(process(ProcessingConfig.NONE, marker))
                .containsExactly(DeliveryRecord.lost(marker));
    }

    @ParameterizedTest(name = "RecordDeAggregation JSON: {0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1}                        | {\"a\":1}",
                "{\"a\":1}{\"a\":2}               | {\"a\":1} ; {\"a\":2}",
                "{\"a\":1}~{\"a\":2}~             | {\"a\":1} ; {\"a\":2}",
                "{~\"a\": 1~} {\"b\":\"}{\\n\"}   | {\"a\": 1} ; {\"b\":\"}{\\n\"}",
                "[1,2] [3]                        | [1,2] ; [3]",
                "1 \"a\" null -2.5                | 1 ; \"a\" ; null ; -2.5",
            })
    void takesJsonValuesApart(String payload, String parts) throws Exception {
        assertThat(payloads(process(json(), record(payload.replace('~', '\n')))))
                .containsExactly(parts.split(" ; "));
    }

    @ParameterizedTest(name = "RecordDeAggregation JSON passes on whole: {0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1}{\"a\":",
                "no JSON",
                "{\"a\":1},{\"a\":2}",
                "{\"a\":1}]",
                "\"open",
                "{a:1}",
                "tru"
            })
    void passesOnWholeWhatIsNotJsonFromEndToEnd(String payload) throws Exception {
        Envelope record = record(payload);

        assertThat(process(json(), record)).containsExactly(DeliveryRecord.deliver(record));
    }

    @Test
    void takesApartMoreThanTheFiveHundredThatFirehoseAllows() throws Exception {
        List<DeliveryRecord> parts = process(json(), record("{\"n\":1}".repeat(20_000)));

        assertThat(parts).hasSize(20_000);
        assertThat(parts.get(0).part()).isEqualTo(new Part(0, false));
        assertThat(parts.get(19_999).part()).isEqualTo(new Part(19_999, true));
        assertThat(parts)
                .extracting(part -> part.envelope().identity())
                .containsOnly(record("").identity());
    }

    @Test
    void takesDelimitedRecordsApart() throws Exception {
        ProcessingConfig hashes =
                config(false, false, SubRecordType.DELIMITED, "IyMjIw==", null, null);

        assertThat(payloads(process(hashes, record("a####b#####c"))))
                .containsExactly("a", "b", "#c");
        assertThat(payloads(process(hashes, record("####a########b####"))))
                .containsExactly("a", "b");
        assertThat(process(hashes, record("alone")))
                .containsExactly(DeliveryRecord.deliver(record("alone")));
    }

    @Test
    void countsARecordThatHoldsNoneAsDropped() throws Exception {
        assertThat(process(json(), record(" \n")))
                .containsExactly(DeliveryRecord.drop(record(" \n")));
    }

    @Test
    void decompressesRecordsAndThenTakesThemApart() throws Exception {
        Envelope record = record(gzip("{\"a\":1}{\"a\":2}"));

        assertThat(payloads(process(config(true, false, null, null, null, null), record)))
                .containsExactly("{\"a\":1}{\"a\":2}");
        assertThat(
                        payloads(
                                process(
                                        config(true, false, SubRecordType.JSON, null, null, null),
                                        record)))
                .containsExactly("{\"a\":1}", "{\"a\":2}");
    }

    @Test
    void sendsWhatIsNotGzipAsItCameToDecompressionFailed() throws Exception {
        Envelope record = record("plain");

        DeliveryRecord failed = process(config(true, false, null, null, null, null), record).get(0);

        assertThat(failed.envelope()).isSameAs(record);
        assertThat(failed.failure().type()).isEqualTo(ErrorOutputType.DECOMPRESSION_FAILED);
        assertThat(failed.failure().code()).isEqualTo("Decompression.Failed");
        assertThat(failed.failure().attemptEndedMillis()).isEqualTo(77);
    }

    @Test
    void saysThatARecordOfGzipEndsEarly() throws Exception {
        byte[] whole = gzip("log");
        for (int length : new int[] {0, 5, whole.length - 1}) {
            DeliveryRecord failed =
                    process(
                                    config(true, false, null, null, null, null),
                                    record(Arrays.copyOf(whole, length)))
                            .get(0);

            assertThat(failed.failure().message())
                    .isEqualTo("Decompression failed, the record is not GZIP: it ends early");
        }
    }

    @Test
    void dropsLogsWithoutAMessageAndKeepsAMessageThatIsEmpty() throws Exception {
        ProcessingConfig withNewline =
                new ProcessingConfig(true, 1 << 20, true, true, null, null, null, null);

        for (String none : List.of("{\"logEvents\":[]}", "{\"logEvents\":[{\"id\":\"1\"}]}")) {
            assertThat(process(withNewline, record(gzip(none))))
                    .extracting(DeliveryRecord::disposition)
                    .containsExactly(Disposition.DROP);
        }
        assertThat(
                        payloads(
                                process(
                                        withNewline,
                                        record(gzip("{\"logEvents\":[{\"message\":\"\"}]}")))))
                .containsExactly("");
    }

    @Test
    void sendsWhatWouldFillTheMemoryToDecompressionFailed() throws Exception {
        ProcessingConfig small =
                new ProcessingConfig(true, 1_000, false, false, null, null, null, null);

        assertThat(payloads(process(small, record(gzip("x".repeat(1_000)))))).hasSize(1);
        assertThat(process(small, record(gzip("x".repeat(1_001)))).get(0).failure().message())
                .contains(
                        "larger than 1000 bytes when decompressed (delivery.decompression.max-size)");
    }

    @Test
    void keepsOfCloudWatchLogsTheMessagesALineEach() throws Exception {
        String logs =
                """
                {"messageType": "DATA_MESSAGE", "owner": "1", "logEvents": [
                  {"id": "1", "timestamp": 1, "message": "{\\"v\\":\\"1.03\\"}", "extractedFields": {"message": "no"}},
                  {"id": "2", "message": "zwei \\u00fc"}], "subscriptionFilters": ["logEvents"]}
                """;

        assertThat(
                        payloads(
                                process(
                                        config(true, true, null, null, null, null),
                                        record(gzip(logs)))))
                .containsExactly("{\"v\":\"1.03\"}\nzwei ü\n");
        ProcessingConfig withNewline =
                new ProcessingConfig(
                        true, 1 << 20, true, true, SubRecordType.JSON, null, null, null);
        assertThat(payloads(process(withNewline, record(gzip(logs)))))
                .containsExactly("{\"v\":\"1.03\"}\nzwei ü");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | no JSON object",
                "{} | no array logEvents",
                "{]| not JSON",
                "{\"logEvents\":[{\"message\": 5}]} | message of an event is no text",
                "{\"logEvents\":[{\"message\": null}]} | message of an event is no text",
                "{\"logEvents\":[5]} | an event is no object",
                "{\"logEvents\":[]} 1 | something follows"
            })
    void sendsLogsThatAreNoneAsTheyCameToDecompressionFailed(String logs, String reason)
            throws Exception {
        Envelope record = record(gzip(logs));

        DeliveryRecord failed = process(config(true, true, null, null, null, null), record).get(0);

        assertThat(failed.envelope()).isSameAs(record);
        assertThat(failed.failure().type()).isEqualTo(ErrorOutputType.DECOMPRESSION_FAILED);
        assertThat(failed.failure().message()).contains(reason);
    }

    @Test
    void partitionsEveryPartByItsOwnKeys() throws Exception {
        ProcessingConfig config =
                config(
                        false,
                        false,
                        SubRecordType.JSON,
                        null,
                        "{c: .customer}",
                        "c=!{partitionKeyFromQuery:c}/!{timestamp:yyyy}/");

        List<DeliveryRecord> out =
                process(
                        config,
                        record("{\"customer\":7}\n{\"customer\":\"\"}\n{\"customer\":\"b\"}"));

        assertThat(out)
                .extracting(DeliveryRecord::partition)
                .containsExactly("c=7/!{timestamp:yyyy}/", "", "c=b/!{timestamp:yyyy}/");
        DeliveryRecord failed = out.get(1);
        assertThat(failed.disposition()).isEqualTo(Disposition.DEAD_LETTER);
        assertThat(failed.part()).isEqualTo(new Part(1, false));
        assertThat(payloads(List.of(failed))).containsExactly("{\"customer\":\"\"}");
        assertThat(failed.failure().type()).isEqualTo(ErrorOutputType.METADATA_EXTRACTION_FAILED);
        assertThat(failed.failure().code())
                .isEqualTo("DynamicPartitioning.MetadataExtractionFailed");
        assertThat(failed.failure().message())
                .startsWith("partitionKeys values must not be null or empty");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no JSON                    | Non JSON record provided",
                "{\"c\":1}{\"c\":2}         | Non JSON record provided",
                "{\"d\":1}                  | partitionKeyFromQuery:c has no value",
                "{\"c\":null}               | partitionKeyFromQuery:c has no value",
                "{\"c\":[1]}                | The key c is ARRAY",
                "[]                         | The query failed",
            })
    void sendsRecordsWithoutKeysAsTheyCameToMetadataExtractionFailed(String payload, String reason)
            throws Exception {
        ProcessingConfig config =
                config(true, false, null, null, "{c: .c}", "!{partitionKeyFromQuery:c}/");
        Envelope record = record(gzip(payload));

        DeliveryRecord failed = process(config, record).get(0);

        assertThat(failed.envelope()).isSameAs(record);
        assertThat(failed.failure().type()).isEqualTo(ErrorOutputType.METADATA_EXTRACTION_FAILED);
        assertThat(failed.failure().message()).contains(reason);
    }

    @Test
    void partitionsByEachRecordsOwnTimeWhereThatIsAskedFor() throws Exception {
        ProcessingConfig config =
                new ProcessingConfig(
                        false,
                        1,
                        false,
                        false,
                        null,
                        null,
                        "{c}",
                        new Partitioning(
                                "!{partitionKeyFromQuery:c}/!{timestamp:yyyy/HH}/",
                                ZoneOffset.UTC,
                                PartitionTime.RECORD));

        assertThat(process(config, record("{\"c\":\"k\"}")).get(0).partition())
                .isEqualTo("k/2018/10/");
    }

    @Test
    void theTransformSeesPartsAndItsRefusalTakesTheRecordAsItCame() throws Exception {
        List<Envelope> seen = new ArrayList<>();
        Envelope compressed = record(gzip("text"));
        RecordProcessing.Transform refusing =
                record -> {
                    seen.add(record);
                    return TransformResult.failed(
                            new Failure(ErrorOutputType.PROCESSING_FAILED, "c", "m", 1, 2));
                };

        DeliveryRecord failed =
                process(config(true, false, null, null, null, null), refusing, compressed).get(0);

        assertThat(seen.get(0).payloadCopy()).isEqualTo(bytes("text"));
        assertThat(failed.envelope()).isSameAs(compressed);
        assertThat(failed.failure().code()).isEqualTo("c");
    }

    @Test
    void partitionsByTheKeysThatTheTransformGives() throws Exception {
        ProcessingConfig config =
                config(false, false, null, null, null, "!{partitionKeyFromLambda:k}/");

        assertThat(
                        process(
                                        config,
                                        record -> TransformResult.kept(record, Map.of("k", "v")),
                                        record("x"))
                                .get(0)
                                .partition())
                .isEqualTo("v/");
    }

    @Test
    void countsTheRecordsThatATransformMakesOfPartsAsPartsOfTheOneThatCame() throws Exception {
        RecordProcessing.Transform doubling =
                piece ->
                        piece.payloadLength() == 2
                                ? TransformResult.DROPPED
                                : new TransformResult(
                                        List.of(
                                                new TransformResult.Kept(piece, Map.of()),
                                                new TransformResult.Kept(
                                                        piece.withPayload(bytes("2")), Map.of())),
                                        null);

        List<DeliveryRecord> out = process(json(), doubling, record("[1]{}[3]"));

        assertThat(payloads(out)).containsExactly("[1]", "2", "{}", "[3]", "2");
        assertThat(out)
                .extracting(DeliveryRecord::part)
                .containsExactly(
                        new Part(0, false),
                        new Part(1, false),
                        new Part(2, false),
                        new Part(3, false),
                        new Part(4, true));
        assertThat(out.get(2).disposition()).isEqualTo(Disposition.DROP);
    }

    @Test
    void ofSeveralRecordsAllGoOnOrTheOneThatCameGoesToTheDeadLetter() throws Exception {
        ProcessingConfig byKey =
                config(false, false, null, null, null, "!{partitionKeyFromLambda:k}/");
        TransformResult.Kept withKey = new TransformResult.Kept(record("with"), Map.of("k", "v"));
        TransformResult.Kept without = new TransformResult.Kept(record("without"), Map.of());
        Envelope came = record("came");

        List<DeliveryRecord> good =
                process(
                        byKey,
                        record -> new TransformResult(List.of(withKey, withKey), null),
                        came);
        List<DeliveryRecord> bad =
                process(
                        byKey,
                        record -> new TransformResult(List.of(withKey, without), null),
                        came);

        assertThat(good).extracting(DeliveryRecord::partition).containsExactly("v/", "v/");
        assertThat(bad).hasSize(1);
        assertThat(bad.get(0).envelope()).isSameAs(came);
        assertThat(bad.get(0).part()).isEqualTo(Part.WHOLE);
        assertThat(bad.get(0).failure().type())
                .isEqualTo(ErrorOutputType.METADATA_EXTRACTION_FAILED);
    }

    private static ProcessingConfig json() {
        return config(false, false, SubRecordType.JSON, null, null, null);
    }

    private static ProcessingConfig config(
            boolean gzip,
            boolean logs,
            SubRecordType type,
            String delimiter,
            String query,
            String prefix) {
        return new ProcessingConfig(
                gzip,
                1 << 20,
                logs,
                false,
                type,
                delimiter,
                query,
                prefix == null
                        ? null
                        : new Partitioning(prefix, ZoneOffset.UTC, PartitionTime.OBJECT));
    }

    private static List<DeliveryRecord> process(ProcessingConfig config, Envelope record)
            throws Exception {
        return process(config, TransformResult::kept, record);
    }

    private static List<DeliveryRecord> process(
            ProcessingConfig config, RecordProcessing.Transform transform, Envelope record)
            throws Exception {
        List<DeliveryRecord> out = new ArrayList<>();
        new RecordProcessing(config, transform, CLOCK)
                .process(
                        record,
                        new Collector<>() {
                            @Override
                            public void collect(DeliveryRecord each) {
                                out.add(each);
                            }

                            @Override
                            public void close() {}
                        });
        return out;
    }

    private static List<String> payloads(List<DeliveryRecord> records) {
        return records.stream()
                .map(record -> new String(record.envelope().payloadCopy(), StandardCharsets.UTF_8))
                .toList();
    }

    private static Envelope record(String payload) {
        return record(bytes(payload));
    }

    /** The payload lies within an array, as those of a KPL aggregate do. */
    private static Envelope record(byte[] payload) {
        byte[] shared = new byte[payload.length + 7];
        java.util.Arrays.fill(shared, (byte) '1');
        System.arraycopy(payload, 0, shared, 3, payload.length);
        return new Envelope("s", "shard-0", "4959", 2, "k", ARRIVAL, shared, 3, payload.length);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes(text));
        }
        return out.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
