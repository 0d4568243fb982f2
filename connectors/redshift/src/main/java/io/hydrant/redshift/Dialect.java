package io.hydrant.redshift;

import java.util.regex.Pattern;

/** Which warehouse it is: what its SQL looks like, and how rows get into it. */
public enum Dialect {
    /** Amazon Redshift, which reads staged objects by itself. */
    REDSHIFT("jdbc:redshift://"),
    /** PostgreSQL, which is given the rows of staged objects. */
    POSTGRESQL("jdbc:postgresql://");

    /** Hosts of Redshift: the driver of PostgreSQL speaks to it, too. */
    private static final Pattern REDSHIFT_HOST =
            Pattern.compile(
                    "(?i)[a-z0-9.-]+\\.redshift[a-z-]*\\.amazonaws\\.com(\\.cn)?([:/?].*)?");

    private final String scheme;

    Dialect(String scheme) {
        this.scheme = scheme;
    }

    /**
     * The warehouse of an address: that of its scheme, except that a host of Redshift is Redshift.
     *
     * @throws IllegalArgumentException if it is none of either
     */
    public static Dialect of(String jdbcUrl) {
        if (jdbcUrl.startsWith(REDSHIFT.scheme)) {
            return REDSHIFT;
        }
        if (!jdbcUrl.startsWith(POSTGRESQL.scheme)) {
            throw new IllegalArgumentException(
                    RedshiftOptions.JDBC_URL.key()
                            + " is '"
                            + WarehouseAccess.withoutParameters(jdbcUrl)
                            + "'; it must begin with "
                            + REDSHIFT.scheme
                            + " or "
                            + POSTGRESQL.scheme);
        }
        String host = jdbcUrl.substring(POSTGRESQL.scheme.length());
        return REDSHIFT_HOST.matcher(host).matches() ? REDSHIFT : POSTGRESQL;
    }

    /**
     * The address as this warehouse's driver takes it.
     *
     * @throws IllegalArgumentException if it is the address of another warehouse
     */
    String address(String jdbcUrl) {
        if (this == REDSHIFT && jdbcUrl.startsWith(POSTGRESQL.scheme)) {
            return scheme + jdbcUrl.substring(POSTGRESQL.scheme.length());
        }
        if (!jdbcUrl.startsWith(scheme)) {
            throw new IllegalArgumentException(
                    RedshiftOptions.DIALECT.key()
                            + " is "
                            + this
                            + ", and "
                            + RedshiftOptions.JDBC_URL.key()
                            + " is '"
                            + WarehouseAccess.withoutParameters(jdbcUrl)
                            + "'; for "
                            + this
                            + " it must begin with "
                            + scheme);
        }
        return jdbcUrl;
    }
}
