package io.hydrant.sql.kda.application;

/**
 * Why a record, or one row of it, does not fit the schema; becomes a row of {@code error_stream}.
 *
 * @param name ERROR_NAME: {@link #PARSE} or {@link #COERCION}
 * @param message MESSAGE: column, value and what it should have been
 */
public record DecodingError(String name, String message) {

    /** The bytes are not what the record format says. */
    public static final String PARSE = "PARSE_ERROR";

    /** A value cannot be converted to the type of its column. */
    public static final String COERCION = "COERCION_ERROR";
}
