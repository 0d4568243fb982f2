package io.hydrant.localstack.bench.warehouse;

import io.hydrant.localstack.bench.measure.NamedCase;

/** What is measured. */
public enum WarehouseCase implements NamedCase {
    /** Hydrant's sink, which reads JSON itself. */
    ICEBERG("iceberg", "Hydrant's sink for Iceberg"),
    /** Iceberg's own sink behind Flink's JSON format. */
    ICEBERG_OWN("iceberg-own", "Iceberg's own sink behind Flink's JSON"),
    /** An hour of commits, step by step; how large the files are. */
    ICEBERG_HOUR("iceberg-hour", "the files of an hour of commits to Iceberg"),
    /** How old rows are when a query sees them. */
    ICEBERG_COMMITS("iceberg-commits", "from arrival to queryable in Iceberg"),
    /** A load and the same files by a COPY alone. */
    REDSHIFT_LOAD("redshift-load", "a load into Redshift beside the bare COPY"),
    /** How old rows are when a query sees them, and what is loaded together. */
    REDSHIFT_COMMITS("redshift-commits", "from arrival to queryable in Redshift");

    private final String id;
    private final String title;

    WarehouseCase(String id, String title) {
        this.id = id;
        this.title = title;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String title() {
        return title;
    }

    /** Whether it is run several times, in turns with what it is held against. */
    public boolean isRepeated() {
        return this == ICEBERG || this == ICEBERG_OWN || this == REDSHIFT_LOAD;
    }
}
