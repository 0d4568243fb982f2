package io.hydrant.delivery.processing;

import java.util.Map;
import java.util.Set;

/** Finds the partitioning keys of a record. Not thread-safe. */
interface KeyQuery {

    /**
     * The keys of a record and their values as text; a key whose value is null has none.
     *
     * @throws ProcessingException if the record is not one JSON value, or the query fails for it
     */
    Map<String, String> keysOf(Bytes record) throws ProcessingException;

    /** The names of the keys, or null where only a record tells. */
    Set<String> keys();
}
