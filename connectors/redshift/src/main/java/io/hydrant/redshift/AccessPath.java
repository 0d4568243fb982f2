package io.hydrant.redshift;

/** How the warehouse is reached. */
public enum AccessPath {
    /** Over the network, by its driver. */
    JDBC,
    /** By calls of the Redshift Data API, which reaches what no network does. */
    DATA_API
}
