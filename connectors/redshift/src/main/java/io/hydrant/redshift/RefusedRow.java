package io.hydrant.redshift;

/**
 * A row that the warehouse refused.
 *
 * @param file address of its staged object
 * @param line where it stands in there, from 1
 * @param column name of the column that is to blame, empty where none is
 * @param reason why
 */
record RefusedRow(String file, long line, String column, String reason) {}
