package io.hydrant.localstack.bench.warehouse;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;
import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.DeliveryRecordTypeInformation;
import io.hydrant.localstack.fakes.redshift.FakeRedshift;
import io.hydrant.localstack.fakes.redshift.S3StagedObjects;
import io.hydrant.localstack.fakes.s3.FakeS3;
import io.hydrant.redshift.RedshiftConfig;
import io.hydrant.redshift.RedshiftSink;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/**
 * Tables in a double of Redshift, which reads from a double of S3; both in this process but for
 * PostgreSQL.
 */
final class RedshiftTables implements CommitTarget {

    static final String BUCKET = "stage";
    static final String COPY_OPTIONS = "JSON 'auto' TIMEFORMAT 'auto' GZIP";
    static final String COLUMNS =
            "id, event_time, carrier, flight, origin, dest, dep_delay, arr_delay, distance";

    private static final String DEFINITION =
            " (id varchar(64), event_time timestamp, carrier varchar(8), flight int, origin char(3), dest char(3), dep_delay int, arr_delay int, distance int)";
    private static final String STAGED = "flights/";

    private final FakeS3 s3;
    private final S3StagedObjects objects;
    private final FakeRedshift redshift;

    private RedshiftTables(FakeS3 s3, S3StagedObjects objects, FakeRedshift redshift) {
        this.s3 = s3;
        this.objects = objects;
        this.redshift = redshift;
    }

    static RedshiftTables start() throws IOException {
        FakeS3 s3 = FakeS3.start();
        S3StagedObjects objects = S3StagedObjects.at(s3.endpoint());
        try (S3Client client = AwsClients.create(S3Client.builder(), aws(s3))) {
            client.createBucket(request -> request.bucket(BUCKET));
            return new RedshiftTables(s3, objects, FakeRedshift.start(objects));
        } catch (IOException | RuntimeException e) {
            objects.close();
            s3.close();
            throw e;
        }
    }

    private static AwsClientConfig aws(FakeS3 s3) {
        return AwsClientConfig.forEndpoint(s3.endpoint(), "us-east-1", "anyone", "anything");
    }

    FakeRedshift redshift() {
        return redshift;
    }

    @Override
    public void create(String table) throws SQLException {
        execute("CREATE TABLE " + table + DEFINITION);
    }

    @Override
    public void deliver(DataStream<Envelope> flights, String table) {
        flights.map(DeliveryRecord::deliver)
                .returns(DeliveryRecordTypeInformation.INSTANCE)
                .sinkTo(new RedshiftSink(config(table), aws(s3)));
    }

    private RedshiftConfig config(String table) {
        return RedshiftConfig.from(
                Configuration.fromMap(
                        Map.ofEntries(
                                Map.entry("s3.bucket", BUCKET),
                                Map.entry("s3.path-style-access", "true"),
                                Map.entry("delivery.prefix", STAGED),
                                Map.entry("delivery.stream.name", table),
                                Map.entry("delivery.append-newline", "true"),
                                Map.entry("delivery.compression", "GZIP"),
                                Map.entry("delivery.buffer.interval", "0 s"),
                                Map.entry("redshift.jdbc-url", redshift.jdbcUrl()),
                                Map.entry("redshift.user", FakeRedshift.USER),
                                Map.entry("redshift.password", FakeRedshift.PASSWORD),
                                Map.entry("redshift.table", table),
                                Map.entry("redshift.columns", COLUMNS),
                                Map.entry("redshift.copy-options", COPY_OPTIONS))));
    }

    /** Keys of all staged objects. */
    List<String> staged() {
        return s3.keys(BUCKET).stream().filter(key -> key.startsWith(STAGED)).toList();
    }

    /** Bytes of a staged object. */
    long bytes(String key) {
        return s3.content(BUCKET, key).length;
    }

    /** Puts an object beside them, such as a manifest. */
    void put(String key, String content) {
        try (S3Client client = AwsClients.create(S3Client.builder(), aws(s3))) {
            client.putObject(
                    request -> request.bucket(BUCKET).key(key), RequestBody.fromString(content));
        }
    }

    /** What the ledger says, which becomes visible in the moment when the rows do. */
    @Override
    public long rows(String table) throws SQLException {
        return isThere(ledger(table))
                ? number("SELECT coalesce(sum(records), 0) FROM " + ledger(table))
                : 0;
    }

    @Override
    public Loads loads(String table) throws SQLException {
        return new Loads(
                number("SELECT count(*) FROM " + ledger(table)),
                number("SELECT count(DISTINCT load_id) FROM " + ledger(table)));
    }

    private static String ledger(String table) {
        return table + "_hydrant_ledger";
    }

    private boolean isThere(String table) throws SQLException {
        return number("SELECT count(*) FROM pg_tables WHERE tablename = '" + table + '\'') == 1;
    }

    /** Asks the database itself, so that the double has no part in it. */
    long number(String sql) throws SQLException {
        try (Connection connection = redshift.database().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Likewise. */
    void execute(String sql) throws SQLException {
        try (Connection connection = redshift.database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException {
        redshift.close();
        objects.close();
        s3.close();
    }
}
