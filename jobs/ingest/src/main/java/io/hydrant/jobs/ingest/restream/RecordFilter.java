package io.hydrant.jobs.ingest.restream;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.processing.ProcessingException;
import io.hydrant.delivery.processing.RecordQuery;

/**
 * Which records of JSON a flow sends: those for which the predicate, in jq, says anything but false
 * and null at least once. Not thread-safe.
 */
public final class RecordFilter {

    private static final String ANSWER = "keep";

    private final RecordQuery query;

    private RecordFilter(RecordQuery query) {
        this.query = query;
    }

    /**
     * The filter, ready to use.
     *
     * @throws IllegalArgumentException if the predicate is no jq
     */
    public static RecordFilter compile(String predicate) {
        JqText.requireWhole(predicate);
        return new RecordFilter(
                RecordQuery.compile("{" + ANSWER + ": any((" + predicate + "\n); .)}"));
    }

    /**
     * Whether the record is sent.
     *
     * @throws ProcessingException if it is not one JSON value, or the predicate fails for it
     */
    public boolean keeps(Envelope record) throws ProcessingException {
        return Boolean.parseBoolean(query.valuesOf(record).get(ANSWER));
    }
}
