package io.hydrant.jobs.ingest.restream;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.processing.ProcessingException;
import io.hydrant.delivery.processing.RecordQuery;

/**
 * Finds the partition key that a record is put with, or leaves it to the sink. What it finds
 * depends on the record and its number alone, so that a record that is read again goes to the same
 * shard, where a reader knows the copy. Not thread-safe.
 */
public final class RecordKey {

    private static final String ANSWER = "key";
    private static final int RADIX = 36;
    private static final int OF_PRODUCER = 16;

    private final KeyChoice.Option option;
    private final RecordQuery query;

    private RecordKey(KeyChoice.Option option, RecordQuery query) {
        this.option = option;
        this.query = query;
    }

    /**
     * What finds keys as chosen.
     *
     * @throws IllegalArgumentException if the query is no jq
     */
    public static RecordKey of(KeyChoice choice) {
        return new RecordKey(
                choice.option(), choice.query() == null ? null : compile(choice.query()));
    }

    private static RecordQuery compile(String text) {
        String expression = text.strip();
        JqText.requireWhole(expression);
        return RecordQuery.compile(
                JqText.isPath(expression)
                        ? "{" + ANSWER + ": " + expression + "}"
                        : "{" + ANSWER + ": (" + expression + "\n)}");
    }

    /**
     * The key; null where the query finds none.
     *
     * @param record as it is sent
     * @param source as it was read
     * @param part which part of the record it is
     * @throws ProcessingException if the record is not one JSON value, or the query fails for it
     */
    String of(Envelope record, NumberedRecord source, int part) throws ProcessingException {
        return switch (option) {
            case QUERY -> query.valuesOf(record).get(ANSWER);
            case RANDOM ->
                    source.producer().isEmpty() ? record.partitionKey() : spread(source, part);
            case KEEP, HASH, FIXED -> record.partitionKey();
        };
    }

    /** Kinesis takes the MD5 of the key, which spreads these as well as keys by chance. */
    private static String spread(NumberedRecord source, int part) {
        return Long.toString(source.number(), RADIX)
                + '.'
                + source.producer().substring(0, OF_PRODUCER)
                + (part == 0 ? "" : "." + Integer.toString(part, RADIX));
    }
}
