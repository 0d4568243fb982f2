package io.hydrant.iceberg.catalog;

import org.apache.flink.configuration.ReadableConfig;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How the catalog is reached.
 *
 * @param kind what it is
 * @param name its name
 * @param properties its properties, by Iceberg's names
 */
public record CatalogConfig(CatalogKind kind, String name, Map<String, String> properties)
        implements Serializable {

    private static final String URI = "uri";
    private static final String WAREHOUSE = "warehouse";
    private static final String HTTP_CLIENT = "http-client.type";

    /**
     * Validates that the catalog has what its kind needs, and copies the properties.
     *
     * @throws IllegalArgumentException naming the option that is missing
     */
    public CatalogConfig {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        properties = Map.copyOf(properties);
        if ((kind == CatalogKind.REST || kind == CatalogKind.JDBC)
                && !properties.containsKey(URI)) {
            throw missing(CatalogOptions.URI.key(), kind, "say where it answers");
        }
        if ((kind == CatalogKind.HADOOP || kind == CatalogKind.JDBC)
                && !properties.containsKey(WAREHOUSE)) {
            throw missing(CatalogOptions.WAREHOUSE.key(), kind, "say where its tables are");
        }
    }

    /**
     * The catalog that the options describe.
     *
     * @throws IllegalArgumentException naming the option and what it may be
     */
    public static CatalogConfig from(ReadableConfig config) {
        Map<String, String> properties = new HashMap<>(config.get(CatalogOptions.PROPERTIES));
        config.getOptional(CatalogOptions.URI).ifPresent(uri -> properties.put(URI, uri));
        config.getOptional(CatalogOptions.WAREHOUSE)
                .ifPresent(warehouse -> properties.put(WAREHOUSE, warehouse));
        return new CatalogConfig(
                config.get(CatalogOptions.TYPE), config.get(CatalogOptions.NAME), properties);
    }

    /**
     * The same from a process that has no more of the AWS SDK than Hydrant itself: tables on S3 are
     * read by the client for HTTP that Java has, unless the configuration names another.
     */
    public CatalogConfig forReading() {
        Map<String, String> all = new HashMap<>(properties);
        all.putIfAbsent(HTTP_CLIENT, "urlconnection");
        return new CatalogConfig(kind, name, all);
    }

    /** Kind and name; never the properties, which may hold secrets. */
    @Override
    public String toString() {
        return kind + " catalog " + name;
    }

    private static IllegalArgumentException missing(String key, CatalogKind kind, String way) {
        return new IllegalArgumentException(
                key + " is missing; a catalog of kind " + kind + " needs it to " + way);
    }
}
