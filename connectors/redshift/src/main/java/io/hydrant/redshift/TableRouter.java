package io.hydrant.redshift;

import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.Disposition;
import io.hydrant.delivery.RouteText;
import io.hydrant.delivery.deadletter.ErrorOutputType;
import io.hydrant.delivery.deadletter.Failure;
import io.hydrant.delivery.processing.ProcessingException;
import io.hydrant.delivery.processing.RecordQuery;

import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Says which table a record goes to, by giving it the partition under which the objects for that
 * table are staged.
 *
 * <p>What was chosen before counts, by a Lambda function or by the table that refused a row; else
 * what the query finds in the record. Not thread-safe.
 */
public final class TableRouter {

    private static final String CODE = "InvalidRoute";

    private final Clock clock;
    private final Dialect dialect;
    private final String first;
    private final boolean isSeveral;
    private final RecordQuery query;
    private final Map<String, String> partitions = new HashMap<>();
    private final Map<String, Boolean> byKey = new HashMap<>();

    /** A router to the tables of a delivery. */
    public TableRouter(RedshiftConfig config, Clock clock) {
        this.clock = clock;
        this.dialect = config.access().dialect();
        this.first = config.table();
        this.isSeveral = config.routes() != null;
        String jq = isSeveral ? config.routes().query() : null;
        this.query = jq == null ? null : RecordQuery.compile(jq);
        String prefix = config.staging().naming().prefix();
        for (RedshiftConfig each : config.ofEachTable()) {
            String name = each.table().toLowerCase(Locale.ROOT);
            partitions.put(
                    name, each.equals(config) ? "" : TablePlaces.partition(prefix, each.table()));
            byKey.put(name, each.upsert() != null);
        }
    }

    /** The route to a table, as a record bears it. */
    static String routeTo(String table) {
        return RouteText.of(Map.of(RouteText.TABLE, table));
    }

    /** A row that a table refused, on the way back to it, or to the first where it says none. */
    public DeliveryRecord routeRow(DeliveryRecord row, String route) {
        return route(row.in(route.isEmpty() ? routeTo(first) : route));
    }

    /** The record with the partition of its table, or as a dead letter where that is none. */
    public DeliveryRecord route(DeliveryRecord record) {
        boolean isRouted = RouteText.isRoute(record.partition());
        if (record.disposition() != Disposition.DELIVER) {
            return record;
        }
        if (!isSeveral) {
            return isRouted ? record.in("") : record;
        }
        try {
            if (isRouted) {
                return routed(record, RouteText.values(record.partition()));
            }
            return routed(record, query == null ? Map.of() : query.valuesOf(record.envelope()));
        } catch (ProcessingException e) {
            return refused(record, e.getMessage());
        }
    }

    private DeliveryRecord routed(DeliveryRecord record, Map<String, String> found) {
        String table = found.get(RouteText.TABLE);
        String schema = found.get(RouteText.DATABASE);
        if (table == null && schema != null) {
            return refused(record, RouteText.DATABASE + " is given without " + RouteText.TABLE);
        }
        String name =
                (table == null ? first : schema == null ? table : schema + '.' + table)
                        .toLowerCase(Locale.ROOT);
        String partition = partitions.get(name);
        if (partition == null) {
            return refused(
                    record,
                    "The record's "
                            + RouteText.TABLE
                            + " is neither "
                            + RedshiftOptions.TABLE.key()
                            + " nor one of "
                            + RedshiftOptions.TABLES.key());
        }
        String operation = found.getOrDefault(RouteText.OPERATION, "insert");
        boolean isKnown =
                operation.equalsIgnoreCase("insert")
                        || (operation.equalsIgnoreCase("update") && byKey.get(name));
        return isKnown
                ? record.in(partition)
                : refused(
                        record,
                        "The record's "
                                + RouteText.OPERATION
                                + " is not insert, nor update of a table with keys");
    }

    private DeliveryRecord refused(DeliveryRecord record, String message) {
        Failure failure =
                new Failure(
                        ErrorOutputType.REDSHIFT_FAILED,
                        (dialect == Dialect.REDSHIFT ? "Redshift." : "PostgreSQL.") + CODE,
                        message,
                        1,
                        clock.millis());
        return new DeliveryRecord(
                record.envelope(),
                Disposition.DEAD_LETTER,
                failure,
                record.part(),
                record.partition());
    }
}
