package io.hydrant.iceberg.sink;

/** What happens where a table holds commits of a delivery that its job does not come from. */
public enum ForkAction {
    /** The job fails and says which commits, and the ways out. */
    FAIL,
    /** The job goes on; what it reads again is in the table twice. */
    APPEND
}
