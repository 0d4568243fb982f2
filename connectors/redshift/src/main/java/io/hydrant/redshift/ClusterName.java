package io.hydrant.redshift;

import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What AWS calls the warehouse: a cluster, or a workgroup of Redshift Serverless, and its database.
 *
 * <p>Source: Redshift management guide, "Connecting to Redshift Serverless" and "Finding your
 * cluster connection string": the host of an endpoint begins with either name and holds the region.
 *
 * @param isServerless whether it is a workgroup
 * @param name identifier of the cluster, or name of the workgroup
 * @param database its database
 * @param region where it is, null where the address does not say
 */
record ClusterName(boolean isServerless, String name, String database, String region)
        implements Serializable {

    private static final Pattern ADDRESS =
            Pattern.compile("jdbc:redshift://([^:/?;]+)(?::[0-9]+)?/([^?;]+)([?;].*)?");

    private static final Pattern CLUSTER_HOST =
            Pattern.compile(
                    "([a-z0-9-]+)\\.[a-z0-9-]+\\.([a-z0-9-]+)\\.redshift\\.amazonaws\\.com(\\.cn)?");

    private static final Pattern WORKGROUP_HOST =
            Pattern.compile(
                    "([a-z0-9-]+)\\.[0-9]{12}\\.([a-z0-9-]+)\\.redshift-serverless\\.amazonaws\\.com(\\.cn)?");

    /**
     * That of an address, unless an option names it.
     *
     * @param cluster identifier of the cluster as an option names it, or null
     * @param workgroup name of the workgroup as an option names it, or null
     * @throws IllegalArgumentException if neither address nor option says what it is
     */
    static ClusterName of(String jdbcUrl, String cluster, String workgroup) {
        if (cluster != null && workgroup != null) {
            throw new IllegalArgumentException(
                    RedshiftOptions.CLUSTER_IDENTIFIER.key()
                            + " is '"
                            + cluster
                            + "', and "
                            + RedshiftOptions.WORKGROUP.key()
                            + " is '"
                            + workgroup
                            + "'; the warehouse is one of them");
        }
        Matcher address = ADDRESS.matcher(jdbcUrl);
        if (!address.matches()) {
            throw new IllegalArgumentException(
                    RedshiftOptions.JDBC_URL.key()
                            + " is '"
                            + WarehouseAccess.withoutParameters(jdbcUrl)
                            + "', which names no database; it must be jdbc:redshift://host:port/database");
        }
        String host = address.group(1).toLowerCase(Locale.ROOT);
        String database = address.group(2);
        Matcher ofCluster = CLUSTER_HOST.matcher(host);
        Matcher ofWorkgroup = WORKGROUP_HOST.matcher(host);
        String region =
                ofCluster.matches()
                        ? ofCluster.group(2)
                        : ofWorkgroup.matches() ? ofWorkgroup.group(2) : null;
        if (cluster != null || workgroup != null) {
            return new ClusterName(
                    workgroup != null, workgroup != null ? workgroup : cluster, database, region);
        }
        if (region == null) {
            throw new IllegalArgumentException(
                    RedshiftOptions.JDBC_URL.key()
                            + " is '"
                            + WarehouseAccess.withoutParameters(jdbcUrl)
                            + "', a host that does not say which cluster it is; set "
                            + RedshiftOptions.CLUSTER_IDENTIFIER.key()
                            + " or "
                            + RedshiftOptions.WORKGROUP.key());
        }
        return ofCluster.matches()
                ? new ClusterName(false, ofCluster.group(1), database, region)
                : new ClusterName(true, ofWorkgroup.group(1), database, region);
    }

    @Override
    public String toString() {
        return (isServerless ? "workgroup " : "cluster ") + name + ", database " + database;
    }
}
