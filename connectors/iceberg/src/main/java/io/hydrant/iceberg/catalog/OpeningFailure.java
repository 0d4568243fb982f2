package io.hydrant.iceberg.catalog;

import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NotAuthorizedException;

import java.sql.SQLException;

/**
 * Says why a catalog cannot be opened, and what to look at. Of a catalog in a database only the
 * driver's own words are passed on: Iceberg's quote its whole address, in which a password may be.
 */
final class OpeningFailure {

    private static final String NO_DRIVER = "No suitable driver";

    private OpeningFailure() {}

    static IllegalStateException of(CatalogConfig config, RuntimeException failure) {
        SQLException ofDriver = ofDriver(failure);
        if (ofDriver != null && hasNoDriver(ofDriver)) {
            return new IllegalStateException(
                    text(
                            config,
                            "no JDBC driver takes "
                                    + CatalogOptions.URI.key()
                                    + "; put that of its database into Flink's lib/, or look whether the address is right"));
        }
        Exception told = ofDriver == null ? failure : ofDriver;
        return new IllegalStateException(
                text(config, told.getMessage() + "; look at " + wayOut(config, failure)), told);
    }

    private static String text(CatalogConfig config, String reason) {
        return "The " + config + " cannot be opened: " + reason;
    }

    private static boolean hasNoDriver(SQLException failure) {
        return failure.getMessage() != null && failure.getMessage().startsWith(NO_DRIVER);
    }

    /** The innermost failure of a driver, or null. */
    private static SQLException ofDriver(Throwable failure) {
        SQLException found = null;
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof SQLException sql) {
                found = sql;
            }
        }
        return found;
    }

    private static String wayOut(CatalogConfig config, RuntimeException failure) {
        if (failure instanceof NotAuthorizedException || failure instanceof ForbiddenException) {
            return "the token or credential in " + CatalogOptions.PROPERTIES.key();
        }
        String properties = CatalogOptions.PROPERTIES.key();
        return switch (config.kind()) {
            case REST, JDBC ->
                    CatalogOptions.URI.key()
                            + ", "
                            + CatalogOptions.WAREHOUSE.key()
                            + " and "
                            + properties;
            case GLUE, HADOOP -> CatalogOptions.WAREHOUSE.key() + " and " + properties;
        };
    }
}
