package io.hydrant.localstack.fakes.redshift;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * A double of a Redshift cluster: Amazon's own JDBC driver and psql connect to it.
 *
 * <p>It has what a loader needs: transactions, COPY from S3 with its options read strictly, layout
 * of tables accepted and left out, keys not enforced, {@code stl_load_errors} and {@code
 * sys_load_error_detail}, {@code pg_last_copy_id()} and {@code pg_last_copy_count()}, LOCK, and
 * snapshots taken by the first statement behind a LOCK. It is PostgreSQL underneath, with its
 * conversions of values and its own messages; what Redshift does otherwise, and is not said here,
 * it does not show. Nothing is synchronised to disk: it proves atomicity, not durability.
 *
 * <p>All methods may be called at any time from any thread.
 */
public final class FakeRedshift implements AutoCloseable {

    /** Name of the database. */
    public static final String DATABASE = "dev";

    /** Name of the one user. */
    public static final String USER = "awsuser";

    /** That user's password. */
    public static final String PASSWORD = "Fake-Passw0rd";

    private static final Duration STARTUP = Duration.ofMinutes(2);

    /**
     * Redshift's error tables take part in no transaction: a file has their lines, and whoever
     * looks sees them at once.
     */
    private static final String ERRORS =
            """
            CREATE VIEW public.stl_load_errors AS
                SELECT 100 AS userid, 0 AS slice, (doc->>'tbl')::int AS tbl,
                       (doc->>'starttime')::timestamp AS starttime, 0 AS session,
                       (doc->>'query')::int AS query, (doc->>'filename')::char(256) AS filename,
                       (doc->>'line_number')::bigint AS line_number,
                       (doc->>'colname')::char(127) AS colname, ''::char(10) AS type,
                       ''::char(10) AS col_length, 0 AS position,
                       (doc->>'raw_line')::char(1024) AS raw_line,
                       (doc->>'raw_field_value')::char(1024) AS raw_field_value,
                       1202 AS err_code, (doc->>'err_reason')::char(100) AS err_reason
                FROM (SELECT line::jsonb AS doc
                      FROM regexp_split_to_table(pg_read_file('%s'), E'\\n') AS line
                      WHERE line <> '') AS lines;
            CREATE VIEW public.sys_load_error_detail AS
                SELECT userid AS user_id, query::bigint AS query_id, session AS session_id,
                       tbl AS table_id, starttime AS start_time, filename AS file_name,
                       line_number, colname AS column_name, type AS column_type,
                       col_length AS column_length, position, err_code AS error_code,
                       err_reason::char(512) AS error_message
                FROM public.stl_load_errors;
            CREATE VIEW public.pg_table_def AS
                SELECT n.nspname AS schemaname, c.relname AS tablename, a.attname AS "column",
                       format_type(a.atttypid, a.atttypmod) AS type, 'none'::char(32) AS encoding,
                       false AS distkey, 0 AS sortkey, a.attnotnull AS "notnull"
                FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
                     JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
                      AND n.nspname = ANY (current_schemas(false));
            CREATE VIEW public.svv_tables AS
                SELECT table_catalog::text, table_schema::text, table_name::text,
                       table_type::text, NULL::text AS remarks
                FROM information_schema.tables;
            CREATE VIEW public.svv_columns AS
                SELECT table_catalog::text, table_schema::text, table_name::text,
                       column_name::text, ordinal_position::int, column_default::text,
                       is_nullable::text, data_type::text, character_maximum_length::int,
                       numeric_precision::int, numeric_precision_radix::int, numeric_scale::int,
                       datetime_precision::int, NULL::text AS remarks
                FROM information_schema.columns;
            CREATE FUNCTION public.fake_dateadd(part text, n bigint, at timestamp)
                RETURNS timestamp LANGUAGE sql IMMUTABLE AS
                $$SELECT at + n * CASE part WHEN 'quarter' THEN interval '3 months'
                                            ELSE ('1 ' || part)::interval END$$;
            CREATE FUNCTION public.fake_datediff(part text, a timestamp, b timestamp)
                RETURNS bigint LANGUAGE sql IMMUTABLE AS
                $$SELECT CASE part
                    WHEN 'year' THEN extract(year FROM b) - extract(year FROM a)
                    WHEN 'quarter' THEN 4 * (extract(year FROM b) - extract(year FROM a))
                                        + extract(quarter FROM b) - extract(quarter FROM a)
                    WHEN 'month' THEN 12 * (extract(year FROM b) - extract(year FROM a))
                                      + extract(month FROM b) - extract(month FROM a)
                    ELSE (extract(epoch FROM date_trunc(part, b))
                          - extract(epoch FROM date_trunc(part, a)))
                         / extract(epoch FROM ('1 ' || part)::interval)
                    END::bigint$$;
            CREATE FUNCTION public.len(text) RETURNS int LANGUAGE sql IMMUTABLE AS
                $$SELECT length($1)$$;
            CREATE FUNCTION public.json_parse(text) RETURNS jsonb LANGUAGE sql IMMUTABLE AS
                $$SELECT $1::jsonb$$;
            CREATE FUNCTION public.pg_last_copy_id() RETURNS int LANGUAGE sql AS
                $$SELECT coalesce(nullif(current_setting('fake.copy_id', true), ''), '-1')::int$$;
            CREATE FUNCTION public.pg_last_copy_count() RETURNS bigint LANGUAGE sql AS
                $$SELECT coalesce(nullif(current_setting('fake.copy_count', true), ''), '0')::bigint$$;
            """;

