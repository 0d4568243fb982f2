package io.hydrant.redshift;

import java.util.List;

/**
 * A row of a staged object.
 *
 * @param file the object
 * @param line where it begins in there, from 1
 * @param lines how many lines it has
 * @param values one for each column, null among them for nulls; null where the row cannot be read
 * @param problem why it cannot be read, null where it can
 */
record StagedRow(StagedFile file, long line, int lines, List<String> values, String problem) {

    RefusedRow refused(String column, String reason) {
        return new RefusedRow(file.nameInErrors(), line, lines, column, reason);
    }
}
