package io.hydrant.redshift;

import io.hydrant.localstack.fakes.redshift.FakePostgres;
import io.hydrant.localstack.fakes.redshift.Fault;
import io.hydrant.s3.store.S3ObjectStore;

import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Loads into a PostgreSQL, with the faults that Redshift meets and with what it alone refuses. */
class PostgresLoaderITCase extends LoaderITCase {

    @Override
    Dialect dialect() {
        return Dialect.POSTGRESQL;
    }

    /** A bad row in the middle of an object, and a connection that is lost while rows go again. */
    @Test
    void refusesTheBadRowInTheMiddleOnceWhereverTheConnectionIsLost() throws Exception {
        boolean hasStruck = true;
        int round = 0;
        int loaded = 0;
        for (; hasStruck; round++) {
            assertThat(round).isLessThan(120);
            int nth = round / 2;
            Fault fault = round % 2 == 0 ? Fault.DROP_BEFORE : Fault.DROP_AFTER;
            AtomicInteger seen = new AtomicInteger();
            rig.faults(sql -> seen.getAndIncrement() == nth ? fault : Fault.NONE);
            queue(rig.stage(config, "1,a", "2,b", "no" + round + ",c", "4,d", "5,e"));
            drain();
            loaded += 4;
            hasStruck = seen.get() > nth;
            assertThat(rig.rows("SELECT count(*) FROM " + table)).containsExactly("" + loaded);
        }
        assertThat(ledger()).hasSize(round).containsOnly("5/1");
        List<String> errors = errorLines();
        assertThat(errors).hasSize(round);
        for (int i = 0; i < round; i++) {
            assertThat(errors).haveExactly(1, base64Of("no" + i + ",c"));
        }
    }

