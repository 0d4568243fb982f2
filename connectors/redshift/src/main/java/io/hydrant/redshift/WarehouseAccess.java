package io.hydrant.redshift;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * Where the warehouse is and who loads; its text holds no secret.
 *
 * @param dialect which warehouse it is
 * @param path how it is reached
 * @param jdbcUrl address, with the driver's parameters
 * @param cluster what AWS calls it; null where nothing asks AWS for it
 * @param user user, null where a secret or an identity of IAM has it
 * @param password that user's password, null likewise
 * @param secretArn the secret of Secrets Manager that has both, or null
 * @param isByIam whether an identity of IAM is who loads
 * @param statementTimeout how long a statement may take
 */
public record WarehouseAccess(
        Dialect dialect,
        AccessPath path,
        String jdbcUrl,
        ClusterName cluster,
        String user,
        String password,
        String secretArn,
        boolean isByIam,
        Duration statementTimeout)
        implements Serializable {

    /** Validates what it is made of, and keeps the address as the driver takes it. */
    public WarehouseAccess {
        Objects.requireNonNull(dialect, "dialect");
        Objects.requireNonNull(path, "path");
        require(RedshiftOptions.JDBC_URL, jdbcUrl);
        if (isByIam) {
            requireNoPassword(path, password);
            requireNoUserOfServerless(cluster, user);
        } else if (secretArn == null) {
            require(RedshiftOptions.USER, user);
            require(RedshiftOptions.PASSWORD, password);
        }
        if (secretArn != null && (isByIam || user != null || password != null)) {
            throw new IllegalArgumentException(
                    RedshiftOptions.SECRET_ARN.key()
                            + " is '"
                            + secretArn
                            + "', and "
                            + (isByIam
                                            ? RedshiftOptions.IAM_AUTHENTICATION
                                            : user == null
                                                    ? RedshiftOptions.PASSWORD
                                                    : RedshiftOptions.USER)
                                    .key()
                            + " is given, too; one of them says who loads");
        }
        jdbcUrl = dialect.address(jdbcUrl);
        if (statementTimeout.compareTo(Duration.ofSeconds(1)) < 0
                || statementTimeout.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(
                    RedshiftOptions.STATEMENT_TIMEOUT.key()
                            + " is "
                            + statementTimeout
                            + "; it must be from 1 s to 1 d");
        }
    }

    /**
     * Reads the options.
     *
     * @throws IllegalArgumentException naming the option and what it may be
     */
    public static WarehouseAccess from(ReadableConfig config) {
        String jdbcUrl = config.get(RedshiftOptions.JDBC_URL);
        require(RedshiftOptions.JDBC_URL, jdbcUrl);
        Dialect chosen = config.get(RedshiftOptions.DIALECT);
        Dialect dialect = chosen == null ? Dialect.of(jdbcUrl) : chosen;
        AccessPath path = config.get(RedshiftOptions.ACCESS);
        String secretArn = config.get(RedshiftOptions.SECRET_ARN);
        boolean isByIam =
                config.get(RedshiftOptions.IAM_AUTHENTICATION)
                        || (path == AccessPath.DATA_API && secretArn == null);
        boolean isOfAws = isByIam || path == AccessPath.DATA_API;
        if (isOfAws && dialect != Dialect.REDSHIFT) {
            throw new IllegalArgumentException(
                    (path == AccessPath.DATA_API
                                            ? RedshiftOptions.ACCESS
                                            : RedshiftOptions.IAM_AUTHENTICATION)
                                    .key()
                            + " is for Redshift, and the warehouse is "
                            + dialect
                            + "; leave it out");
        }
        return new WarehouseAccess(
                dialect,
                path,
                jdbcUrl,
                isOfAws
                        ? ClusterName.of(
                                dialect.address(jdbcUrl),
                                config.get(RedshiftOptions.CLUSTER_IDENTIFIER),
                                config.get(RedshiftOptions.WORKGROUP))
                        : null,
                config.get(RedshiftOptions.USER),
                config.get(RedshiftOptions.PASSWORD),
                secretArn,
                isByIam,
                config.get(RedshiftOptions.STATEMENT_TIMEOUT));
    }

    private static void requireNoPassword(AccessPath path, String password) {
        if (password != null) {
            throw new IllegalArgumentException(
                    RedshiftOptions.PASSWORD.key()
                            + " is given, and "
                            + (path == AccessPath.DATA_API
                                    ? RedshiftOptions.ACCESS.key()
                                            + " is DATA_API, which takes none; leave it out, or name a secret by "
                                            + RedshiftOptions.SECRET_ARN.key()
                                    : RedshiftOptions.IAM_AUTHENTICATION.key()
                                            + " is true; leave one of them out"));
        }
    }

    private static void requireNoUserOfServerless(ClusterName cluster, String user) {
        if (user != null && cluster.isServerless()) {
            throw new IllegalArgumentException(
                    RedshiftOptions.USER.key()
                            + " is '"
                            + user
                            + "', and the warehouse is "
                            + cluster
                            + ", where the user comes from the job's IAM identity; leave it out, or name a secret by "
                            + RedshiftOptions.SECRET_ARN.key());
        }
    }

    private static void require(ConfigOption<String> option, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(
                    option.key()
                            + " is missing"
                            + (option.equals(RedshiftOptions.PASSWORD)
                                    ? "; Firehose never tells the one that it has. "
                                            + RedshiftOptions.SECRET_ARN.key()
                                            + " is another way"
                                    : ""));
        }
    }

    /** Whether a service of Redshift is asked, for credentials or to carry statements out. */
    public boolean asksRedshift() {
        return cluster != null;
    }

    /** Where that is, null where the address does not say. */
    public String region() {
        return cluster == null ? null : cluster.region();
    }

    static String withoutParameters(String url) {
        return url.split("[?;]", 2)[0];
    }

    /** The address without parameters, which may hold secrets. */
    @Override
    public String toString() {
        String who =
                secretArn != null
                        ? " by " + secretArn
                        : user != null ? " as " + user : " by its IAM identity";
        return (path == AccessPath.DATA_API ? cluster + " (Data API)" : withoutParameters(jdbcUrl))
                + who;
    }
}
