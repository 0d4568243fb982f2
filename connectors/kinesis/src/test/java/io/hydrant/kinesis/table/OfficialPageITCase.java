package io.hydrant.kinesis.table;

import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every CREATE TABLE on the page of the official SQL connector for Kinesis, letter by letter: read
 * and planned, as far as that goes without their streams. {@link KinesisTableITCase} runs them.
 */
class OfficialPageITCase {

    /** From "How to create a Kinesis data stream table". */
    private static final String CREATE =
            """
            CREATE TABLE KinesisTable (
              `user_id` BIGINT,
              `item_id` BIGINT,
              `category_id` BIGINT,
              `behavior` STRING,
              `ts` TIMESTAMP(3)
            )
            PARTITIONED BY (user_id, item_id)
            WITH (
              'connector' = 'kinesis',
              'stream.arn' = 'arn:aws:kinesis:us-east-1:012345678901:stream/my-stream-name',
              'aws.region' = 'us-east-1',
              'source.init.position' = 'LATEST',
              'format' = 'csv'
            );
            """;

    private static final String INSERT =
            "INSERT INTO KinesisTable SELECT 1, 2, 3, 'buy', TIMESTAMP '2026-11-21 12:00:00'";

    /** From "Available Metadata". */
    private static final String CREATE_WITH_METADATA =
            """
            CREATE TABLE KinesisTable (
              `user_id` BIGINT,
              `item_id` BIGINT,
              `category_id` BIGINT,
              `behavior` STRING,
              `ts` TIMESTAMP(3),
              `arrival_time` TIMESTAMP(3) METADATA FROM 'timestamp' VIRTUAL,
              `shard_id` VARCHAR(128) NOT NULL METADATA FROM 'shard-id' VIRTUAL,
              `sequence_number` VARCHAR(128) NOT NULL METADATA FROM 'sequence-number' VIRTUAL
            )
            PARTITIONED BY (user_id, item_id)
            WITH (
              'connector' = 'kinesis-legacy',
              'stream' = 'user_behavior',
              'aws.region' = 'us-east-2',
              'scan.stream.initpos' = 'LATEST',
              'format' = 'csv'
            );
            """;

    private final TableEnvironment tables =
            TableEnvironment.create(EnvironmentSettings.inStreamingMode());

    @Test
    void plansReadingAndWriting() {
        tables.executeSql(CREATE);

        assertThat(tables.explainSql("SELECT user_id, ts FROM KinesisTable"))
                .contains("KinesisTable, project=[user_id, ts]");
        assertThat(tables.explainSql(INSERT))
                .contains("Sink(table=[default_catalog.default_database.KinesisTable]");
    }

    @Test
    void plansReadingAndWritingByANameAsReleaseFourHadIt() {
        tables.executeSql(CREATE_WITH_METADATA);

        assertThat(tables.explainSql("SELECT user_id, arrival_time, shard_id FROM KinesisTable"))
                .contains("KinesisTable", "metadata=[timestamp, shard-id]");
        assertThat(tables.explainSql(INSERT))
                .contains("Sink(table=[default_catalog.default_database.KinesisTable]");
    }
}
