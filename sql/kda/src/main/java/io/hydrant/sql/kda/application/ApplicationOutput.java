package io.hydrant.sql.kda.application;

import java.io.Serializable;

/**
 * Where the rows of an in-application stream go.
 *
 * @param streamName the in-application stream, in exactly this case
 * @param destination where to; null where a test's schema names none
 * @param format JSON or CSV
 */
public record ApplicationOutput(String streamName, Resource destination, String format)
        implements Serializable {}
