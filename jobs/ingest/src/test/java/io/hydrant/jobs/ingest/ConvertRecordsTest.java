package io.hydrant.jobs.ingest;

import io.hydrant.jobs.ingest.agent.AgentFlow.PartitionKeyOption;
import io.hydrant.jobs.ingest.convert.AddBrackets;
import io.hydrant.jobs.ingest.convert.AddMetadata;
import io.hydrant.jobs.ingest.convert.Conversion;
import io.hydrant.jobs.ingest.convert.ConversionException;
import io.hydrant.jobs.ingest.convert.CsvToJson;
import io.hydrant.jobs.ingest.convert.JsonLayout;
import io.hydrant.jobs.ingest.convert.LogFormat;
import io.hydrant.jobs.ingest.convert.LogToJson;
import io.hydrant.jobs.ingest.convert.SingleLine;
import io.hydrant.jobs.ingest.tail.LogRecord;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** The agent's conversions, by the examples of its developer guide and their edges. */
class ConvertRecordsTest {

    @Test
    void makesOneLineOfSeveral() throws ConversionException {
        assertThat(convert("{\n  \"a\": 1,\n  \"b\": 2\n}\n", new SingleLine(true, false)))
                .isEqualTo("{\"a\": 1,\"b\": 2}\n");
        assertThat(convert("a\n  b\n", new SingleLine(false, true))).isEqualTo("a\\\\n  b\n");
        assertThat(convert("a\nb\n\n\n", new SingleLine(true, true))).isEqualTo("a\\\\nb\n");
    }

    @Test
    void makesAnObjectOfColumns() throws ConversionException {
        CsvToJson csv =
                new CsvToJson(List.of("a", "b", "c"), Pattern.compile(","), JsonLayout.COMPACT);

        assertThat(convert("1,two,3\n", csv))
                .isEqualTo("{\"a\":\"1\",\"b\":\"two\",\"c\":\"3\"}\n");
        assertThat(convert("1,,\n", csv)).isEqualTo("{\"a\":\"1\",\"b\":null,\"c\":null}\n");
        assertThat(convert("1,2,3,4\n", csv)).isEqualTo("{\"a\":\"1\",\"b\":\"2\",\"c\":\"3\"}\n");
    }

    @Test
    void makesAnObjectOfALineOfApache() throws ConversionException {
        assertThat(
                        convert(
                                "64.242.88.10 - - [07/Mar/2004:16:10:02 -0800] \"GET"
                                        + " /mailman/listinfo/hsdivision HTTP/1.1\" 200 6291\n",
                                log(LogFormat.COMMONAPACHELOG)))
                .isEqualTo(
                        "{\"host\":\"64.242.88.10\",\"ident\":null,\"authuser\":null,"
                                + "\"datetime\":\"07/Mar/2004:16:10:02 -0800\","
                                + "\"request\":\"GET /mailman/listinfo/hsdivision HTTP/1.1\","
                                + "\"response\":\"200\",\"bytes\":\"6291\"}\n");
        assertThat(
                        convert(
                                "::1 - frank [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.0\" 200 -"
                                        + " \"http://www.example.com/start.html\" \"Mozilla/4.08 [en]\"\n",
                                log(LogFormat.COMBINEDAPACHELOG)))
                .contains("\"host\":\"::1\"", "\"authuser\":\"frank\"", "\"bytes\":null")
                .contains("\"referer\":\"http://www.example.com/start.html\"")
                .contains("\"agent\":\"Mozilla/4.08 [en]\"");
    }

    @Test
    void makesAnObjectOfALineOfApachesErrorLog() throws ConversionException {
        assertThat(
                        convert(
                                "[Fri Sep 09 10:42:29.902022 2011] [core:error] [pid 35708:tid 4328636416]"
                                        + " [client 72.15.99.187:51] File does not exist: /favicon.ico\n",
                                log(LogFormat.APACHEERRORLOG)))
                .isEqualTo(
                        "{\"timestamp\":\"Fri Sep 09 10:42:29.902022 2011\",\"module\":\"core\","
                                + "\"severity\":\"error\",\"processid\":\"35708\",\"threadid\":\"4328636416\","
                                + "\"client\":\"72.15.99.187:51\","
                                + "\"message\":\"File does not exist: /favicon.ico\"}\n");
    }

    @Test
    void makesAnObjectOfALineOfSyslog() throws ConversionException {
        assertThat(
                        convert(
                                "Mar 12 12:00:08 server2 rcd[308]: Loaded 12 packages in 'ximian-red-carpet|351'\n",
                                log(LogFormat.SYSLOG)))
                .isEqualTo(
                        "{\"timestamp\":\"Mar 12 12:00:08\",\"hostname\":\"server2\",\"program\":\"rcd\","
                                + "\"processid\":\"308\","
                                + "\"message\":\"Loaded 12 packages in 'ximian-red-carpet|351'\"}\n");
        assertThat(
                        convert(
                                "2016-04-08T12:26:50.123+02:00 host sshd: -\n",
                                log(LogFormat.RFC3339SYSLOG)))
                .contains("\"processid\":null,\"message\":\"-\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<1.2> ", "<6> ", "<34> ", "<134> ", "<1/2> "})
    void knowsALineOfSyslogWithAPriorityOrWithout(String priority) throws ConversionException {
        assertThat(
                        convert(
                                "Oct 11 22:14:5 " + priority + "web su[230]: failed\n",
                                log(LogFormat.SYSLOG)))
                .isEqualTo(
                        "{\"timestamp\":\"Oct 11 22:14:5\",\"hostname\":\"web\",\"program\":\"su\","
                                + "\"processid\":\"230\",\"message\":\"failed\"}\n");
        assertThat(
                        convert(
                                "2026-10-11T22:14:15Z " + priority + "web su: failed\n",
                                log(LogFormat.RFC3339SYSLOG)))
                .contains("\"hostname\":\"web\"");
    }

