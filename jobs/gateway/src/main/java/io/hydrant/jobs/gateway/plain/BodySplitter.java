package io.hydrant.jobs.gateway.plain;

import io.hydrant.jobs.gateway.api.ServiceError;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Finds the records in a body. Their bytes stay as they are. */
final class BodySplitter {

    private static final JsonFactory JSON = new JsonFactory();

    private final Split split;
    private final int maxRecords;

    BodySplitter(Split split, int maxRecords) {
        this.split = split;
        this.maxRecords = maxRecords;
    }

    /**
     * Finds them.
     *
     * @throws ServiceError where there are none, too many, or the body is no JSON and should be
     */
    BodyRecords split(byte[] body) {
        BodyRecords records = new BodyRecords(body);
        switch (split) {
            case NONE -> {
                if (body.length > 0) {
                    records.add(0, body.length, 1);
                }
            }
            case LINES -> addLines(body, records);
            case JSON -> addValues(body, records);
        }
        if (records.count() == 0) {
            throw ServiceError.ofCaller("NoRecords", "There is no record in the body");
        }
        return records;
    }

    private void addLines(byte[] body, BodyRecords records) {
        int line = 1;
        int start = 0;
        for (int i = 0; i <= body.length; i++) {
            if (i == body.length || body[i] == '\n') {
                int end = i > start && body[i - 1] == '\r' ? i - 1 : i;
                if (end > start) {
                    add(records, start, end, line);
                }
                start = i + 1;
                line++;
            }
        }
    }

    private void addValues(byte[] body, BodyRecords records) {
        try (JsonParser parser = JSON.createParser(body)) {
            for (JsonToken next = parser.nextToken(); next != null; next = parser.nextToken()) {
                if (next == JsonToken.START_ARRAY) {
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        addValue(parser, body, records);
                    }
                } else {
                    addValue(parser, body, records);
                }
            }
        } catch (JsonProcessingException e) {
            throw malformed(records, e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("Bytes in memory can be read", e);
        }
    }

    private void addValue(JsonParser parser, byte[] body, BodyRecords records) throws IOException {
        long start = parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        // A text is read to its end only now.
        parser.finishToken();
        long end = parser.currentLocation().getByteOffset();
        if (start < 0 || end < 0) {
            throw malformed(records, "its characters are not UTF-8");
        }
        // A number that stands alone is known to be over by what is behind it.
        while (body[(int) end - 1] <= ' ' && body[(int) end - 1] >= 0) {
            end--;
        }
        add(records, (int) start, (int) end, records.count() + 1);
    }

    private void add(BodyRecords records, int start, int end, int number) {
        if (records.count() == maxRecords) {
            throw ServiceError.of(
                    413,
                    "TooManyRecords",
                    "The body has more than "
                            + maxRecords
                            + " records; send them in several requests. Nothing of it was put");
        }
        records.add(start, end, number);
    }

    private static ServiceError malformed(BodyRecords records, String message) {
        return ServiceError.ofCaller(
                "MalformedBody",
                "The body is not the JSON that its Content-Type, or split=json, says, behind record "
                        + records.count()
                        + ": "
                        + message
                        + ". Nothing of it was put");
    }
}
