package io.hydrant.redshift;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;
import io.hydrant.core.retry.RetryClock;
import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.localstack.fakes.redshift.FakeDataApi;
import io.hydrant.localstack.fakes.redshift.FakePostgres;
import io.hydrant.localstack.fakes.redshift.FakeRedshift;
import io.hydrant.localstack.fakes.redshift.Fault;
import io.hydrant.localstack.fakes.redshift.S3StagedObjects;
import io.hydrant.localstack.fakes.s3.FakeS3;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.S3Calls;
import io.hydrant.s3.store.S3ObjectStore;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.sql.DataSource;

/** A warehouse, a store, and tables and streams of a test's own in them. */
final class WarehouseRig implements AutoCloseable {

    static final String BUCKET = "stage";

    private static final AtomicInteger NAMES = new AtomicInteger();

    final FakeS3 s3;
    private final FakeRedshift redshift;
    private final FakePostgres postgres;
    private final FakeDataApi dataApi;
    private final S3StagedObjects objects;
    private final S3Client client;

    /** A warehouse that is Redshift. */
    WarehouseRig() throws IOException {
        this(Dialect.REDSHIFT);
    }

    WarehouseRig(Dialect dialect) throws IOException {
        this(dialect, AccessPath.JDBC);
    }

    WarehouseRig(Dialect dialect, AccessPath path) throws IOException {
        s3 = FakeS3.start();
        objects = S3StagedObjects.at(s3.endpoint());
        boolean isRedshift = dialect == Dialect.REDSHIFT;
        redshift = isRedshift ? FakeRedshift.start(objects) : null;
        postgres = isRedshift ? null : FakePostgres.start();
        dataApi = path == AccessPath.JDBC ? null : FakeDataApi.start(redshift);
        client = AwsClients.create(S3Client.builder(), aws());
        client.createBucket(request -> request.bucket(BUCKET));
    }

    /** Puts what no load makes. */
    void put(String key, String text) {
        client.putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromString(text));
    }

    AwsClientConfig aws() {
        return AwsClientConfig.from(
                Configuration.fromMap(
                        Map.of(
                                "aws.region", "us-east-1",
                                "aws.endpoint", s3.endpoint().toString(),
                                "aws.credentials.provider", "BASIC",
                                "aws.credentials.basic.accesskeyid", "test",
                                "aws.credentials.basic.secretkey", "test")));
    }

    /** How the services are reached that have to do with the warehouse. */
    AwsClientConfig services() {
        return dataApi == null
                ? aws()
                : AwsClientConfig.forEndpoint(dataApi.endpoint(), "us-east-1", "test", "test");
    }

    FakeDataApi dataApi() {
        return dataApi;
    }

    /** A table of integers and texts under a new name. */
    String newTable() throws SQLException {
        String table = "t" + NAMES.incrementAndGet();
        run("CREATE TABLE " + table + " (id int, name varchar(5))");
        return table;
    }

    RedshiftConfig config(String table, Map<String, String> options) {
        Map<String, String> all = new HashMap<>();
        all.put("s3.bucket", BUCKET);
        all.put("s3.path-style-access", "true");
        all.put("delivery.stream.name", "stream-" + table);
        all.put("delivery.append-newline", "true");
        all.put("delivery.compression", "GZIP");
        all.put("delivery.buffer.size", "1 kb");
        all.put("redshift.jdbc-url", jdbcUrl());
        if (dataApi == null) {
            all.put("redshift.user", redshift == null ? FakePostgres.USER : FakeRedshift.USER);
            all.put(
                    "redshift.password",
                    redshift == null ? FakePostgres.PASSWORD : FakeRedshift.PASSWORD);
        } else {
            all.put("redshift.access", "DATA_API");
            all.put("redshift.workgroup", FakeDataApi.WORKGROUP);
        }
        all.put("redshift.table", table);
        all.put("redshift.copy-options", "CSV GZIP EMPTYASNULL");
        all.put("redshift.poll-interval", "200 ms");
        all.put("redshift.retry-duration", "10 s");
        all.putAll(options);
        all.values().removeIf(Objects::isNull);
        return RedshiftConfig.from(Configuration.fromMap(all));
    }

    String jdbcUrl() {
        return redshift == null ? postgres.jdbcUrl() : redshift.jdbcUrl();
    }

    /** PostgreSQL without anything before it. */
    String directJdbcUrl() {
        return postgres.directJdbcUrl();
    }

    /** Faults to come, of every statement given its text. */
    void faults(Function<String, Fault> faults) {
        if (redshift == null) {
            postgres.faults(faults);
        } else {
            redshift.faults(faults);
        }
    }

    private DataSource database() {
        return redshift == null ? postgres.database() : redshift.database();
    }

    ObjectStore store(RedshiftConfig config) {
        return S3ObjectStore.connect(aws(), config.staging().store());
    }

    /** What a committer has, without waiting between attempts. */
    LoadRooms rooms(RedshiftConfig config) {
        return rooms(config, new NoPause());
    }

    LoadRooms rooms(RedshiftConfig config, RetryClock clock) {
        return new LoadRooms(
                config,
                services(),
                store(config),
                new S3Calls(Duration.ofMinutes(1), clock),
                new RedshiftMetrics(new UnregisteredMetricsGroup()),
                clock,
                new ShortPause());
    }

    /** Stages rows as an object of their own. */
    StagedFile stage(RedshiftConfig config, String... rows) {
        UUID id = UUID.randomUUID();
        String key = "data/" + id + ".gz";
        byte[] text = (String.join("\n", rows) + '\n').getBytes(StandardCharsets.UTF_8);
        GrowingBytes out = new GrowingBytes(1024);
        try (var codec = config.staging().format().codec();
                ObjectStore store = store(config)) {
            codec.encode(text, 0, text.length, out);
            store.putIfAbsent(BUCKET, key, id.toString(), out.toByteArray());
        }
        return new StagedFile(id, BUCKET, key, out.length(), rows.length, 1_000_000);
    }

    /** Puts something else in an object's place. */
    void put(String key, byte[] content) {
        client.putObject(
                request -> request.bucket(BUCKET).key(key), RequestBody.fromBytes(content));
    }

    List<String> keys(String prefix) {
        return s3.keys(BUCKET).stream().filter(key -> key.startsWith(prefix)).toList();
    }

    /** Straight from the database, past the double's faults. */
    List<String> rows(String sql) throws SQLException {
        try (Connection connection = database().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(result.getString(1));
            }
            return rows;
        }
    }

    void run(String sql) throws SQLException {
        try (Connection connection = database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Lets every statement and every request through again. */
    void heal() {
        faults(sql -> Fault.NONE);
        s3.faults().clear();
        if (dataApi != null) {
            dataApi.faults().clear();
        }
    }

    @Override
    public void close() throws IOException {
        if (redshift == null) {
            postgres.close();
        } else {
            redshift.close();
        }
        if (dataApi != null) {
            dataApi.close();
        }
        client.close();
        objects.close();
        s3.close();
    }

    /** A clock that asks often whether something is done. */
    static final class ShortPause implements RetryClock {

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void pause(Duration length) throws InterruptedException {
            RetryClock.SYSTEM.pause(Duration.ofMillis(2));
        }
    }

    /** A clock that goes by the pauses alone. */
    static final class NoPause implements RetryClock {

        private long now;

        @Override
        public synchronized long nanoTime() {
            return now;
        }

        @Override
        public synchronized void pause(Duration length) {
            now += length.toNanos();
        }
    }
}