    @Test
    void leavesOutALineThatDoesNotMatch() throws ConversionException {
        assertThat(convert("nonsense\n", log(LogFormat.SYSLOG))).isNull();
    }

    @Test
    void takesAPatternAndNamesOfTheUsers() throws ConversionException {
        LogToJson log =
                LogToJson.of(
                        LogFormat.COMMONAPACHELOG,
                        Pattern.compile("^(\\w+) (\\S+)$"),
                        List.of("x", "y"),
                        JsonLayout.COMPACT);

        assertThat(convert("a -\n", log)).isEqualTo("{\"x\":\"a\",\"y\":null}\n");
    }

    @Test
    void addsMetadataAndBrackets() throws ConversionException {
        assertThat(convert("a \"b\"\n", new AddMetadata("{\"k\":[1]}", false, JsonLayout.COMPACT)))
                .isEqualTo("{\"metadata\":{\"k\":[1]},\"data\":\"a \\\"b\\\"\"}\n");
        assertThat(convert("a\n", new AddMetadata("null", true, JsonLayout.COMPACT)))
                .matches(
                        "\\{\"ts\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\",\"metadata\":null,\"data\":\"a\"}\n");
        assertThat(convert("a\n", new AddBrackets())).isEqualTo("{a\n}");
    }

    @Test
    void appliesOneAfterTheOther() throws ConversionException {
        assertThat(
                        convert(
                                " a,\n b\n",
                                new SingleLine(true, false),
                                new CsvToJson(
                                        List.of("x", "y"),
                                        Pattern.compile(","),
                                        JsonLayout.PRETTYPRINT)))
                .isEqualTo("{\n  \"x\" : \"a\",\n  \"y\" : \"b\"\n}\n");
    }

    @Test
    void cutsBetweenCharacters() {
        byte[] terminator = {'\n'};

        assertThat(ConvertRecords.cut(bytes("abcdef"), 4, terminator)).isEqualTo(bytes("abc\n"));
        assertThat(ConvertRecords.cut(bytes("aéé"), 4, terminator)).isEqualTo(bytes("aé\n"));
        assertThat(ConvertRecords.cut(bytes("aéé"), 3, terminator)).isEqualTo(bytes("a\n"));
    }

    @Test
    void aRecordHasTheSameKeyWheneverItIsRead() {
        LogRecord record = new LogRecord("AAAAAAAAAAAAAAAAAAAAAA", 71, bytes("x"));
        LogRecord next = new LogRecord("AAAAAAAAAAAAAAAAAAAAAA", 72, bytes("x"));
        RecordKeys random = RecordKeys.of(PartitionKeyOption.RANDOM, false);
        RecordKeys ofBytes = RecordKeys.of(PartitionKeyOption.DETERMINISTIC, true);

        assertThat(random.of(record))
                .isEqualTo(random.of(record.withData(bytes("x"))))
                .isNotEqualTo(random.of(next))
                .hasSizeLessThanOrEqualTo(RecordKeys.LONGEST);
        assertThat(ofBytes.of(record))
                .isEqualTo("9dd4e461268c8034f5c8564e155c67a6")
                .isEqualTo(ofBytes.of(next));
    }

    @Test
    void neighboursThatAreAggregatedShareAKey() {
        RecordKeys keys = RecordKeys.of(PartitionKeyOption.RANDOM, true);
        String producer = "AAAAAAAAAAAAAAAAAAAAAA";
        String other = "BAAAAAAAAAAAAAAAAAAAAA";

        assertThat(keys.of(record(producer, 32)))
                .isEqualTo(keys.of(record(producer, 63)))
                .isNotEqualTo(keys.of(record(producer, 31)))
                .isNotEqualTo(keys.of(record(producer, 64)))
                .isNotEqualTo(keys.of(record(other, 32)))
                .isEqualTo(keys.of(record(producer, 40)))
                .isEqualTo(RecordKeys.of(PartitionKeyOption.RANDOM, true).of(record(producer, 33)));
    }

    private static LogRecord record(String producer, long number) {
        return new LogRecord(producer, number, bytes("x"));
    }

    private static LogToJson log(LogFormat format) {
        return LogToJson.of(format, null, null, JsonLayout.COMPACT);
    }

    private static String convert(String record, Conversion... conversions)
            throws ConversionException {
        byte[] converted = ConvertRecords.converted(bytes(record), List.of(conversions));
        return converted == null ? null : new String(converted, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
