package io.hydrant.redshift;

/**
 * A row that the warehouse refused.
 *
 * @param file address of its staged object
 * @param line where it begins in there, from 1
 * @param lines how many lines it has, as far as is known
 * @param column name of the column that is to blame, empty where none is
 * @param reason why
 */
record RefusedRow(String file, long line, int lines, String column, String reason) {}
