package io.hydrant.sql.kda.application;

import java.io.Serializable;

/**
 * One column of an input stream or of a reference table.
 *
 * @param name as SQL has to quote it
 * @param mapping JSONPath of the value; null in CSV, where the order of the columns says it
 * @param type what the value is converted to
 */
public record RecordColumn(String name, String mapping, ColumnType type) implements Serializable {}
