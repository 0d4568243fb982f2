package io.hydrant.iceberg.catalog;

import org.apache.iceberg.CatalogUtil;

/** The kinds of catalogs that can be named without a class of their own. */
public enum CatalogKind {
    /** A server that speaks Iceberg's REST protocol. */
    REST(CatalogUtil.ICEBERG_CATALOG_REST),
    /** Two tables in a relational database. */
    JDBC(CatalogUtil.ICEBERG_CATALOG_JDBC),
    /** AWS Glue's data catalog. */
    GLUE(CatalogUtil.ICEBERG_CATALOG_GLUE),
    /**
     * A folder; safe for one writer only where its file system renames atomically, as S3 cannot.
     */
    HADOOP(CatalogUtil.ICEBERG_CATALOG_HADOOP);

    private final String implementation;

    CatalogKind(String implementation) {
        this.implementation = implementation;
    }

    /** Name of Iceberg's class. */
    String implementation() {
        return implementation;
    }
}
