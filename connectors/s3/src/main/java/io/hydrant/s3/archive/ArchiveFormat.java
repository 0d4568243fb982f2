package io.hydrant.s3.archive;

/** How records stand in the objects of an archive. */
public enum ArchiveFormat {
    /** {@link #JSON} where an object begins with a brace, else {@link #LINES}. */
    AUTO,
    /** A line each; empty lines are none. */
    LINES,
    /**
     * JSON values, with or without white space between them, as Firehose writes them by default.
     */
    JSON
}
