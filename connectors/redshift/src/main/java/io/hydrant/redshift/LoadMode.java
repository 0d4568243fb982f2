package io.hydrant.redshift;

/** What becomes of the rows that a table has before a delivery. */
public enum LoadMode {
    /** They stay; every load adds to them. */
    APPEND,
    /**
     * They are replaced, all at once, by what a delivery with an end has delivered: in one
     * transaction, when its input has ended.
     */
    REPLACE
}
