package io.hydrant.redshift;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Judges whether what was staged is in the warehouse: every object noted once, with all of its
 * records, and as many rows in the table as the notes say.
 *
 * <p>Staged objects are to be told first, then what is queued, then what is left out, and what the
 * warehouse has last. A delivery that goes on meanwhile can then make objects look as if they
 * waited, or as if they were not queued yet, never doubled.
 *
 * <p>Memory grows with the objects of the delivery. One thread at a time.
 */
public final class LoadAudit {

    private static final int LISTED = 20;

    private final String deliveryStream;
    private final String table;
    private final RowsPerRecord rowsPerRecord;
    private final Map<String, Staged> staged = new HashMap<>();
    private final Set<String> queued = new HashSet<>();
    private final Map<String, String> leftOut = new HashMap<>();
    private final Map<String, Load> loads = new HashMap<>();
    private final Set<String> noted = new HashSet<>();
    private final Set<String> replaced = new HashSet<>();
    private final List<String> findings = new ArrayList<>();
    private long unlisted;
    private long refused;
    private long tableRows = -1;

    LoadAudit(String deliveryStream, String table, RowsPerRecord rowsPerRecord) {
        this.deliveryStream = deliveryStream;
        this.table = table;
        this.rowsPerRecord = rowsPerRecord;
    }

    /**
     * An audit of a delivery to a table.
     *
     * @param config the delivery
     */
    public static LoadAudit of(RedshiftConfig config) {
        return new LoadAudit(config.deliveryStream(), config.table(), config.rowsPerRecord());
    }

    private record Staged(String address, long records) {}

    private static final class Load {
        final long rows;
        long records;
        long refused;

        Load(long rows) {
            this.rows = rows;
        }
    }

    /**
     * An object was staged; again where its commit was repeated.
     *
     * @param id its identity
     * @param address its address
     * @param records records in it, those that records were taken apart into included
     */
    public void staged(String id, String address, long records) {
        staged.put(id, new Staged(address, records));
    }

    void queued(String id) {
        queued.add(id);
    }

    void leftOut(String address, String manifest) {
        leftOut.put(address, manifest);
    }

    void noted(LedgerLine line) {
        Load load = loads.computeIfAbsent(line.loadId(), id -> new Load(line.loadRows()));
        load.records += line.records();
        load.refused += line.refused();
        if (load.rows != line.loadRows()) {
            finding(
                    "the ledger says of load %s both that it made %d rows and %d",
                    line.loadId(), load.rows, line.loadRows());
        }
        if (!noted.add(line.objectId())) {
            finding(
                    "%s is noted twice in the ledger, so its rows are in the table twice",
                    address(line));
            return;
        }
        Staged object = staged.get(line.objectId());
        if (object != null && object.records() > 0 && line.records() == 0) {
            replaced.add(line.objectId());
        } else if (object != null && line.deliveryStream().equals(deliveryStream)) {
            refused += line.refused();
            if (object.records() != line.records()) {
                finding(
                        "%s holds %d records, %d by the warehouse's ledger",
                        object.address(), object.records(), line.records());
            }
        }
    }

    private String address(LedgerLine line) {
        Staged object = staged.get(line.objectId());
        return object == null ? "object " + line.objectId() : object.address();
    }

    void table(long rows) {
        tableRows = rows;
    }

    /** The judgement of all that was told. */
    LoadReport report() {
        checkLoads();
        Sum loaded = new Sum();
        Sum gone = new Sum();
        Sum waiting = new Sum();
        Sum unqueued = new Sum();
        staged.forEach(
                (id, object) -> {
                    if (replaced.contains(id)) {
                        gone.add(object);
                    } else if (noted.contains(id)) {
                        loaded.add(object);
                    } else if (leftOut.containsKey(object.address())) {
                        finding(
                                "%s with %d records was left out of the table, as %s says: mend the cause and COPY from that manifest",
                                object.address(), object.records(), leftOut.get(object.address()));
                    } else {
                        (queued.contains(id) ? waiting : unqueued).add(object);
                    }
                });
        long rows = loads.values().stream().mapToLong(load -> load.rows).sum();
        if (tableRows >= 0 && tableRows != rows) {
            finding(
                    "%s has %d rows, %d by its ledger: somebody else added or removed some, or a load was repeated by hand",
                    table, tableRows, rows);
        }
        return new LoadReport(
                table,
                loaded.objects,
                loaded.records,
                refused,
                gone.objects,
                gone.records,
                waiting.objects,
                waiting.records,
                unqueued.objects,
                unqueued.records,
                rows,
                tableRows,
                findings,
                unlisted);
    }

    private void checkLoads() {
        if (rowsPerRecord == RowsPerRecord.ANY) {
            return;
        }
        loads.forEach(
                (id, load) -> {
                    if (load.rows + load.refused != load.records) {
                        finding(
                                "load %s made %d rows of %d records and refused %d",
                                id, load.rows, load.records, load.refused);
                    }
                });
    }

    private void finding(String format, Object... values) {
        if (findings.size() < LISTED) {
            findings.add(String.format(format, values));
        } else {
            unlisted++;
        }
    }

    private static final class Sum {
        long objects;
        long records;

        void add(Staged object) {
            objects++;
            records += object.records();
        }
    }
}
