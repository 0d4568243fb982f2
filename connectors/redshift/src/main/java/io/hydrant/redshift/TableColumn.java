package io.hydrant.redshift;

/**
 * A column of PostgreSQL's that records fill.
 *
 * @param name its name, without quotes
 * @param kind what is done with texts for it
 * @param length how many characters it takes, -1 where that is not bounded
 */
record TableColumn(String name, Kind kind, int length) {

    /** What is done with texts for a column. */
    enum Kind {
        /** They are kept, the empty one included. */
        TEXT,
        /** They are JSON. */
        JSON,
        /** They are dates and times, which may be numbers. */
        TIME,
        /** PostgreSQL reads them; the empty one is a null. */
        OTHER
    }
}
