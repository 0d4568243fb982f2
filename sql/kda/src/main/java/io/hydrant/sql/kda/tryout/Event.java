package io.hydrant.sql.kda.tryout;

/**
 * A step of the clock, with the row that makes it.
 *
 * @param time milliseconds since 1970
 * @param values of the input stream's columns and its system columns; null for a bound
 */
record Event(long time, Object[] values) {}
