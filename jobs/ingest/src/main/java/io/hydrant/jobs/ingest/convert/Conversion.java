package io.hydrant.jobs.ingest.convert;

import java.io.Serializable;

/**
 * One of {@code dataProcessingOptions}: makes another record of a record. Pure, but for times.
 *
 * <p>Source: the developer guide of Kinesis Agent, "Use the agent to pre-process data", and for
 * what that leaves open the agent's behaviour.
 */
public interface Conversion extends Serializable {

    /**
     * The record as it goes on, without a line feed at its end.
     *
     * @param record the record in UTF-8, without the line feed at its end
     * @return null to leave the record out
     * @throws ConversionException where it cannot be converted; it is sent as it was read, then
     */
    String convert(String record) throws ConversionException;

    /** Makes it ready where it runs; called once, before the first record. */
    default void open() {}

    /** Whether the agent ends what it made with a line feed. */
    default boolean endsLine() {
        return true;
    }
}
