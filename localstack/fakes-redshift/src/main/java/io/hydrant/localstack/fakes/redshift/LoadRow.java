package io.hydrant.localstack.fakes.redshift;

import java.util.List;

/**
 * A row of a file.
 *
 * @param file where it stands
 * @param line number of its first line, from 1
 * @param raw as it stands there
 * @param values as text, null where there is none; null altogether where it cannot be read
 * @param problem why it cannot be read, null where it can
 */
record LoadRow(LoadFile file, long line, String raw, List<String> values, String problem) {

    static LoadRow unreadable(LoadFile file, long line, String raw, String problem) {
        return new LoadRow(file, line, raw, null, problem);
    }
}
