package io.hydrant.sql.kda.tryout;

import io.hydrant.sql.kda.application.DecodingError;
import io.hydrant.sql.kda.application.RecordDecoder;
import io.hydrant.sql.kda.application.RecordSchema;
import io.hydrant.sql.kda.run.Errors;
import io.hydrant.sql.kda.translate.Column;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The lines of an input file as rows in the order in which they arrive.
 *
 * <p>Each is a JSON object: {@code ROWTIME}, or the field named instead, sets the clock, and {@code
 * APPROXIMATE_ARRIVAL_TIME} the column of that name; the rest is the record, or {@code RECORD}
 * holds it as text. {@code {"BOUND": "2020-01-01T00:00:00Z"}} moves the clock on without a row.
 */
final class TestInput {

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

    private static final String ARRIVAL = "APPROXIMATE_ARRIVAL_TIME";

    private final RecordSchema schema;
    private final List<Column> system;
    private final RecordDecoder decoder;
    private final String rowtime;
    private final List<Event> events = new ArrayList<>();
    private long clock = Long.MIN_VALUE;

    /**
     * Lines of records.
     *
     * @param system the system columns behind the schema's own
     * @param rowtime the field that sets the clock
     */
    TestInput(RecordSchema schema, List<Column> system, String rowtime) {
        this.schema = schema;
        this.system = system;
        this.decoder = RecordDecoder.of(schema);
        this.rowtime = rowtime;
    }

    List<Event> events() {
        return events;
    }

    /**
     * Takes a line.
     *
     * @throws IllegalArgumentException if the line is not of the file's form
     */
    void line(int number, String text) {
        if (text.isBlank()) {
            return;
        }
        ObjectNode line = object(number, text);
        if (line.has("BOUND") && line.size() == 1) {
            clock = Math.max(clock, time(number, "BOUND", line.get("BOUND")));
            events.add(new Event(clock, null, null));
            return;
        }
        JsonNode time = line.remove(rowtime);
        JsonNode arrival = line.remove(ARRIVAL);
        if ((time == null || time.isNull()) && clock == Long.MIN_VALUE) {
            throw new IllegalArgumentException(
                    "line "
                            + number
                            + ": there is no "
                            + rowtime
                            + ", which the first row needs; --rowtime names another field.");
        }
        long now = time == null || time.isNull() ? clock : time(number, rowtime, time);
        long arrived = arrival == null || arrival.isNull() ? now : time(number, ARRIVAL, arrival);
        byte[] record = record(line);
        if (now < clock) {
            failed(
                    Errors.row(
                            TimestampData.fromEpochMillis(clock),
                            TimestampData.fromEpochMillis(now),
                            "OUT_OF_ORDER_ROW_ERROR",
                            "ROWTIME goes back from "
                                    + Instant.ofEpochMilli(clock)
                                    + " to "
                                    + Instant.ofEpochMilli(now),
                            record,
                            null));
            return;
        }
        clock = now;
        decode(record, now, arrived, number);
    }

    private void decode(byte[] record, long now, long arrived, int number) {
        int columns = schema.columns().size();
        decoder.decode(
                record,
                0,
                record.length,
                new RecordDecoder.Rows() {
                    @Override
                    public void row(Object[] values) {
                        Object[] all = Arrays.copyOf(values, columns + system.size());
                        for (int i = 0; i < system.size(); i++) {
                            all[columns + i] = system(system.get(i).name(), arrived, number);
                        }
                        events.add(new Event(now, all, null));
                    }

                    @Override
                    public void error(DecodingError error) {
                        failed(
                                Errors.row(
                                        TimestampData.fromEpochMillis(now),
                                        error.name(),
                                        error.message(),
                                        record,
                                        null));
                    }
                });
    }

    private static Object system(String column, long arrived, int number) {
        return switch (column) {
            case ARRIVAL -> LocalDateTime.ofInstant(Instant.ofEpochMilli(arrived), ZoneOffset.UTC);
            case "SEQUENCE_NUMBER" -> String.valueOf(number);
            case "SHARD_ID" -> "shardId-000000000000";
            default -> "";
        };
    }

    private void failed(RowData row) {
        events.add(new Event(clock, null, row));
    }

    private static ObjectNode object(int number, String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            if (node instanceof ObjectNode object) {
                return object;
            }
            throw new IllegalArgumentException(
                    "line "
                            + number
                            + ": each line is a JSON object; this is "
                            + node.getNodeType());
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException(
                    "line "
                            + number
                            + ": each line is a JSON object; "
                            + notJson.getOriginalMessage(),
                    notJson);
        }
    }

    private static byte[] record(ObjectNode line) {
        JsonNode raw = line.get("RECORD");
        if (raw != null && raw.isTextual() && line.size() == 1) {
            return raw.textValue().getBytes(StandardCharsets.UTF_8);
        }
        return line.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static long time(int number, String field, JsonNode value) {
        if (value.isIntegralNumber()) {
            return value.longValue();
        }
        String text = value.asText().trim().replace(' ', 'T');
        try {
            return Instant.parse(text).toEpochMilli();
        } catch (DateTimeException withoutZone) {
            try {
                return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC).toEpochMilli();
            } catch (DateTimeException unreadable) {
                throw new IllegalArgumentException(
                        "line "
                                + number
                                + ": "
                                + field
                                + " "
                                + value
                                + " is no time such as \"2020-01-01T00:00:00.000Z\".",
                        unreadable);
            }
        }
    }
}
