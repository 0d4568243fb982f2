package io.hydrant.launcher.verify;

import io.hydrant.launcher.FakeCorridor;
import io.hydrant.launcher.redrive.RedriveCommand;
import io.hydrant.localstack.fakes.redshift.FakePostgres;

import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import static org.assertj.core.api.Assertions.assertThat;

/** A real delivery to a PostgreSQL by key, with a row that it refuses, verified and redriven. */
class VerifyPostgresITCase {

    private static final int RECORDS = 40;

    private static final String DOCUMENT =
            """
            {
              "DeliveryStreamName": "orders",
              "DeliveryStreamType": "KinesisStreamAsSource",
              "KinesisStreamSourceConfiguration": {
                "KinesisStreamARN": "arn:aws:kinesis:us-east-1:000000000000:stream/orders",
                "RoleARN": "arn:aws:iam::000000000000:role/orders"
              },
              "RedshiftDestinationConfiguration": {
                "RoleARN": "arn:aws:iam::000000000000:role/orders",
                "ClusterJDBCURL": "jdbc:postgresql://localhost:5432/dev",
                "CopyCommand": {"DataTableName": "orders", "DataTableColumns": "id,version,shop", "CopyOptions": "JSON 'auto' GZIP"},
                "ProcessingConfiguration": {"Enabled": true, "Processors": [{"Type": "AppendDelimiterToRecord"}]},
                "S3Configuration": {
                  "BucketARN": "arn:aws:s3:::lake",
                  "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 0},
                  "CompressionFormat": "GZIP"
                }
              },
              "Hydrant": {
                "source.init.position": "TRIM_HORIZON",
                "redshift.user": "%s",
                "redshift.password": "%s",
                "redshift.poll-interval": "200 ms",
                "redshift.keys": "id",
                "redshift.order-column": "version",
                "aws.credentials.provider": "BASIC",
                "aws.credentials.basic.accesskeyid": "test",
                "aws.credentials.basic.secretkey": "test"
              }
            }
            """
                    .formatted(FakePostgres.USER, FakePostgres.PASSWORD);

    @RegisterExtension static final MiniClusterExtension CLUSTER = FakeCorridor.cluster();

    @RegisterExtension final FakeCorridor corridor = new FakeCorridor(DOCUMENT, "lake");

    private FakePostgres postgres;
    private String url;

    @BeforeEach
    void start() throws Exception {
        postgres = FakePostgres.start();
        url = "RedshiftDestinationConfiguration.ClusterJDBCURL=" + postgres.jdbcUrl();
        run("CREATE TABLE shops (name varchar(5) PRIMARY KEY)");
        run("INSERT INTO shops VALUES ('a')");
        run(
                "CREATE TABLE orders (id int PRIMARY KEY, version int, shop varchar(5) REFERENCES shops)");
        run("GRANT ALL ON ALL TABLES IN SCHEMA public TO PUBLIC");
        try (var putter = corridor.putter(2)) {
            for (int i = 0; i < RECORDS; i++) {
                String shop = i == 7 ? "later" : "a";
                putter.put(
                        "key-" + i,
                        "{\"id\":%d,\"version\":1,\"shop\":\"%s\"}"
                                .formatted(i, shop)
                                .getBytes(StandardCharsets.UTF_8));
            }
            putter.flush();
        }
    }

    @AfterEach
    void stop() throws Exception {
        postgres.close();
    }

    @Test
    void isContentWithACompleteDeliveryAndLoadsTheRowThatWasRefusedOnceItFits() throws Exception {
        corridor.deliver("--set", url);

        assertThat(corridor.verify("--set", url, "--redshift", "--read-back")).isZero();
        assertThat(corridor.said())
                .startsWith("LOADED: every staged object is in orders, exactly once")
                .contains("COMPLETE: every record of the stream was delivered exactly once");
        assertThat(count()).isEqualTo(RECORDS - 1);

        run("INSERT INTO shops VALUES ('later')");
        assertThat(
                        corridor.run(
                                new RedriveCommand(),
                                "--set",
                                url,
                                "--from",
                                "s3://lake/redshift-failed/"))
                .as(corridor::said)
                .isZero();
        assertThat(count()).isEqualTo(RECORDS);
        assertThat(corridor.verify("--set", url, "--redshift")).as(corridor::said).isZero();

        run("DELETE FROM orders_hydrant_ledger");
        assertThat(corridor.verify("--set", url, "--ignore-row-count")).isEqualTo(1);
        assertThat(corridor.said()).contains("NOT LOADED: ", "are neither loaded nor queued");
    }

    private long count() throws SQLException {
        try (Connection connection = postgres.database().getConnection();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM orders")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = postgres.database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
