package io.hydrant.redshift;

import io.hydrant.core.retry.RetryClock;
import io.hydrant.localstack.fakes.redshift.FakeRedshift;
import io.hydrant.localstack.fakes.redshift.Fault;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Loads with faults at every step; here against the double of Redshift, by Amazon's driver. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoaderITCase {

    private static final int MOST_STATEMENTS = 60;

    WarehouseRig rig;
    String table;
    RedshiftConfig config;

    Dialect dialect() {
        return Dialect.REDSHIFT;
    }

    AccessPath path() {
        return AccessPath.JDBC;
    }

    @BeforeAll
    void start() throws IOException {
        rig = new WarehouseRig(dialect(), path());
    }

    @AfterAll
    void stop() throws IOException {
        rig.close();
    }

    @BeforeEach
    void newTable() throws SQLException {
        table = rig.newTable();
        config = rig.config(table, Map.of());
    }

    @AfterEach
    void heal() {
        rig.heal();
    }

    @Test
    void loadsWhatWaitsTogetherAndEmptiesTheQueue() throws Exception {
        AtomicInteger copies = new AtomicInteger();
        rig.faults(
                sql -> {
                    copies.addAndGet(sql.startsWith("COPY") ? 1 : 0);
                    return Fault.NONE;
                });
        queue(rig.stage(config, "1,a", "2,b"), rig.stage(config, "3,c"));
        queue(rig.stage(config, "4,d"));
        drain();
        assertHolds("1a", "2b", "3c", "4d");
        assertThat(copies).hasValue(1);
        assertThat(rig.keys("_hydrant/loads/stream-" + table + "/queue/")).isEmpty();
    }

    @Test
    void loadsAFileOnceHoweverOftenAndInWhateverCompanyItIsQueued() throws Exception {
        StagedFile first = rig.stage(config, "1,a");
        StagedFile second = rig.stage(config, "2,b");
        queue(first);
        drain();
        queue(first, second);
        queue(second);
        drain();
        queue(first);
        drain();
        assertHolds("1a", "2b");
        assertThat(ledger()).containsExactly("1/0", "1/0");
    }

    /** The connection is lost at every statement of a load in turn, on either side of it. */
    @ParameterizedTest
    @EnumSource(
            value = Fault.Kind.class,
            names = {"DROP_BEFORE", "DROP_AFTER"})
    void loadsOnceWhereverTheConnectionIsLost(Fault.Kind kind) throws Exception {
        Fault fault = kind == Fault.Kind.DROP_BEFORE ? Fault.DROP_BEFORE : Fault.DROP_AFTER;
        List<String> expected = new ArrayList<>();
        boolean hasStruck = true;
        int round = 0;
        for (; hasStruck; round++) {
            assertThat(round).isLessThan(MOST_STATEMENTS);
            int nth = round;
            AtomicInteger seen = new AtomicInteger();
            rig.faults(sql -> seen.getAndIncrement() == nth ? fault : Fault.NONE);
            queue(rig.stage(config, round + ",a", round + ",b"), rig.stage(config, round + ",c"));
            expected.addAll(List.of(round + "a", round + "b", round + "c"));
            drain();
            hasStruck = seen.get() > nth;
            assertHolds(expected.toArray(new String[0]));
        }
        // Settings, ledger, BEGIN, LOCK, SELECT, COPY, count, INSERT, COMMIT at the least.
        assertThat(round).isGreaterThan(8);
        assertThat(ledger()).hasSize(2 * round);
    }

    /** The task dies at every statement in turn, and another, which knows nothing, takes over. */
    @Test
    void loadsOnceWhereverTheTaskDies() throws Exception {
        List<String> expected = new ArrayList<>();
        boolean hasStruck = true;
        int round = 0;
        for (; hasStruck; round++) {
            assertThat(round).isLessThan(MOST_STATEMENTS);
            int nth = round / 2;
            boolean isAfter = round % 2 == 1;
            AtomicInteger seen = new AtomicInteger();
            rig.faults(
                    sql ->
                            seen.getAndIncrement() < nth
                                    ? Fault.NONE
                                    : isAfter ? Fault.DROP_AFTER : Fault.DROP_BEFORE);
            queue(rig.stage(config, round + ",a"));
            expected.add(round + "a");
            try (LoadRooms dying = rig.rooms(config, new DyingClock())) {
                dying.loader().drain();
                hasStruck = false;
            } catch (InterruptedException expectedDeath) {
                assertThat(seen.get()).isGreaterThan(nth);
            }
            rig.heal();
            drain();
            assertHolds(expected.toArray(new String[0]));
        }
        assertThat(round).isGreaterThan(16);
    }

    /** S3 fails at every request of a load in turn. */
    @Test
    void loadsOnceWhateverRequestToTheStoreFails() throws Exception {
        List<String> expected = new ArrayList<>();
        int round = 0;
        for (String action :
                List.of("PutObject", "GetObject", "HeadObject", "ListObjectsV2", "DeleteObject")) {
            for (int nth = 0; nth < 3; nth++) {
                for (boolean isAfter : List.of(false, true)) {
                    queue(rig.stage(config, round + ",a"));
                    expected.add(round++ + "a");
                    rig.s3
                            .faults()
                            .after(
                                    action,
                                    nth,
                                    1,
                                    isAfter
                                            ? io.hydrant.localstack.fakes.http.Fault.dropAnswer()
                                            : io.hydrant.localstack.fakes.http.Fault.dropRequest());
                    drain();
                    rig.heal();
                    drain();
                    assertHolds(expected.toArray(new String[0]));
                }
            }
        }
    }

    /** Versions of three keys, in the order in which they are loaded and in any other. */
    @Test
    void leavesTheLatestOfEachKeyInWhateverOrderTheyAreLoaded() throws Exception {
        useKeys();
        queue(rig.stage(config, "1,new,5", "1,old,2", "2,a,1", "3,a,7"));
        drain();
        queue(rig.stage(config, "1,older,4", "2,b,2", "3,b,7", "2,c,3"));
        drain();
        assertHolds("1new", "2c", "3b");
        assertThat(ledger()).containsExactly("4/0", "4/0");
    }

    @Test
    void leavesTheLatestOfEachKeyWhereverTheConnectionIsLost() throws Exception {
        useKeys();
        boolean hasStruck = true;
        int round = 0;
        for (; hasStruck; round++) {
            assertThat(round).isLessThan(2 * MOST_STATEMENTS);
            int nth = round / 2;
            Fault fault = round % 2 == 0 ? Fault.DROP_BEFORE : Fault.DROP_AFTER;
            AtomicInteger seen = new AtomicInteger();
            rig.faults(sql -> seen.getAndIncrement() == nth ? fault : Fault.NONE);
            queue(rig.stage(config, "1,v" + round + "," + round, "2,w," + -round));
            drain();
            hasStruck = seen.get() > nth;
            assertHolds("1v" + round, "2w");
        }
        assertThat(round).isGreaterThan(16);
        assertThat(ledger()).hasSize(round);
    }

    private void useKeys() throws SQLException {
        rig.run("ALTER TABLE " + table + " ADD COLUMN version int");
        config =
                rig.config(
                        table,
                        Map.of(
                                "redshift.keys", "id",
                                "redshift.order-column", "version",
                                "redshift.columns", "id,name,version"));
    }

    @Test
    void triesAgainAfterConflictsAndWhenThereIsRoomAgain() throws Exception {
        List<Fault> faults =
                new ArrayList<>(
                        List.of(Fault.serializationConflict(), Fault.diskFull(), Fault.timeout()));
        rig.faults(
                sql -> sql.startsWith("COPY") && !faults.isEmpty() ? faults.remove(0) : Fault.NONE);
        queue(rig.stage(config, "1,a"));
        drain();
        assertThat(faults).isEmpty();
        assertHolds("1a");
    }

    @Test
    void readsJsonByAFileOfPathsAndPutsRowsWithoutThemIntoTheErrorPrefix() throws Exception {
        assumeThat(dialect()).as("PostgreSQL has no paths").isEqualTo(Dialect.REDSHIFT);
        rig.put("paths/t.json", "{\"jsonpaths\": [\"$.order.id\", \"$['order']['items'][0]\"]}");
        config =
                rig.config(
                        table,
                        Map.of(
                                "redshift.copy-options",
                                "FORMAT AS JSON 's3://"
                                        + WarehouseRig.BUCKET
                                        + "/paths/t.json' GZIP"));
        queue(
                rig.stage(
                        config,
                        "{\"order\":{\"id\":1,\"items\":[\"a\",\"b\"]},\"id\":9}",
                        "{\"order\":{\"id\":\"one\"}}",
                        "{\"order\":{\"id\":2,\"items\":[\"c\"]}}"));
        drain();
        assertHolds("1a", "2c");
        assertThat(ledger()).containsExactly("3/1");
        assertThat(errors()).hasSize(1);
    }

    /** The error objects of this test's table; the bucket is that of all tests. */
    private List<String> errors() {
        return rig.keys("redshift-failed").stream()
                .filter(key -> key.contains("/stream-" + table + '-'))
                .toList();
    }

    @Test
    void putsRefusedRowsIntoTheErrorPrefixOnceAndLoadsTheRest() throws Exception {
        AtomicInteger commits = new AtomicInteger();
        rig.faults(
                sql ->
                        sql.equalsIgnoreCase("COMMIT") && commits.getAndIncrement() == 0
                                ? Fault.DROP_BEFORE
                                : Fault.NONE);
        queue(rig.stage(config, "1,a", "oops,b", "3,too long for it"), rig.stage(config, "4,d"));
        drain();
        assertHolds("1a", "4d");
        assertThat(ledger()).containsExactly("1/0", "3/2");
        List<String> errors = errors();
        assertThat(errors).hasSize(1);
        String content = gunzip(rig.s3.content(WarehouseRig.BUCKET, errors.get(0)));
        assertThat(content.lines())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).contains(base64("oops,b"), "id: "))
                .anySatisfy(line -> assertThat(line).contains(base64("3,too long for it")));
    }

    @Test
    void leavesALoadOutWithItsManifestWhenItFailedForTooLongAndNeverLoadsItLater()
            throws Exception {
        config = rig.config(table, Map.of("redshift.max-errors", "0"));
        StagedFile bad = rig.stage(config, "x,a");
        StagedFile good = rig.stage(config, "2,b");
        queue(bad);
        queue(good);
        drain();
        assertHolds("2b");
        List<String> manifests = rig.keys("errors/manifests/stream-" + table);
        assertThat(manifests).hasSize(1);
        assertThat(
                        new String(
                                rig.s3.content(WarehouseRig.BUCKET, manifests.get(0)),
                                StandardCharsets.UTF_8))
                .contains(bad.url())
                .doesNotContain(good.url());
        rig.run("ALTER TABLE " + table + " ALTER COLUMN id TYPE varchar(5)");
        queue(bad);
        drain();
        assertHolds("2b");
    }

    @Test
    void doesNotCountALoadWhoseRowsAreNotItsRecordsUnlessToldTo() throws Exception {
        StagedFile two = rig.stage(config, "1,a\n2,b");
        queue(two);
        drain();
        assertHolds();
        assertThat(rig.keys("errors/manifests/stream-" + table)).hasSize(1);

        config = rig.config(table, Map.of("redshift.rows-per-record", "ANY"));
        queue(rig.stage(config, "1,a\n2,b"));
        drain();
        assertHolds("1a", "2b");
    }

    @Test
    void failsTheJobWhereNoWaitingMendsAndKeepsWhatIsQueued() throws Exception {
        rig.run("ALTER TABLE " + table + " RENAME TO " + table + "_away");
        queue(rig.stage(config, "1,a"));
        assertThatThrownBy(this::drain)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(".TableNotFound")
                .hasMessageNotContaining(FakeRedshift.PASSWORD);
        rig.run("ALTER TABLE " + table + "_away RENAME TO " + table);
        drain();
        assertHolds("1a");
    }

    @Test
    void waitsForWhoMendsTheTableForLongerThanALoadIsTriedWhereItIsToldTo() throws Exception {
        config = rig.config(table, Map.of("redshift.on-error", "WAIT"));
        rig.run("ALTER TABLE " + table + " RENAME TO " + table + "_away");
        queue(rig.stage(config, "1,a"));
        MendingClock clock =
                new MendingClock(
                        () -> rig.run("ALTER TABLE " + table + "_away RENAME TO " + table));
        try (LoadRooms rooms = rig.rooms(config, clock)) {
            rooms.loader().drain();
        }
        assertThat(Duration.ofNanos(clock.nanoTime())).isGreaterThan(config.retryDuration());
        assertHolds("1a");
        assertThat(rig.keys("errors/manifests/stream-" + table)).isEmpty();
    }

    @Test
    void doesNotWaitForEverOnceTheInputHasEnded() throws Exception {
        config = rig.config(table, Map.of("redshift.on-error", "WAIT"));
        rig.run("ALTER TABLE " + table + " RENAME TO " + table + "_away");
        queue(rig.stage(config, "1,a"));
        try (LoadRooms rooms = rig.rooms(config)) {
            rooms.loader().end();
            assertThatThrownBy(() -> rooms.loader().drain())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(".TableNotFound");
        }
        assertThat(rig.keys("_hydrant/loads/stream-" + table + "/queue/")).hasSize(1);
    }

    /** Two jobs with one table and one queue: each file is loaded by one of them. */
    @Test
    void loadsOnceWhereSeveralLoadAtTheSameTime() throws Exception {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            queue(rig.stage(config, i + ",a"));
            expected.add(i + "a");
        }
        RedshiftConfig single = rig.config(table, Map.of("redshift.files-per-load", "2"));
        ExecutorService threads = Executors.newFixedThreadPool(3);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            running.add(
                    threads.submit(
                            () -> {
                                try (LoadRooms rooms = rig.rooms(single)) {
                                    rooms.loader().drain();
                                }
                                return null;
                            }));
        }
        for (Future<?> each : running) {
            each.get(60, TimeUnit.SECONDS);
        }
        threads.shutdown();
        assertHolds(expected.toArray(new String[0]));
        assertThat(ledger()).hasSize(20);
    }

    @Test
    void replacesAllRowsAtOnceWhenEveryTaskHasEnded() throws Exception {
        StagedFile old = rig.stage(config, "9,z");
        queue(old);
        drain();
        rig.run("INSERT INTO " + table + " VALUES (8, 'hand')");
        RedshiftConfig live = config;
        useReplacement("dump");
        StagedFile first = rig.stage(config, "1,a");
        queue(first);
        queue(rig.stage(config, "2,b"));
        end(0, 2);
        drain();
        assertHolds("9z", "8hand");
        end(1, 2);
        drain();
        assertHolds("1a", "2b");
        assertThat(ledger()).containsExactly("0/0", "1/0", "1/0");

        // Commits are repeated, of what replaced and of what was replaced.
        queue(first);
        drain();
        config = live;
        queue(old);
        queue(rig.stage(config, "3,c"));
        drain();
        assertHolds("1a", "2b", "3c");
    }

    @Test
    void replacesOnceWhereverTheConnectionIsLost() throws Exception {
        boolean hasStruck = true;
        int round = 0;
        for (; hasStruck; round++) {
            assertThat(round).isLessThan(2 * MOST_STATEMENTS);
            int nth = round / 2;
            Fault fault = round % 2 == 0 ? Fault.DROP_BEFORE : Fault.DROP_AFTER;
            useReplacement("dump" + round);
            queue(rig.stage(config, round + ",a"));
            queue(rig.stage(config, round + ",b"));
            end(0, 1);
            AtomicInteger seen = new AtomicInteger();
            rig.faults(sql -> seen.getAndIncrement() == nth ? fault : Fault.NONE);
            drain();
            hasStruck = seen.get() > nth;
            assertHolds(round + "a", round + "b");
        }
        assertThat(round).isGreaterThan(16);
    }

    @Test
    void keepsTheRowsOfATableThatCannotBeReplacedAsAWhole() throws Exception {
        rig.run("INSERT INTO " + table + " VALUES (8, 'old')");
        useReplacement("dump");
        queue(rig.stage(config, "1,a"));
        queue(rig.stage(config, "x,b"));
        end(0, 1);
        assertThatThrownBy(this::drain)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("The table keeps the rows that it has");
        assertHolds("8old");
        assertThat(rig.keys("errors/manifests/")).noneMatch(key -> key.contains("dump-" + table));
    }

    private void useReplacement(String name) {
        config =
                rig.config(
                        table,
                        Map.of(
                                "redshift.load-mode", "REPLACE",
                                "redshift.max-errors", "0",
                                "delivery.stream.name", name + '-' + table));
    }

    private void end(int task, int tasks) throws Exception {
        try (LoadRooms rooms = rig.rooms(config)) {
            rooms.queue().end(LoadQueue.ANY_JOB, task, tasks);
        }
    }

    void queue(StagedFile... files) throws Exception {
        try (LoadRooms rooms = rig.rooms(config)) {
            rooms.queue().add(QueuedLoad.of(List.of(files)));
        }
    }

    void drain() throws Exception {
        try (LoadRooms rooms = rig.rooms(config)) {
            rooms.loader().drain();
        }
    }

    void assertHolds(String... rows) throws SQLException {
        assertThat(rig.rows("SELECT id || name FROM " + table)).containsExactlyInAnyOrder(rows);
    }

    /** Records and refused rows of each file. */
    List<String> ledger() throws SQLException {
        return rig.rows(
                "SELECT records || '/' || refused FROM " + config.ledgerTable() + " ORDER BY 1");
    }

    static String gunzip(byte[] content) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(content))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A clock that goes by the pauses alone, and in the twentieth of them somebody mends it all.
     */
    private static final class MendingClock implements RetryClock {

        private final Mending mending;
        private long now;
        private int pauses;

        MendingClock(Mending mending) {
            this.mending = mending;
        }

        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        public void pause(Duration length) {
            now += length.toNanos();
            if (++pauses == 20) {
                try {
                    mending.mend();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    /** What a person does meanwhile. */
    @FunctionalInterface
    private interface Mending {

        void mend() throws SQLException;
    }

    /** The clock of a task that dies instead of trying again. */
    private static final class DyingClock implements RetryClock {

        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public void pause(Duration length) throws InterruptedException {
            throw new InterruptedException("dead");
        }
    }
}
