package io.hydrant.sql.kda.tryout;

/**
 * A row of a stream.
 *
 * @param time its ROWTIME
 * @param flow the place of what wrote it among the pumps
 * @param json the line that the user sees
 */
record OutputRow(long time, int flow, String json) {}