    private final EmbeddedPostgres postgres;
    private final Door door;
    private final FakeCluster cluster;

    private FakeRedshift(EmbeddedPostgres postgres, Door door, FakeCluster cluster) {
        this.postgres = postgres;
        this.door = door;
        this.cluster = cluster;
    }

    /**
     * Starts on a free port.
     *
     * @param objects what COPY reads
     */
    public static FakeRedshift start(StagedObjects objects) throws IOException {
        return start(0, objects);
    }

    /**
     * Starts on a given port of the loopback address.
     *
     * @param port port to listen on, 0 for any free one
     * @param objects what COPY reads
     * @throws IOException if the port is taken, or PostgreSQL does not start
     */
    public static FakeRedshift start(int port, StagedObjects objects) throws IOException {
        Door door = Door.take(port, "fake-redshift");
        EmbeddedPostgres postgres = null;
        try {
            postgres =
                    EmbeddedPostgres.builder()
                            .setLocaleConfig("locale", "C")
                            .setPGStartupWait(STARTUP)
                            .setServerConfig("timezone", "UTC")
                            .start();
            Path errors = Files.createTempFile("fake-redshift", ".errors");
            errors.toFile().deleteOnExit();
            prepare(postgres, errors);
            FakeCluster cluster =
                    new FakeCluster(errors, postgres.getPort(), objects, USER, PASSWORD);
            door.open(cluster);
            return new FakeRedshift(postgres, door, cluster);
        } catch (IOException | RuntimeException e) {
            door.close();
            if (postgres != null) {
                postgres.close();
            }
            throw e;
        }
    }

    private static void prepare(EmbeddedPostgres postgres, Path errors) throws IOException {
        try {
            run(postgres.getPostgresDatabase(), "CREATE DATABASE " + DATABASE);
            run(
                    postgres.getPostgresDatabase(),
                    "ALTER DATABASE "
                            + DATABASE
                            + " SET default_transaction_isolation = 'repeatable read'");
            run(
                    postgres.getDatabase("postgres", DATABASE),
                    ERRORS.formatted(errors.toAbsolutePath().toString().replace("'", "''")));
        } catch (SQLException e) {
            throw new IOException("PostgreSQL could not be made a Redshift", e);
        }
    }

    private static void run(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Port that it listens on. */
    public int port() {
        return door.port();
    }

    /** Address for Amazon's driver; user and password are constants of this class. */
    public String jdbcUrl() {
        return "jdbc:redshift://localhost:" + port() + '/' + DATABASE + "?ssl=false";
    }

    /** The database behind it, for what a test wants to see or lay without the double's rules. */
    public DataSource database() {
        return postgres.getDatabase("postgres", DATABASE);
    }

    /**
     * Faults to come: the function is asked for every statement that a session executes, given its
     * text.
     */
    public void faults(Function<String, Fault> faults) {
        cluster.faults(faults);
    }

    /** Lets another user in, too. */
    void admit(String user, String password) {
        cluster.admit(user, password);
    }

    void admitNoOthers() {
        cluster.admitNoOthers();
    }

    /** Ends every session, as the restart of a cluster does. */
    public void dropSessions() throws IOException {
        door.dropSessions();
    }

    @Override
    public void close() throws IOException {
        door.close();
        postgres.close();
    }
}
