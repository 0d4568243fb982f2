package io.hydrant.jobs.ingest.tail;

import java.io.Serializable;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What a flow reads and how, resolved and validated once.
 *
 * @param flow the flow's name, part of the identity of its records
 * @param directory where its files are
 * @param glob which files of the directory, as Java's {@code glob:} has it
 * @param fromStart whether files that are there at the first start are read from their beginning;
 *     those that come later always are
 * @param recordStart at the beginning of the first line of a record, null where each line is one
 * @param headerLines lines at the head of each file to leave out
 * @param footer of a record behind which nothing of a file is read, null for none
 * @param pollMillis between two looks at a file, at least
 * @param refreshMillis between two looks at the whole directory, at most
 * @param bufferBytes a longer record loses what is beyond
 * @param openFiles files kept open at the most
 */
public record TailConfig(
        String flow,
        String directory,
        String glob,
        boolean fromStart,
        Pattern recordStart,
        int headerLines,
        Pattern footer,
        long pollMillis,
        long refreshMillis,
        int bufferBytes,
        int openFiles)
        implements Serializable {

    /** Validates ranges. */
    public TailConfig {
        Objects.requireNonNull(flow, "flow");
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(glob, "glob");
        if (headerLines < 0 || pollMillis < 1 || refreshMillis < 1) {
            throw new IllegalArgumentException(
                    "Header lines cannot be fewer than 0, and times not shorter than a millisecond");
        }
        if (bufferBytes < 1 || openFiles < 1) {
            throw new IllegalArgumentException(
                    "The buffer needs a byte, and a file has to be open");
        }
    }
}
