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
 * @param jdbcUrl address, with the driver's parameters
 * @param user user, null where a secret has it
 * @param password that user's password, null where a secret has it
 * @param secretArn the secret of Secrets Manager that has both, or null
 * @param statementTimeout how long a statement may take
 */
public record WarehouseAccess(
        Dialect dialect,
        String jdbcUrl,
        String user,
        String password,
        String secretArn,
        Duration statementTimeout)
        implements Serializable {

    /** Validates what it is made of, and keeps the address as the driver takes it. */
    public WarehouseAccess {
        Objects.requireNonNull(dialect, "dialect");
        require(RedshiftOptions.JDBC_URL, jdbcUrl);
        if (secretArn == null) {
            require(RedshiftOptions.USER, user);
            require(RedshiftOptions.PASSWORD, password);
        } else if (user != null || password != null) {
            throw new IllegalArgumentException(
                    RedshiftOptions.SECRET_ARN.key()
                            + " is '"
                            + secretArn
                            + "', and "
                            + (user == null ? RedshiftOptions.PASSWORD : RedshiftOptions.USER).key()
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
        return new WarehouseAccess(
                chosen == null ? Dialect.of(jdbcUrl) : chosen,
                jdbcUrl,
                config.get(RedshiftOptions.USER),
                config.get(RedshiftOptions.PASSWORD),
                config.get(RedshiftOptions.SECRET_ARN),
                config.get(RedshiftOptions.STATEMENT_TIMEOUT));
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

    static String withoutParameters(String url) {
        return url.split("[?;]", 2)[0];
    }

    /** The address without parameters, which may hold secrets. */
    @Override
    public String toString() {
        return withoutParameters(jdbcUrl)
                + (secretArn == null ? " as " + user : " by " + secretArn);
    }
}
