package io.hydrant.delivery.processing;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.deadletter.ErrorOutputType;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Keeps of a record of CloudWatch Logs only what stands in the field {@code message} of its events,
 * each followed by a newline.
 *
 * <p>Source: Firehose developer guide, "Extract message after decompression of CloudWatch Logs".
 */
final class LogMessages {

    static final String CODE = "CloudWatchLogProcessing.Failed";

    private static final JsonFactory JSON = new JsonFactory();

    private final boolean appendsNewline;

    /**
     * An extraction.
     *
     * @param appendsNewline whether the format ends every record with a newline, so that the last
     *     message needs none of its own
     */
    LogMessages(boolean appendsNewline) {
        this.appendsNewline = appendsNewline;
    }

    /**
     * The messages, a line each; null where there is none.
     *
     * @throws ProcessingException if the record is none of CloudWatch Logs
     */
    Bytes extract(Bytes record) throws ProcessingException {
        GrowingBytes out = new GrowingBytes(record.length());
        boolean hasEvents = false;
        int messages = 0;
        try (JsonParser json =
                JSON.createParser(record.array(), record.offset(), record.length())) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw failed("it is no JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean isEvents = json.currentName().equals("logEvents");
                JsonToken value = json.nextToken();
                if (isEvents && value == JsonToken.START_ARRAY) {
                    hasEvents = true;
                    messages += readEvents(json, out);
                } else {
                    json.skipChildren();
                }
            }
            if (json.nextToken() != null) {
                throw failed("something follows the JSON object");
            }
        } catch (IOException e) {
            throw failed("it is not JSON");
        }
        if (!hasEvents) {
            throw failed("it has no array logEvents");
        }
        if (messages == 0) {
            return null;
        }
        return new Bytes(out.array(), 0, out.length() - (appendsNewline ? 1 : 0));
    }

    /** How many messages there are. */
    private static int readEvents(JsonParser json, GrowingBytes out)
            throws IOException, ProcessingException {
        int messages = 0;
        for (JsonToken event = json.nextToken();
                event != JsonToken.END_ARRAY;
                event = json.nextToken()) {
            if (event != JsonToken.START_OBJECT) {
                throw failed("an event is no object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean isMessage = json.currentName().equals("message");
                JsonToken value = json.nextToken();
                if (isMessage) {
                    if (value != JsonToken.VALUE_STRING) {
                        throw failed("the message of an event is no text");
                    }
                    out.write(json.getText().getBytes(StandardCharsets.UTF_8));
                    out.write('\n');
                    messages++;
                } else {
                    json.skipChildren();
                }
            }
        }
        return messages;
    }

    private static ProcessingException failed(String reason) {
        return new ProcessingException(
                ErrorOutputType.DECOMPRESSION_FAILED,
                CODE,
                "The record is none of CloudWatch Logs, " + reason);
    }
}
