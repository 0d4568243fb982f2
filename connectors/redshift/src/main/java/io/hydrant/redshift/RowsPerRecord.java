package io.hydrant.redshift;

/** How many rows COPY makes of one record. */
public enum RowsPerRecord {
    /** One, or it is refused. */
    ONE,
    /** Any number. */
    ANY
}
