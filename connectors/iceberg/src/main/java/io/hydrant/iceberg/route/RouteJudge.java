package io.hydrant.iceberg.route;

import io.hydrant.delivery.RouteText;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Says where a record goes, by what its query or its Lambda function found. What they do not say is
 * that of the one table that the configuration names, where it names one; the operation is insert
 * where nothing says another.
 *
 * <p>Source: Firehose developer guide, "Route incoming records to different Iceberg tables"; names
 * as in the API reference, DestinationTableConfiguration.
 */
public final class RouteJudge {

    private static final String CODE = "Iceberg.InvalidRoute";
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._]{1,255}");

    private final TargetTable only;
    private final Route onlyRoute;

    /** A judge for these tables. */
    public RouteJudge(List<TargetTable> tables) {
        this.only = tables.size() == 1 ? tables.get(0) : null;
        this.onlyRoute = only == null ? null : Route.to(only.fullName(), Operation.INSERT);
    }

    /** Where a record goes for which these values were found. */
    public Route judge(Map<String, String> found) {
        if (found.isEmpty() && only != null) {
            return onlyRoute;
        }
        String database =
                found.getOrDefault(RouteText.DATABASE, only == null ? null : only.database());
        String table = found.getOrDefault(RouteText.TABLE, only == null ? null : only.table());
        if (database == null || table == null) {
            return Route.nowhere(
                    CODE,
                    "Nothing says the "
                            + (database == null ? RouteText.DATABASE : RouteText.TABLE)
                            + " of the record, and the configuration does not name exactly one table");
        }
        if (!NAME.matcher(database).matches() || !NAME.matcher(table).matches()) {
            return Route.nowhere(
                    CODE,
                    "Database and table of the record are not both of letters, digits, dots and underscores, 1 to 255 of them");
        }
        if (table.indexOf('.') >= 0 || isBroken(database)) {
            return Route.nowhere(
                    CODE, "Iceberg has no table names with dots, nor databases with empty levels");
        }
        String name = found.get(RouteText.OPERATION);
        Operation operation = name == null ? Operation.INSERT : Operation.ofName(name);
        return operation == null
                ? Route.nowhere(CODE, "The operation of the record is not insert, update or delete")
                : Route.to(database + "." + table, operation);
    }

    private static boolean isBroken(String database) {
        return database.startsWith(".") || database.endsWith(".") || database.contains("..");
    }
}
