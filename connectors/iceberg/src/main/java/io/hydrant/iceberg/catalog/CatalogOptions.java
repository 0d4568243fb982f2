package io.hydrant.iceberg.catalog;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

import java.util.Map;

/** The options of the catalog that has the tables. */
public final class CatalogOptions {

    /** What kind it is. */
    public static final ConfigOption<CatalogKind> TYPE =
            ConfigOptions.key("iceberg.catalog.type")
                    .enumType(CatalogKind.class)
                    .defaultValue(CatalogKind.GLUE)
                    .withDescription(
                            "Kind of the catalog: REST, JDBC, GLUE or HADOOP (a folder; not in S3, which cannot rename). Firehose: GLUE.");

    /** Its name. */
    public static final ConfigOption<String> NAME =
            ConfigOptions.key("iceberg.catalog.name")
                    .stringType()
                    .defaultValue("iceberg")
                    .withDescription(
                            "Name of the catalog. One of kind JDBC holds tables under this name, so it must be the one that other readers use.");

    /** Where it answers. */
    public static final ConfigOption<String> URI =
            ConfigOptions.key("iceberg.catalog.uri")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Address of a catalog of kind REST (http…) or JDBC (jdbc:…), which need one.");

    /** Where tables are made. */
    public static final ConfigOption<String> WAREHOUSE =
            ConfigOptions.key("iceberg.catalog.warehouse")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Location under which tables are made; of a catalog of kind HADOOP also where they are found. Firehose: CatalogConfiguration.WarehouseLocation.");

    /** Everything else. */
    public static final ConfigOption<Map<String, String>> PROPERTIES =
            ConfigOptions.key("iceberg.catalog.properties")
                    .mapType()
                    .defaultValue(Map.of())
                    .withDescription(
                            "Further properties of the catalog and its files, by Iceberg's names, such as io-impl:org.apache.iceberg.aws.s3.S3FileIO. "
                                    + "Those that hold a secret are never printed by Hydrant.");

    private CatalogOptions() {}
}
