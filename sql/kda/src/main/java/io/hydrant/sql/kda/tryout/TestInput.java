package io.hydrant.sql.kda.tryout;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.text.ByteOrderMark;
import io.hydrant.lambda.LambdaApi;
import io.hydrant.sql.kda.application.DecodingError;
import io.hydrant.sql.kda.application.RecordDecoder;
import io.hydrant.sql.kda.application.RecordSchema;
import io.hydrant.sql.kda.job.FunctionTrial;
import io.hydrant.sql.kda.job.FunctionTrial.Prepared;
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
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

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
    private static final String SHARD = "shardId-000000000000";

    private final RecordSchema schema;
    private final List<Column> system;
    private final RecordDecoder decoder;
    private final String rowtime;
    private final List<Arrival> arrivals = new ArrayList<>();
    private long clock = Long.MIN_VALUE;

    /**
     * What a line said.
     *
     * @param now ROWTIME of the rows
     * @param arrived their APPROXIMATE_ARRIVAL_TIME
     * @param record the bytes that a stream would hold; null for a bound or an error
     * @param event the bound or the error
     */
    private record Arrival(int number, long now, long arrived, byte[] record, Event event) {}

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

    /** What comes of the lines. */
    List<Event> events() {
        return events(records().map(one -> new Prepared(one.record, null)).iterator());
    }

    /**
     * What comes of the lines whose records a function prepares first.
     *
     * @param function closed here
     */
    List<Event> events(LambdaApi function, String applicationArn, String streamArn)
            throws InterruptedException {
        List<Envelope> records = records().map(TestInput::envelope).toList();
        return events(
                FunctionTrial.prepare(applicationArn, streamArn, function, records).iterator());
    }

    private Stream<Arrival> records() {
        return arrivals.stream().filter(one -> one.record != null);
    }

    private List<Event> events(Iterator<Prepared> prepared) {
        List<Event> events = new ArrayList<>(arrivals.size());
        for (Arrival one : arrivals) {
            if (one.event != null) {
                events.add(one.event);
                continue;
            }
            Prepared record = prepared.next();
            if (record.payload() != null) {
                decode(one, record.payload(), events);
            } else if (record.error() != null) {
                events.add(failed(one, "INPUT_PROCESSING_ERROR", record.error(), one.record));
            } else {
                // Nothing comes of it, and the time goes on.
                events.add(new Event(one.now, null, null));
            }
        }
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
        ObjectNode line = object(number, number == 1 ? ByteOrderMark.skip(text) : text);
        if (line.has("BOUND") && line.size() == 1) {
            clock = Math.max(clock, time(number, "BOUND", line.get("BOUND")));
            arrivals.add(new Arrival(number, clock, clock, null, new Event(clock, null, null)));
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
            RowData error =
                    Errors.row(
                            TimestampData.fromEpochMillis(clock),
                            TimestampData.fromEpochMillis(now),
                            "OUT_OF_ORDER_ROW_ERROR",
                            "ROWTIME goes back from "
                                    + Instant.ofEpochMilli(clock)
                                    + " to "
                                    + Instant.ofEpochMilli(now),
                            record,
                            null);
            arrivals.add(new Arrival(number, clock, clock, null, new Event(clock, null, error)));
            return;
        }
        clock = now;
        arrivals.add(new Arrival(number, now, arrived, record, null));
    }

    private void decode(Arrival line, byte[] record, List<Event> events) {
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
                            all[columns + i] = system(system.get(i).name(), line);
                        }
                        events.add(new Event(line.now, all, null));
                    }

                    @Override
                    public void error(DecodingError error) {
                        events.add(failed(line, error.name(), error.message(), record));
                    }
                });
    }

    private static Event failed(Arrival line, String name, String message, byte[] record) {
        return new Event(
                line.now,
                null,
                Errors.row(TimestampData.fromEpochMillis(line.now), name, message, record, null));
    }

    private static Object system(String column, Arrival line) {
        return switch (column) {
            case ARRIVAL ->
                    LocalDateTime.ofInstant(Instant.ofEpochMilli(line.arrived), ZoneOffset.UTC);
            case "SEQUENCE_NUMBER" -> String.valueOf(line.number);
            case "SHARD_ID" -> SHARD;
            default -> "";
        };
    }

    private static Envelope envelope(Arrival line) {
        return new Envelope(
                "input",
                SHARD,
                String.valueOf(line.number),
                0,
                "",
                line.arrived,
                line.record,
                0,
                line.record.length);
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
