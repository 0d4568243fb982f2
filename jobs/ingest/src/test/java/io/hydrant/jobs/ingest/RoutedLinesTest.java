package io.hydrant.jobs.ingest;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.transform.TransformConfig;
import io.hydrant.expression.ExpressionConfig;
import io.hydrant.jobs.ingest.restream.KeyChoice;
import io.hydrant.jobs.ingest.restream.NumberedRecord;
import io.hydrant.jobs.ingest.restream.RouteConfig;
import io.hydrant.jobs.ingest.restream.RouteRecords;
import io.hydrant.jobs.ingest.tail.LogRecord;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Lines on their way through a select, and back. */
class RoutedLinesTest {

    private static final String OBJECT = "AAAAAAAAAAAAAAAAAAAAAA";

    private final NumberLines number = new NumberLines();

    @Test
    void aLineGoesThroughASelectAndIsALineAgain() throws Exception {
        LogRecord line = new LogRecord(OBJECT, 7, bytes("{\"a\": 1}\n"));

        List<NumberedRecord> routed = routed(line, "SELECT a + 1 AS b FROM records");

        assertThat(routed).hasSize(1);
        LogRecord sent = new RoutedLines(true).map(routed.get(0));
        assertThat(text(sent.data())).isEqualTo("{\"b\":2}\n");
        assertThat(sent.number()).isEqualTo(7);
        assertThat(sent.producer()).startsWith(OBJECT + "-");
        // Read again, it has the same name.
        assertThat(routed(line, "SELECT a + 1 AS b FROM records").get(0).producer())
                .isEqualTo(sent.producer());
        // What was a whole object stays one.
        assertThat(text(new RoutedLines(false).map(routed.get(0)).data())).isEqualTo("{\"b\":2}");
    }

    @Test
    void aSelectMayLeaveLinesOut() throws Exception {
        assertThat(
                        routed(
                                new LogRecord(OBJECT, 0, bytes("{\"a\": 1}\n")),
                                "SELECT a FROM records WHERE a > 1"))
                .isEmpty();
    }

    @Test
    void aRouteSeesALineWithoutItsLineFeed() {
        assertThat(payload("a line\n")).isEqualTo("a line");
        assertThat(payload("the last one")).isEqualTo("the last one");
        assertThat(payload("\n")).isEmpty();
        assertThat(payload("")).isEmpty();
    }

    @Test
    void aLineHasOneLineFeed() {
        NumberedRecord ended =
                new NumberedRecord(
                        new Envelope("", "s", "1", 0, "k", 0, bytes("x\n"), 0, 2), OBJECT, 1);

        assertThat(text(new RoutedLines(true).map(ended).data())).isEqualTo("x\n");
    }

    private String payload(String line) {
        return text(number.map(new LogRecord(OBJECT, 1, bytes(line))).record().payloadCopy());
    }

    private List<NumberedRecord> routed(LogRecord line, String select) throws Exception {
        TransformConfig transform =
                ExpressionConfig.from(
                                Configuration.fromMap(
                                        Map.of(
                                                "delivery.transform.select",
                                                select,
                                                "delivery.transform.columns",
                                                "struct<a:int>")))
                        .map(ExpressionConfig::transform)
                        .orElseThrow();
        RouteConfig config =
                new RouteConfig(
                        "lines",
                        null,
                        transform,
                        new KeyChoice(KeyChoice.Option.KEEP, null),
                        RouteConfig.Failed.FAIL);
        try (OneInputStreamOperatorTestHarness<NumberedRecord, NumberedRecord> task =
                new OneInputStreamOperatorTestHarness<>(
                        new ProcessOperator<>(new RouteRecords(config)))) {
            task.open();
            task.processElement(new StreamRecord<>(number.map(line)));
            return task.extractOutputValues();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