    private List<String> errorLines() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (String key : rig.keys("redshift-failed")) {
            String text = gunzip(rig.s3.content(WarehouseRig.BUCKET, key));
            if (text.contains("stream-" + table + '"')) {
                lines.append(text);
            }
        }
        return lines.toString().lines().toList();
    }

    private static Condition<String> base64Of(String row) {
        return new Condition<>(line -> line.contains('"' + base64(row) + '"'), "the row " + row);
    }

    /** More than one piece, with rows at the ends of them, past the double's door. */
    @Test
    void findsEveryBadRowOfAnObjectOfManyPieces() throws Exception {
        rig.run("ALTER TABLE " + table + " ALTER COLUMN name TYPE varchar(100)");
        config = rig.config(table, direct(Map.of()));
        String[] rows =
                IntStream.range(0, 40_000)
                        .mapToObj(
                                i ->
                                        (i % 4_000 == 3_999 || i == 0 ? "x" : "")
                                                + i
                                                + ","
                                                + "v".repeat(60))
                        .toArray(String[]::new);
        queue(rig.stage(config, rows), rig.stage(config, "-1,last"));
        drain();
        assertThat(rig.rows("SELECT count(*) || '/' || count(DISTINCT id) FROM " + table))
                .containsExactly("39990/39990");
        assertThat(ledger()).containsExactly("1/0", "40000/11");
        assertThat(errorLines()).hasSize(11).haveExactly(1, base64Of("x0," + "v".repeat(60)));
    }

    /** What names a line, and what does not: the row is found by halving then. */
    @Test
    void refusesRowsThatAConstraintOrATriggerRefuses() throws Exception {
        rig.run("ALTER TABLE " + table + " ADD PRIMARY KEY (id)");
        rig.run("ALTER TABLE " + table + " ADD CHECK (id > 0)");
        rig.run("CREATE TABLE " + table + "_names (name varchar(5) PRIMARY KEY)");
        rig.run("INSERT INTO " + table + "_names VALUES ('a'), ('b')");
        rig.run(
                "ALTER TABLE "
                        + table
                        + " ADD FOREIGN KEY (name) REFERENCES "
                        + table
                        + "_names (name)");
        config = rig.config(table, direct(Map.of()));
        queue(rig.stage(config, "1,a", "1,b", "-1,a", "3,a", "4,zz", "5,b", "6,yy"));
        drain();
        assertHolds("1a", "3a", "5b");
        assertThat(ledger()).containsExactly("7/4");
        assertThat(errorLines())
                .anySatisfy(line -> assertThat(line).contains(base64("1,b"), "already exists"))
                .anySatisfy(line -> assertThat(line).contains(base64("-1,a"), "check constraint"))
                .anySatisfy(line -> assertThat(line).contains(base64("4,zz"), "foreign key"))
                .anySatisfy(line -> assertThat(line).contains(base64("6,yy"), "foreign key"));
    }

    @Test
    void keepsRowsThatReferToTheOnesThatChangeByKey() throws Exception {
        rig.run("ALTER TABLE " + table + " ADD COLUMN version int, ADD PRIMARY KEY (id)");
        rig.run("ALTER TABLE " + table + " ADD COLUMN note text DEFAULT 'mine'");
        rig.run(
                "CREATE TABLE "
                        + table
                        + "_items (of int REFERENCES "
                        + table
                        + " ON DELETE CASCADE)");
        config =
                rig.config(
                        table,
                        direct(
                                Map.of(
                                        "redshift.keys", "id",
                                        "redshift.order-column", "version",
                                        "redshift.columns", "id,name,version")));
        queue(rig.stage(config, "1,old,1"));
        drain();
        rig.run("INSERT INTO " + table + "_items VALUES (1)");
        rig.run("UPDATE " + table + " SET note = 'kept'");
        queue(rig.stage(config, "1,new,2", "2,x,1", "3,too long for it,1"));
        drain();
        assertThat(rig.rows("SELECT id || name || note FROM " + table + " ORDER BY 1"))
                .containsExactly("1newkept", "2xmine");
        assertThat(rig.rows("SELECT of FROM " + table + "_items")).containsExactly("1");
        assertThat(ledger()).containsExactly("1/0", "3/1");
    }

    /** Which row it is that a constraint refuses shows only where rows go from the stage by key. */
    @Test
    void refusesTheRowsByKeyThatTheTableRefusesAndLoadsTheOthers() throws Exception {
        rig.run("ALTER TABLE " + table + " ADD COLUMN version int, ADD PRIMARY KEY (id)");
        rig.run("ALTER TABLE " + table + " ADD COLUMN badge int UNIQUE");
        rig.run("CREATE TABLE " + table + "_names (name varchar(5) PRIMARY KEY)");
        rig.run("INSERT INTO " + table + "_names VALUES ('a'), ('b')");
        rig.run(
                "ALTER TABLE "
                        + table
                        + " ADD FOREIGN KEY (name) REFERENCES "
                        + table
                        + "_names (name)");
        config = rig.config(table, direct(byKey("id,name,version,badge")));
        queue(rig.stage(config, "1,a,1,11"));
        drain();
        queue(
                rig.stage(config, "1,zz,3,11", "1,b,2,11", "2,b,1,11", "3,a,1,13"),
                rig.stage(config, "no,a,1,14", "4,b,1,14", "1,a,1,12"));
        drain();
        assertThat(rig.rows("SELECT id || name || version FROM " + table + " ORDER BY 1"))
                .containsExactly("1b2", "3a1", "4b1");
        assertThat(ledger()).containsExactly("1/0", "3/1", "4/2");
        assertThat(errorLines())
                .hasSize(3)
                .anySatisfy(line -> assertThat(line).contains(base64("1,zz,3,11"), "foreign key"))
                .anySatisfy(line -> assertThat(line).contains(base64("2,b,1,11"), "already exists"))
                .anySatisfy(line -> assertThat(line).contains(base64("no,a,1,14"), "integer"));
    }

    /** It would be refused at the commit, and with it the load. */
    @Test
    void refusesRowsThatADeferredConstraintRefuses() throws Exception {
        rig.run("ALTER TABLE " + table + " ADD COLUMN version int, ADD PRIMARY KEY (id)");
        rig.run(
                "ALTER TABLE "
                        + table
                        + " ADD COLUMN parent int REFERENCES "
                        + table
                        + " DEFERRABLE INITIALLY DEFERRED");
        config = rig.config(table, direct(byKey("id,version,parent")));
        queue(rig.stage(config, "2,1,1", "1,1,", "3,1,9"));
        drain();
        assertThat(rig.rows("SELECT id || '<' || coalesce(parent, 0) FROM " + table))
                .containsExactlyInAnyOrder("1<0", "2<1");

        config = rig.config(table, direct(Map.of("redshift.columns", "id,parent")));
        queue(rig.stage(config, "5,4", "4,1", "6,9"));
        drain();
        assertThat(rig.rows("SELECT id || '<' || coalesce(parent, 0) FROM " + table))
                .containsExactlyInAnyOrder("1<0", "2<1", "4<1", "5<4");
        assertThat(errorLines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("foreign key"));
    }

    private static Map<String, String> byKey(String columns) {
        return Map.of(
                "redshift.keys", "id",
                "redshift.order-column", "version",
                "redshift.columns", columns);
    }

    @Test
    void loadsJsonByTheNamesOfColumns() throws Exception {
        rig.run(
                "ALTER TABLE "
                        + table
                        + " ADD COLUMN at timestamptz, ADD COLUMN doc jsonb, ADD COLUMN \"Big\" numeric, ADD COLUMN twice int GENERATED ALWAYS AS (id * 2) STORED");
        config =
                rig.config(
                        table,
                        direct(
                                Map.of(
                                        "redshift.copy-options",
                                        "FORMAT AS JSON 'auto' GZIP TIMEFORMAT 'epochmillisecs' TRUNCATECOLUMNS COMPUPDATE OFF")));
        queue(
                rig.stage(
                        config,
                        "{\"id\": 1, \"name\": \"tab\\t\\\\\", \"at\": 1700000000123, \"doc\": {\"a\": [1, null]}, \"Big\": 123456789012345678901.50, \"unknown\": 1}",
                        "{\"id\": \"2\", \"name\": \"more than five\", \"doc\": \"text\", \"at\": null}",
                        "{\"id\": 3, \"name\": \"b\"",
                        "[4]",
                        "{\"id\": true}"));
        drain();
        assertThat(
                        rig.rows(
                                "SELECT concat_ws('|', id, name, extract(epoch FROM at), doc, \"Big\", twice) FROM "
                                        + table
                                        + " ORDER BY id"))
                .containsExactly(
                        "1|tab\t\\|1700000000.123000|{\"a\": [1, null]}|123456789012345678901.50|2",
                        "2|more |\"text\"|4");
        assertThat(ledger()).containsExactly("5/3");
    }

    @Test
    void loadsWhatIsCompressedAsZstd() throws Exception {
        config =
                rig.config(
                        table,
                        direct(
                                Map.of(
                                        "delivery.compression", "ZSTD",
                                        "redshift.copy-options", "CSV ZSTD")));
        queue(rig.stage(config, "1,a", "2,\"b,\""));
        drain();
        assertHolds("1a", "2b,");
    }

    @Test
    void givesUpWhereMoreRowsAreBadThanMayBeAndSaysWhichIsTheLast() throws Exception {
        config =
                rig.config(
                        table,
                        Map.of(
                                "redshift.copy-options",
                                "CSV GZIP MAXERROR 1",
                                "redshift.load-mode",
                                "REPLACE"));
        queue(rig.stage(config, "1,a", "x,b", "y,c"));
        try (LoadRooms rooms = rig.rooms(config)) {
            rooms.queue().end(LoadQueue.ANY_JOB, 0, 1);
        }
        assertThatThrownBy(this::drain)
                .hasMessageContaining("PostgreSQL.DataLoadFailed")
                .hasMessageContaining(
                        "2 rows cannot be loaded, and MAXERROR is 1; the last is line 3 of");
        assertHolds();
    }

    /** A staged object that cannot be read is tried again; it is nobody's bad row. */
    @Test
    void triesAgainWhereAStagedObjectEndsEarly() throws Exception {
        StagedFile file = rig.stage(config, "1,a", "2,b");
        byte[] whole = rig.s3.content(WarehouseRig.BUCKET, file.key());
        rig.put(file.key(), Arrays.copyOf(whole, whole.length - 12));
        queue(file);
        AtomicInteger copies = new AtomicInteger();
        rig.faults(
                sql -> {
                    if (sql.startsWith("COPY") && copies.incrementAndGet() == 3) {
                        rig.put(file.key(), whole);
                    }
                    return Fault.NONE;
                });
        drain();
        assertHolds("1a", "2b");
        assertThat(copies.get()).isGreaterThan(2);
    }

    @Test
    void loadsNothingTwiceWithoutItsLedgersKey() throws Exception {
        queue(rig.stage(config, "1,a"));
        drain();
        rig.run(
                "ALTER TABLE "
                        + config.ledgerTable()
                        + " DROP CONSTRAINT "
                        + config.ledgerTable()
                        + "_pkey");
        StagedFile file = rig.stage(config, "2,b");
        AtomicInteger commits = new AtomicInteger();
        rig.faults(
                sql ->
                        sql.equals("COMMIT") && commits.getAndIncrement() < 2
                                ? Fault.DROP_AFTER
                                : Fault.NONE);
        queue(file);
        drain();
        queue(file);
        drain();
        assertHolds("1a", "2b");
    }

    @Test
    void seesWhatTheLoadBeforeCommittedWhateverTheDatabasePrefers() throws Exception {
        String database = "ALTER DATABASE " + FakePostgres.DATABASE;
        rig.run(database + " SET default_transaction_isolation = 'serializable'");
        try {
            loadsOnceWhereSeveralLoadAtTheSameTime();
        } finally {
            rig.run(database + " RESET default_transaction_isolation");
        }
    }

    @Test
    void isJudgedByItsLedgerAndItsRows() throws Exception {
        StagedFile file = rig.stage(config, "1,a", "x,b");
        assertThat(judge(file).unqueuedObjects()).isEqualTo(1);
        queue(file);
        assertThat(judge(file).waitingRecords()).isEqualTo(2);
        drain();
        assertThat(judge(file))
                .returns(true, LoadReport::complete)
                .returns(1L, LoadReport::refused)
                .returns(1L, LoadReport::tableRows);
        rig.run("DELETE FROM " + table);
        assertThat(judge(file).findings()).hasSize(1);
    }

    private LoadReport judge(StagedFile file) throws Exception {
        LoadAudit audit = LoadAudit.of(config);
        audit.staged(file.id().toString(), file.url(), file.records());
        try (LoadReads reads =
                new LoadReads(config, rig.aws(), rig.aws(), S3ObjectStore::connect)) {
            return reads.judge(audit, true);
        }
    }

    private Map<String, String> direct(Map<String, String> options) {
        Map<String, String> all = new HashMap<>(options);
        all.put("redshift.jdbc-url", rig.directJdbcUrl());
        all.put("redshift.user", "postgres");
        return all;
    }
}
