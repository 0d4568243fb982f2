package io.hydrant.jobs.gateway.plain;

import io.hydrant.jobs.gateway.api.Answer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * Answers to requests whose records were put. A good status says that the stream has all of them:
 * most senders look at nothing else.
 */
final class PlainAnswers {

    private static final JsonFactory JSON = new JsonFactory();

    private PlainAnswers() {}

    /** The answer to records with these outcomes. */
    static Answer of(BodyRecords records, Outcome[] outcomes) {
        int stored = 0;
        boolean isRefused = true;
        for (Outcome outcome : outcomes) {
            stored += outcome == Outcome.STORED ? 1 : 0;
            isRefused &=
                    outcome == Outcome.STORED
                            || outcome == Outcome.REFUSED
                            || outcome == Outcome.UNTRIED;
        }
        boolean isWhole = stored == outcomes.length;
        String code = isWhole ? Answer.OK : isRefused ? "InternalFailure" : "ServiceUnavailable";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            if (!isWhole) {
                json.writeStringField("error", code);
                json.writeStringField("message", message(isRefused));
            }
            json.writeNumberField("records", outcomes.length);
            if (!isWhole) {
                json.writeNumberField("stored", stored);
                json.writeArrayFieldStart("failed");
                writeFailed(json, records, outcomes);
                json.writeEndArray();
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Bytes in memory can be written", e);
        }
        Map<String, String> headers =
                code.equals("ServiceUnavailable")
                        ? Map.of(Answer.CONTENT_TYPE, Answer.JSON, Answer.RETRY_AFTER, "1")
                        : Map.of(Answer.CONTENT_TYPE, Answer.JSON);
        return new Answer(
                isWhole ? 200 : isRefused ? 500 : 503, code, headers, bytes.toByteArray());
    }

    private static String message(boolean isRefused) {
        return isRefused
                ? "The Kinesis stream refuses records; the gateway's log says why"
                : "Kinesis did not take all records; send those of 'failed' again, or all, which doubles"
                        + " the others";
    }

    /** Neighbours with the same outcome share an entry. */
    private static void writeFailed(JsonGenerator json, BodyRecords records, Outcome[] outcomes)
            throws IOException {
        int first = 0;
        while (first < outcomes.length) {
            int last = first;
            while (last + 1 < outcomes.length && outcomes[last + 1] == outcomes[first]) {
                last++;
            }
            if (outcomes[first] != Outcome.STORED) {
                json.writeStartObject();
                json.writeNumberField("first", records.number(first));
                json.writeNumberField("last", records.number(last));
                json.writeStringField("reason", outcomes[first].word());
                json.writeEndObject();
            }
            first = last + 1;
        }
    }
}
