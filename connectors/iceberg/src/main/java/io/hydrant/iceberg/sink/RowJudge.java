package io.hydrant.iceberg.sink;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.Part;
import io.hydrant.delivery.RouteText;
import io.hydrant.delivery.processing.ProcessingException;
import io.hydrant.delivery.processing.RecordQuery;
import io.hydrant.iceberg.IcebergConfig;
import io.hydrant.iceberg.route.Operation;
import io.hydrant.iceberg.route.Route;
import io.hydrant.iceberg.route.RouteJudge;
import io.hydrant.iceberg.row.MisfitException;
import io.hydrant.iceberg.row.RowReader;
import io.hydrant.iceberg.row.UnknownFields;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.types.RowKind;

import java.util.Map;
import java.util.function.LongSupplier;

/** Makes rows of records, or says why not. Not thread-safe. */
final class RowJudge {

    /** A record may need several changes, one for each element of a list. */
    private static final int MAX_CHANGES = 16;

    private final IcebergConfig config;
    private final KnownTables tables;
    private final RouteJudge routes;
    private final RecordQuery query;
    private final LongSupplier nanoTime;
    private int appended;

    RowJudge(IcebergConfig config, KnownTables tables, LongSupplier nanoTime) {
        this.config = config;
        this.tables = tables;
        this.routes = new RouteJudge(config.tables());
        this.query = config.routeQuery() == null ? null : RecordQuery.compile(config.routeQuery());
        this.nanoTime = nanoTime;
    }

    /**
     * The row of a record.
     *
     * @throws Refusal if the record cannot become one
     */
    TableRow judge(DeliveryRecord record) throws Refusal {
        Route route = route(record);
        try {
            return judge(record.envelope(), route).of(record.part());
        } catch (Refusal e) {
            throw e.by(config.target(route.table()));
        }
    }

    private TableRow judge(Envelope record, Route route) throws Refusal {
        KnownTable known = tables.known(route.table());
        if (known != null && route.operation() != Operation.DELETE) {
            GenericRowData row =
                    known.reader()
                            .scan(
                                    record.payloadArray(),
                                    record.payloadOffset(),
                                    record.payloadLength());
            if (row != null) {
                requireOperation(route, known);
                return tableRow(record, route, known, row);
            }
        }
        ObjectNode object;
        try {
            object =
                    RowReader.parse(
                            record.payloadArray(), record.payloadOffset(), record.payloadLength());
        } catch (MisfitException e) {
            throw new Refusal(e.kind().code(), e.getMessage());
        }
        KnownTable table = tables.get(route.table(), object);
        requireOperation(route, table);
        return tableRow(record, route, table, row(route, table, object));
    }

    private void requireOperation(Route route, KnownTable table) throws Refusal {
        if (route.operation() != Operation.INSERT && !isByKey(table)) {
            throw new Refusal(
                    "Iceberg.InvalidOperation",
                    "The record is to "
                            + (route.operation() == Operation.UPDATE ? "update" : "delete")
                            + " rows of table "
                            + route.table()
                            + (config.hasOperations()
                                    ? ", which has no unique keys"
                                    : ", and iceberg.append-only is set"));
        }
    }

    private boolean isByKey(KnownTable table) {
        return config.hasOperations() && table.hasKeys();
    }

    private TableRow tableRow(Envelope record, Route route, KnownTable table, GenericRowData row) {
        boolean byKey = isByKey(table);
        int distribution = byKey ? table.hashOfKeys(row) : appended++;
        RowKind kind =
                !byKey
                        ? RowKind.INSERT
                        : route.operation() == Operation.DELETE
                                ? RowKind.DELETE
                                : RowKind.UPDATE_AFTER;
        return new TableRow(
                route.table(), kind, table.schemaId(), distribution, record, Part.WHOLE, row);
    }

    /** What was chosen for the record before counts; the query is asked where nothing was. */
    private Route route(DeliveryRecord record) throws Refusal {
        Map<String, String> found;
        try {
            if (RouteText.isRoute(record.partition())) {
                found = RouteText.values(record.partition());
            } else {
                found = query == null ? Map.of() : query.valuesOf(record.envelope());
            }
        } catch (ProcessingException e) {
            throw new Refusal(e.code(), e.getMessage());
        }
        Route route = routes.judge(found);
        if (route.problem() != null) {
            throw new Refusal(route.problem().code(), route.problem().text());
        }
        return route;
    }

    private GenericRowData row(Route route, KnownTable table, ObjectNode object) throws Refusal {
        boolean isDelete = route.operation() == Operation.DELETE;
        for (int changes = 0; ; changes++) {
            try {
                GenericRowData row =
                        isDelete ? table.reader().readPart(object) : table.reader().read(object);
                String missing = isDelete ? table.missingKey(row) : null;
                if (missing != null) {
                    throw new Refusal(
                            "Iceberg.MissingField",
                            "Field " + missing + " is missing, and is a key of what to delete");
                }
                return row;
            } catch (MisfitException e) {
                if (changes == MAX_CHANGES || !mayFitNow(table, object, isDelete)) {
                    throw new Refusal(e.kind().code(), e.getMessage());
                }
            } catch (IllegalArgumentException e) {
                throw new Refusal("Iceberg.InvalidTable", KnownTables.message(route.table(), e));
            }
        }
    }

    private boolean mayFitNow(KnownTable table, ObjectNode object, boolean isDelete)
            throws Refusal {
        long now = nanoTime.getAsLong();
        if (config.unknownFields() == UnknownFields.ADD && !isDelete) {
            return table.makeRoomFor(object, now);
        }
        return table.isOlderThanInterval(now) && table.refresh(now);
    }
}
