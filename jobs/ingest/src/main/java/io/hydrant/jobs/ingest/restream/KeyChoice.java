package io.hydrant.jobs.ingest.restream;

import java.io.Serializable;
import java.util.Objects;

/**
 * Where the partition keys of a flow's records come from.
 *
 * @param option the kind
 * @param query jq that finds the key for {@link Option#QUERY}, else null
 */
public record KeyChoice(Option option, String query) implements Serializable {

    /** What a flow's {@code partitionKeyOption} may be. */
    public enum Option {
        /** The key that the record has in the stream that it comes from. */
        KEEP,

        /** What a query in jq finds in the record as it is sent. */
        QUERY,

        /** One that is the same for records with the same bytes. */
        HASH,

        /** One that spreads records over all shards. */
        RANDOM,

        /** One for each task of the sink. */
        FIXED
    }

    /** Validates that exactly a query has one. */
    public KeyChoice {
        Objects.requireNonNull(option, "option");
        if ((option == Option.QUERY) != (query != null)) {
            throw new IllegalArgumentException(option + " does not go with the query " + query);
        }
    }
}
