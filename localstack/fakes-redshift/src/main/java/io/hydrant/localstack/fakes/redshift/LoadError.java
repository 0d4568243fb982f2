package io.hydrant.localstack.fakes.redshift;

/**
 * A row that was refused.
 *
 * @param row the row
 * @param column name of the column, empty where none is to blame
 * @param value the field's text, empty likewise
 * @param reason why
 */
record LoadError(LoadRow row, String column, String value, String reason) {}
