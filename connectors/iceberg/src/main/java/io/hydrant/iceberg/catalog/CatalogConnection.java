package io.hydrant.iceberg.catalog;

import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.flink.CatalogLoader;
import org.apache.iceberg.flink.FlinkCatalogFactory;

import java.lang.reflect.InvocationTargetException;
import java.util.Objects;

/** Opens the catalog where it is needed: on the tasks, each for itself. */
public final class CatalogConnection implements CatalogLoader {

    private static final long serialVersionUID = 1L;

    private static final String WAY_OUT =
            "; put iceberg-flink-runtime-2.1, hadoop-client-api and hadoop-client-runtime into Flink's lib/, and iceberg-aws-bundle for tables on S3";

    private final CatalogConfig config;

    /** A connection that is opened by {@link #loadCatalog()}. */
    public CatalogConnection(CatalogConfig config) {
        this.config = Objects.requireNonNull(config, "config");
    }

    /**
     * Opens the catalog, which the caller closes where it can be closed.
     *
     * @throws IllegalStateException if it cannot be opened; the message names the option to look
     *     at, or the jars of which one is missing
     */
    @Override
    public Catalog loadCatalog() {
        try {
            return CatalogUtil.loadCatalog(
                    config.kind().implementation(),
                    config.name(),
                    config.properties(),
                    hadoopConfiguration());
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "The " + config + " needs the class " + e.getMessage() + WAY_OUT, e);
        } catch (RuntimeException e) {
            throw OpeningFailure.of(config, e);
        }
    }

    @Override
    @SuppressWarnings({
        "checkstyle:NoClone",
        "checkstyle:SuperClone",
        "MethodDoesntCallSuperMethod"
    })
    public CatalogLoader clone() {
        return new CatalogConnection(config);
    }

    /**
     * The cluster's Hadoop configuration. By reflection, because a jar that moves Hadoop's classes
     * to another name moves them in our signatures, too, and those of Iceberg stay.
     */
    private static Object hadoopConfiguration() {
        try {
            return FlinkCatalogFactory.class.getMethod("clusterHadoopConf").invoke(null);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof NoClassDefFoundError missing) {
                throw missing;
            }
            throw new IllegalStateException("Hadoop's configuration cannot be had", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "This is not the Iceberg that Hydrant was made for" + WAY_OUT, e);
        }
    }
}
