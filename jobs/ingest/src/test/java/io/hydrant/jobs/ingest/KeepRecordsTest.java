package io.hydrant.jobs.ingest;

import io.hydrant.jobs.ingest.tail.LogRecord;

import org.apache.flink.streaming.api.operators.StreamFilter;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class KeepRecordsTest {

    @Test
    void leavesOutWhatTheFilterSaysNoOf() throws Exception {
        assertThat(
                        kept(
                                ".amount > 10 and .country != \"XX\"",
                                "{\"amount\": 11}\n",
                                "{\"amount\": 10}\n",
                                "{\"amount\": 12, \"country\": \"XX\"}\n",
                                "{\"amount\": 13}"))
                .containsExactly("{\"amount\": 11}\n", "{\"amount\": 13}");
    }

    @Test
    void sendsWhatTheFilterCannotJudge() throws Exception {
        assertThat(kept(".a | length > 1", "no json\n", "{\"a\": true}\n", "{\"a\": \"x\"}\n"))
                .containsExactly("no json\n", "{\"a\": true}\n");
    }

    private static List<String> kept(String predicate, String... records) throws Exception {
        try (OneInputStreamOperatorTestHarness<LogRecord, LogRecord> task =
                new OneInputStreamOperatorTestHarness<>(
                        new StreamFilter<>(new KeepRecords(predicate)))) {
            task.open();
            for (int i = 0; i < records.length; i++) {
                task.processElement(
                        new StreamRecord<>(
                                new LogRecord(
                                        "object", i, records[i].getBytes(StandardCharsets.UTF_8))));
            }
            return task.extractOutputValues().stream()
                    .map(record -> new String(record.data(), StandardCharsets.UTF_8))
                    .toList();
        }
    }
}
