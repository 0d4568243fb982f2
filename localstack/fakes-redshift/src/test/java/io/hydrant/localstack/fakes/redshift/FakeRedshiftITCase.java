package io.hydrant.localstack.fakes.redshift;

import com.github.luben.zstd.Zstd;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Through Amazon's own driver, unless a test says otherwise. */
class FakeRedshiftITCase {

    private static final String ROLE = " IAM_ROLE 'arn:aws:iam::111122223333:role/loads' ";

    private static final MemoryObjects OBJECTS = new MemoryObjects();
    private static FakeRedshift redshift;

    @TempDir private Path folder;

    @BeforeAll
    static void start() throws IOException {
        redshift = FakeRedshift.start(OBJECTS);
    }

    @AfterAll
    static void stop() throws IOException {
        redshift.close();
    }

    @BeforeEach
    void createTable() throws SQLException {
        redshift.faults(sql -> Fault.NONE);
        try (Connection connection = connect()) {
            run(connection, "DROP TABLE IF EXISTS flights");
            run(
                    connection,
                    "CREATE TABLE flights (id int PRIMARY KEY ENCODE az64, carrier varchar(5), doc SUPER) DISTSTYLE EVEN SORTKEY (id)");
        }
    }

    @Test
    void loadsTheFilesOfAManifestWithinTheClientsTransaction() throws Exception {
        OBJECTS.put("a.csv.gz", gzip("1,AA,\n2,\"B,\"\"B\",\"{\"\"x\"\":1}\"\n"));
        OBJECTS.put("b.csv.gz", gzip("3,\\N,null\n"));
        manifest("m1", "a.csv.gz", "b.csv.gz");
        String copy = "COPY flights FROM 's3://stage/m1'" + ROLE + "MANIFEST CSV GZIP EMPTYASNULL";
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            run(connection, copy);
            assertThat(rows(connection, "SELECT pg_last_copy_count()")).containsExactly("3");
            connection.rollback();
            assertThat(rows(connection, "SELECT count(*) FROM flights")).containsExactly("0");
            run(connection, copy);
            connection.commit();
        }
        try (Connection connection = connect()) {
            assertThat(
                            rows(
                                    connection,
                                    "SELECT id || ':' || coalesce(carrier, '?') FROM flights ORDER BY id"))
                    .containsExactly("1:AA", "2:B,\"B", "3:?");
        }
    }

    @Test
    void loadsJsonByNamesAndByPaths() throws Exception {
        OBJECTS.put(
                "j.json.zst",
                Zstd.compress(
                        "{\"id\":1,\"carrier\":\"A\\\\\\tB\",\"doc\":{\"k\":[1]},\"other\":2}\n{\"id\":2}\n"
                                .getBytes(StandardCharsets.UTF_8)));
        OBJECTS.put("p.json", "{\"flight\":{\"number\":3,\"by\":[\"X\",\"Y\"]}}\n");
        OBJECTS.put("paths", "{\"jsonpaths\":[\"$.flight.number\",\"$['flight']['by'][1]\"]}");
        try (Connection connection = connect()) {
            run(
                    connection,
                    "COPY flights FROM 's3://stage/j.json.zst'" + ROLE + "JSON 'auto' ZSTD");
            run(
                    connection,
                    "COPY flights (id, carrier) FROM 's3://stage/p.json'"
                            + ROLE
                            + "JSON 's3://stage/paths'");
            assertThat(
                            rows(
                                    connection,
                                    "SELECT id || coalesce(carrier, '?') || coalesce(doc::text, '?') FROM flights ORDER BY id"))
                    .containsExactly("1A\\\tB{\"k\": [1]}", "2??", "3Y?");
        }
    }

    @Test
    void loadsParquetByThePlaceOfColumns() throws Exception {
        OBJECTS.put(
                "p1.parquet",
                parquet(
                        "SELECT 7::INTEGER AS x, 'A\t\\' AS y, {'k': [1, NULL]} AS z UNION ALL SELECT NULL, NULL, NULL"));
        OBJECTS.put("p2.parquet", parquet("SELECT 8::INTEGER AS x, 'B' AS y"));
        manifest("mp", "p1.parquet");
        try (Connection connection = connect()) {
            run(
                    connection,
                    "COPY flights FROM 's3://stage/mp'"
                            + ROLE
                            + "MANIFEST FORMAT AS PARQUET SERIALIZETOJSON");
            assertThat(rows(connection, "SELECT pg_last_copy_count()")).containsExactly("2");
            run(
                    connection,
                    "COPY flights (id, carrier) FROM 's3://stage/p2.parquet'" + ROLE + "PARQUET");
            run(
                    connection,
                    "COPY flights FROM 's3://stage/p2.parquet'" + ROLE + "PARQUET FILLRECORD");
            assertThat(
                            rows(
                                    connection,
                                    "SELECT coalesce(id::text, '?') || coalesce(carrier, '?') || coalesce(doc::text, '?') FROM flights ORDER BY id"))
                    .containsExactly("7A\t\\{\"k\": [1, null]}", "8B?", "8B?", "???");
        }
    }

    @Test
    void refusesParquetThatDoesNotFitTheTable() throws Exception {
        OBJECTS.put("long.parquet", parquet("SELECT 7::BIGINT AS id, 'A' AS carrier"));
        OBJECTS.put("wide.parquet", parquet("SELECT 7::INTEGER AS id, 'A' AS c, 1 AS d, 2 AS e"));
        OBJECTS.put("text.parquet", parquet("SELECT 7::INTEGER AS id, 'too long' AS carrier"));
        OBJECTS.put("none.parquet", "PAR1 is how it begins");
        try (Connection connection = connect()) {
            assertThatThrownBy(() -> copyParquet(connection, "long"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("Spectrum Scan Error")
                    .hasMessageContaining("Column type: integer, Parquet schema:")
                    .hasMessageContaining("optional int64 id [i:0 d:1 r:0]");
            assertThatThrownBy(() -> copyParquet(connection, "wide"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("Table columns: 2, Data columns: 4");
            assertThatThrownBy(() -> copyParquet(connection, "text"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("Spectrum Scan Error")
                    .hasMessageContaining("too long");
            assertThatThrownBy(() -> copyParquet(connection, "none"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("has an invalid version number");
            assertThat(rows(connection, "SELECT count(*) FROM flights")).containsExactly("0");
        }
    }

    private static void copyParquet(Connection connection, String name) throws SQLException {
        run(
                connection,
                "COPY flights (id, carrier) FROM 's3://stage/"
                        + name
                        + ".parquet'"
                        + ROLE
                        + "FORMAT AS PARQUET");
    }

    private byte[] parquet(String query) throws Exception {
        Path file = folder.resolve("made.parquet");
        Files.deleteIfExists(file);
        try (Connection engine = DriverManager.getConnection("jdbc:duckdb:")) {
            run(engine, "COPY (" + query + ") TO '" + file + "' (FORMAT parquet)");
        }
        return Files.readAllBytes(file);
    }

    @Test
    void knowsWhatAPersonAsksFirst() throws Exception {
        try (Connection connection = connect()) {
            run(connection, "SET query_group TO 'people'");
            run(
                    connection,
                    "CREATE TEMP TABLE mine (id int IDENTITY(1,1), at timestamp DEFAULT SYSDATE, n int)");
            run(connection, "INSERT INTO mine (n) VALUES (7), (NULL)");
            assertThat(rows(connection, "SELECT id || ':' || NVL(n, len('abc')) FROM mine"))
                    .containsExactlyInAnyOrder("1:7", "2:3");
            assertThat(rows(connection, "SELECT count(*) FROM mine WHERE at <= SYSDATE"))
                    .containsExactly("2");
            assertThat(
                            rows(
                                    connection,
                                    "SELECT \"column\" || ' ' || type FROM pg_table_def WHERE tablename = 'flights'"))
                    .containsExactlyInAnyOrder(
                            "id integer", "carrier character varying(5)", "doc jsonb");
        }
    }

    @Test
    void answersInRedshiftsOwnWords() throws Exception {
        try (Connection connection = connect()) {
            run(
                    connection,
                    "INSERT INTO flights (id, carrier) VALUES (1, 'AA'), (2, 'BA'), (3, NULL)");
            assertThat(rows(connection, "SELECT TOP 2 id FROM flights ORDER BY id DESC"))
                    .containsExactly("3", "2");
            assertThat(
                            rows(
                                    connection,
                                    "SELECT LISTAGG(carrier, '+') WITHIN GROUP (ORDER BY carrier DESC) FROM flights"))
                    .containsExactly("BA+AA");
            assertThat(
                            rows(
                                    connection,
                                    "SELECT DECODE(carrier, 'AA', 'a', NULL, 'none', 'other') FROM flights ORDER BY id"))
                    .containsExactly("a", "other", "none");
            assertThat(rows(connection, "SELECT DATEADD(month, 1, '2026-01-31')::date::text"))
                    .containsExactly("2026-02-28");
            assertThat(
                            rows(
                                    connection,
                                    "SELECT DATEADD(qtr, 1, '2026-01-31 10:00')::text || ' ' || DATEADD(ms, 5, '2026-01-01')::text"))
                    .containsExactly("2026-04-30 10:00:00 2026-01-01 00:00:00.005");
            assertThat(
                            rows(
                                    connection,
                                    "SELECT DATEDIFF(year, '2025-12-31', '2026-01-01') || ' ' || DATEDIFF(month, '2026-01-31', '2026-03-01') || ' ' || DATEDIFF(day, '2026-01-01 23:59', '2026-01-02') || ' ' || DATEDIFF(hour, '2026-01-01 10:59', '2026-01-01 09:00') || ' ' || DATEDIFF(ms, '2026-01-01', '2026-01-01 00:00:01')"))
                    .containsExactly("1 2 1 -1 1000");
            assertThatThrownBy(() -> run(connection, "UNLOAD ('SELECT 1') TO 's3://stage/x'"))
                    .hasMessageContaining("does not know UNLOAD");
        }
    }

    /** What psql asks to list tables and their columns, and what tools ask Redshift's own views. */
    @Test
    void showsItsTables() throws Exception {
        try (Connection connection = connect()) {
            assertThat(
                            rows(
                                    connection,
                                    "SELECT c.relname as \"Name\" FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r','p','') AND n.nspname <> 'pg_catalog' AND n.nspname !~ '^pg_toast' AND n.nspname <> 'information_schema' AND pg_catalog.pg_table_is_visible(c.oid) ORDER BY 1"))
                    .contains("flights");
            assertThat(
                            rows(
                                    connection,
                                    "SELECT a.attname || ' ' || pg_catalog.format_type(a.atttypid, a.atttypmod) FROM pg_catalog.pg_attribute a WHERE a.attrelid = (SELECT c.oid FROM pg_catalog.pg_class c WHERE c.relname OPERATOR(pg_catalog.~) '^(flights)$' COLLATE pg_catalog.default AND pg_catalog.pg_table_is_visible(c.oid)) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum"))
                    .containsExactly("id integer", "carrier character varying(5)", "doc jsonb");
            assertThat(
                            rows(
                                    connection,
                                    "SELECT table_type FROM svv_tables WHERE table_name = 'flights'"))
                    .containsExactly("BASE TABLE");
            assertThat(
                            rows(
                                    connection,
                                    "SELECT column_name || ' ' || data_type FROM svv_columns WHERE table_name = 'flights' ORDER BY ordinal_position"))
                    .containsExactly("id integer", "carrier character varying", "doc jsonb");
        }
    }

    @Test
    void enforcesNoKeys() throws Exception {
        try (Connection connection = connect()) {
            run(connection, "INSERT INTO flights VALUES (1), (1)");
            assertThat(rows(connection, "SELECT count(*) FROM flights")).containsExactly("2");
        }
    }

    @Test
    void refusesTheWholeLoadWhereMoreRowsAreBadThanAllowedAndSaysWhich() throws Exception {
        OBJECTS.put("bad.csv", "1,AA,\nx,BB,\n3,CC,\n4,too long,\n");
        String copy = "COPY flights FROM 's3://stage/bad.csv'" + ROLE + "CSV EMPTYASNULL MAXERROR ";
        try (Connection connection = connect()) {
            assertThatThrownBy(() -> run(connection, copy + 1))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("Load into table 'flights' failed");
            assertThat(rows(connection, "SELECT count(*) FROM flights")).containsExactly("0");
            run(connection, copy + 2);
            assertThat(rows(connection, "SELECT id FROM flights ORDER BY id"))
                    .containsExactly("1", "3");
            assertThat(
                            rows(
                                    connection,
                                    "SELECT DISTINCT line_number || ' ' || trim(colname) || ' ' || trim(raw_line) FROM stl_load_errors WHERE trim(filename) = 's3://stage/bad.csv' ORDER BY 1"))
                    .containsExactly("2 id x,BB,", "4 carrier 4,too long,");
        }
    }

    @Test
    void demandsTheMandatoryFilesOfAManifestInTheirLength() throws Exception {
        OBJECTS.put("here.csv", "1,AA,\n");
        OBJECTS.put(
                "m2",
                "{\"entries\":[{\"url\":\"s3://stage/here.csv\",\"mandatory\":true},{\"url\":\"s3://stage/gone.csv\",\"mandatory\":false}]}");
        OBJECTS.put("m3", "{\"entries\":[{\"url\":\"s3://stage/gone.csv\",\"mandatory\":true}]}");
        OBJECTS.put(
                "m4",
                "{\"entries\":[{\"url\":\"s3://stage/here.csv\",\"meta\":{\"content_length\":7}}]}");
        try (Connection connection = connect()) {
            String options = ROLE + "MANIFEST CSV EMPTYASNULL";
            run(connection, "COPY flights FROM 's3://stage/m2'" + options);
            assertThat(rows(connection, "SELECT count(*) FROM flights")).containsExactly("1");
            assertThatThrownBy(() -> run(connection, "COPY flights FROM 's3://stage/m3'" + options))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("gone.csv");
            assertThatThrownBy(() -> run(connection, "COPY flights FROM 's3://stage/m4'" + options))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("has 6 bytes");
        }
    }

    @Test
    void goesOnBehindObjectsThatCannotBeRead() throws Exception {
        OBJECTS.put("denied1.csv", "1,AA\n");
        OBJECTS.put("denied2.csv", "2,BA\n");
        OBJECTS.refuse("denied2.csv");
        String copy = "COPY flights (id, carrier) FROM 's3://stage/denied'" + ROLE + "CSV";
        try (Connection connection = connect()) {
            assertThatThrownBy(() -> run(connection, copy))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining(
                            "S3ServiceException:Access Denied,Status 403,Error AccessDenied");
            assertThat(rows(connection, "SELECT count(*) FROM flights")).containsExactly("0");

            connection.setAutoCommit(false);
            assertThatThrownBy(() -> run(connection, copy)).hasMessageContaining("Access Denied");
            assertThatThrownBy(() -> rows(connection, "SELECT count(*) FROM flights"))
                    .hasMessageContaining("transaction is aborted");
            connection.rollback();
            OBJECTS.refuse("");
            run(connection, copy);
            connection.commit();
            assertThat(rows(connection, "SELECT count(*) FROM flights")).containsExactly("2");
        }
    }

    /** A COPY by itself is a transaction of its own, which its error ends. */
    @Test
    void goesOnBehindACopyThatTheDatabaseRefuses() throws Exception {
        OBJECTS.put("e1.csv", "1,AA,\n");
        try (Connection connection = connect()) {
            run(connection, "CREATE TEMP VIEW looked AS SELECT id, carrier, doc FROM flights");
            assertThatThrownBy(
                            () ->
                                    run(
                                            connection,
                                            "COPY looked FROM 's3://stage/e1'" + ROLE + "CSV"))
                    .hasMessageContaining("cannot copy to view");
            assertThat(rows(connection, "SELECT count(*) FROM flights")).containsExactly("0");
        }
    }

    @Test
    void saysThatItIsARedshift() throws Exception {
        try (Connection connection = connect()) {
            assertThat(rows(connection, "SELECT version()"))
                    .singleElement()
                    .asString()
                    .matches("PostgreSQL 8\\.0\\.2 on .*, Redshift 1\\.\\d+\\.\\d+");
            assertThat(
                            rows(
                                    connection,
                                    "SELECT left(pg_catalog.version(), 16) || CONVERT(int, '7')"))
                    .containsExactly("PostgreSQL 8.0.27");
            assertThat(rows(connection, "SELECT JSON_PARSE('{\"a\":[1]}') -> 'a' ->> 0"))
                    .containsExactly("1");
            // What psql asks for its \l by what the server says of itself.
            assertThat(connection.getMetaData().getDatabaseMajorVersion()).isLessThan(15);
        }
    }

    @Test
    void losesTheConnectionBeforeOrAfterACommit() throws Exception {
        for (Fault fault : List.of(Fault.DROP_BEFORE, Fault.DROP_AFTER)) {
            redshift.faults(sql -> sql.equalsIgnoreCase("COMMIT") ? fault : Fault.NONE);
            try (Connection connection = connect()) {
                connection.setAutoCommit(false);
                run(
                        connection,
                        "INSERT INTO flights (id, carrier) VALUES (1, '"
                                + (fault.kind() == Fault.Kind.DROP_AFTER ? "kept" : "lost")
                                + "')");
                assertThatThrownBy(connection::commit)
                        .isInstanceOf(SQLException.class)
                        .satisfies(
                                e -> assertThat(((SQLException) e).getSQLState()).startsWith("08"))
                        .hasMessageContaining("");
            }
        }
        redshift.faults(sql -> Fault.NONE);
        try (Connection connection = connect()) {
            assertThat(rows(connection, "SELECT carrier FROM flights")).containsExactly("kept");
        }
    }

    @Test
    void carriesOutWhatItHoldsTheAnswerOf() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (Connection connection = connect();
                Connection other = connect()) {
            connection.setAutoCommit(false);
            run(connection, "LOCK TABLE flights");
            run(connection, "INSERT INTO flights (id, carrier) VALUES (1, 'kept')");
            redshift.faults(
                    sql ->
                            sql.equalsIgnoreCase("COMMIT")
                                    ? Fault.holdAnswerUntil(held)
                                    : Fault.NONE);
            Future<?> commit =
                    thread.submit(
                            () -> {
                                connection.commit();
                                return null;
                            });
            other.setAutoCommit(false);
            // It has the lock as soon as the transaction is over.
            run(other, "LOCK TABLE flights");

            assertThat(rows(other, "SELECT carrier FROM flights")).containsExactly("kept");
            assertThat(commit.isDone()).isFalse();
            held.countDown();
            assertThatThrownBy(commit::get)
                    .cause()
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).startsWith("08"));
        } finally {
            held.countDown();
            thread.shutdownNow();
            redshift.faults(sql -> Fault.NONE);
        }
    }

    @Test
    void answersWithAConflictAndEndsTheTransaction() throws Exception {
        redshift.faults(sql -> sql.startsWith("COPY") ? Fault.serializationConflict() : Fault.NONE);
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            run(connection, "INSERT INTO flights VALUES (1)");
            assertThatThrownBy(
                            () ->
                                    run(
                                            connection,
                                            "COPY flights FROM 's3://stage/a'" + ROLE + "CSV"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("1023");
            connection.rollback();
            assertThat(rows(connection, "SELECT count(*) FROM flights")).containsExactly("0");
        }
    }

    @Test
    void showsWhoReadsBehindALockWhatTheHolderCommitted() throws Exception {
        try (Connection first = connect();
                Connection second = connect()) {
            first.setAutoCommit(false);
            second.setAutoCommit(false);
            run(first, "LOCK TABLE flights");
            run(first, "INSERT INTO flights VALUES (1)");
            List<String> seen = new ArrayList<>();
            Thread waiting =
                    new Thread(
                            () -> {
                                try {
                                    run(second, "LOCK flights");
                                    seen.addAll(rows(second, "SELECT count(*) FROM flights"));
                                } catch (SQLException e) {
                                    seen.add(e.toString());
                                }
                            });
            waiting.start();
            first.commit();
            waiting.join();
            assertThat(seen).containsExactly("1");
        }
    }

    @Test
    void admitsNobodyWithoutThePassword() {
        assertThatThrownBy(
                        () ->
                                DriverManager.getConnection(
                                        redshift.jdbcUrl(), FakeRedshift.USER, "guess"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void speaksToPostgresOwnDriverAndToSimpleQueries() throws Exception {
        OBJECTS.put("s.csv", "1,AA,\n");
        String url =
                "jdbc:postgresql://localhost:" + redshift.port() + "/dev?preferQueryMode=simple";
        try (Connection connection =
                DriverManager.getConnection(url, FakeRedshift.USER, FakeRedshift.PASSWORD)) {
            connection.setAutoCommit(false);
            run(connection, "COPY flights FROM 's3://stage/s.csv'" + ROLE + "CSV EMPTYASNULL");
            assertThatThrownBy(() -> run(connection, "COPY flights FROM 's3://stage/none'" + ROLE))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("does not exist");
            connection.rollback();
            assertThat(rows(connection, "SELECT count(*) FROM flights")).containsExactly("0");
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(
                redshift.jdbcUrl(), FakeRedshift.USER, FakeRedshift.PASSWORD);
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet result = statement.executeQuery()) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(result.getString(1));
            }
            return rows;
        }
    }

    private static void manifest(String key, String... files) {
        StringBuilder entries = new StringBuilder();
        for (String file : files) {
            entries.append(entries.isEmpty() ? "" : ",")
                    .append("{\"url\":\"s3://stage/")
                    .append(file)
                    .append("\",\"mandatory\":true}");
        }
        OBJECTS.put(key, "{\"entries\":[" + entries + "]}");
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
