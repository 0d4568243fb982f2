package io.hydrant.jobs.ingest.convert;

import java.util.ArrayList;
import java.util.List;

/**
 * SINGLELINE: a record of several lines as one.
 *
 * @param trim whether white space at both ends of each line is left out
 * @param escape whether each line feed becomes two backslashes and an n, instead of nothing
 */
public record SingleLine(boolean trim, boolean escape) implements Conversion {

    @Override
    public String convert(String record) {
        List<String> lines = new ArrayList<>();
        for (String line : record.split("\n", 0)) {
            lines.add(trim ? line.trim() : line);
        }
        return String.join(escape ? "\\\\n" : "", lines);
    }
}
