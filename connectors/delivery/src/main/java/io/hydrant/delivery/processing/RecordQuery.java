package io.hydrant.delivery.processing;

import io.hydrant.core.record.Envelope;

import java.util.Map;

/** A jq query that finds named values in records, as Firehose's metadata extraction does. */
public final class RecordQuery {

    private final KeyQuery query;

    private RecordQuery(KeyQuery query) {
        this.query = query;
    }

    /**
     * The query, ready to use by one thread.
     *
     * @param query jq 1.6 that makes an object of texts, numbers and truths
     * @throws IllegalArgumentException if it is no jq
     */
    public static RecordQuery compile(String query) {
        return new RecordQuery(KeyQueries.compile(query));
    }

    /**
     * The values that the query finds in a record, as text; one that is null is left out.
     *
     * @throws ProcessingException if the record is not one JSON value, or the query fails for it
     */
    public Map<String, String> valuesOf(Envelope record) throws ProcessingException {
        return query.keysOf(
                new Bytes(record.payloadArray(), record.payloadOffset(), record.payloadLength()));
    }
}
