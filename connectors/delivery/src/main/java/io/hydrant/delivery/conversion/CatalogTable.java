package io.hydrant.delivery.conversion;

import java.io.Serializable;

/**
 * The table that a schema comes from, as Firehose's {@code SchemaConfiguration} names it; what is
 * not given is null.
 *
 * @param catalogId account of the catalog
 * @param databaseName data base
 * @param tableName table
 * @param region region of the catalog
 * @param versionId version of the table, {@code LATEST} for whichever is the newest
 */
public record CatalogTable(
        String catalogId, String databaseName, String tableName, String region, String versionId)
        implements Serializable {

    /** The version that stands for the newest one. */
    public static final String LATEST = "LATEST";

    /** The catalog's ARN, null where account or region are not known. */
    public String arn() {
        return catalogId == null || region == null
                ? null
                : "arn:" + partition() + ":glue:" + region + ":" + catalogId + ":catalog";
    }

    private String partition() {
        if (region.startsWith("cn-")) {
            return "aws-cn";
        }
        return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    }
}
