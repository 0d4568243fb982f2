package io.hydrant.launcher.soak;

import io.hydrant.jobs.delivery.DeliveryPlan;
import io.hydrant.launcher.HydrantRoot;
import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.localstack.harness.iceberg.RestCatalog;
import io.hydrant.localstack.harness.iceberg.TableReader;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The table of a soak: how the job is told of it, and what others read from it. */
final class SoakTable implements AutoCloseable {

    private static final String TABLE = "demo.soak";
    private static final String NUMBERS =
            "SELECT CAST(number AS BIGINT), count(*) FROM delivered GROUP BY 1";

    /** So often that there is something to do for it behind every few commits. */
    private static final List<String> UPKEEP =
            List.of(
                    "iceberg.compaction.enabled=true",
                    "iceberg.compaction.min-files=2",
                    "iceberg.upkeep.interval=1 s",
                    "iceberg.snapshots.max-age=1 s",
                    "iceberg.snapshots.kept=1");

    private final LocalStack localStack;
    private final String stream;
    private final String bucket;
    private final TableReader reader;
    private final RestCatalog catalog;
    private final BucketDoor door;
    private final TableMode mode;

    /**
     * A table that is not made yet.
     *
     * @param catalog is closed with this
     * @param door through which the job reaches S3; is closed with this
     * @param mode what is soaked
     */
    SoakTable(
            LocalStack localStack,
            String stream,
            String bucket,
            TableReader reader,
            RestCatalog catalog,
            BucketDoor door,
            TableMode mode) {
        this.localStack = localStack;
        this.stream = stream;
        this.bucket = bucket;
        this.reader = reader;
        this.catalog = catalog;
        this.door = door;
        this.mode = mode;
    }

    /** What the catalog itself is told. */
    static Map<String, String> ofServer(LocalStack localStack, String bucket, Path folder) {
        return Map.of(
                "uri",
                "jdbc:sqlite:file:" + folder.resolve("catalog.db"),
                "warehouse",
                "s3://" + bucket + "/warehouse",
                "io-impl",
                "org.apache.iceberg.aws.s3.S3FileIO",
                "s3.endpoint",
                localStack.endpoint().toString(),
                "s3.path-style-access",
                "true",
                "s3.access-key-id",
                localStack.accessKey(),
                "s3.secret-access-key",
                localStack.secretKey(),
                "client.region",
                localStack.region());
    }

    RestCatalog catalog() {
        return catalog;
    }

    BucketDoor door() {
        return door;
    }

    /** What is written on the way into it. */
    List<TableStep> steps() {
        return TableStep.of(mode);
    }

    /** What the job is told at some parallelism. */
    List<String> arguments(int parallelism) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--config",
                                HydrantRoot.exampleConfig("flights-iceberg.json").toString()));
        List<String> assignments =
                new ArrayList<>(
                        List.of(
                                "KinesisStreamSourceConfiguration.KinesisStreamARN=arn:aws:kinesis:"
                                        + localStack.region()
                                        + ":000000000000:stream/"
                                        + stream,
                                "IcebergDestinationConfiguration.S3Configuration.BucketARN=arn:aws:s3:::"
                                        + bucket,
                                "iceberg.tables=[{\"DestinationDatabaseName\":\"demo\",\"DestinationTableName\":\"soak\""
                                        + (mode.byKey() ? ",\"UniqueKeys\":[\"cell\"]" : "")
                                        + "}]",
                                "iceberg.catalog.type=REST",
                                "iceberg.catalog.uri=" + catalog.endpoint(),
                                "iceberg.catalog.warehouse=s3://" + bucket + "/warehouse",
                                "iceberg.catalog.properties=io-impl:org.apache.iceberg.aws.s3.S3FileIO,s3.path-style-access:true,s3.endpoint:'"
                                        + door.endpoint()
                                        + "',s3.access-key-id:"
                                        + localStack.accessKey()
                                        + ",s3.secret-access-key:"
                                        + localStack.secretKey()
                                        + ",client.region:"
                                        + localStack.region(),
                                "IcebergDestinationConfiguration.S3Configuration.BufferingHints.IntervalInSeconds=1",
                                "iceberg.staged=" + mode.staged(),
                                "aws.endpoint=" + localStack.endpoint(),
                                "s3.endpoint=" + door.endpoint(),
                                "s3.path-style-access=true",
                                "parallelism=" + parallelism));
        if (mode.byKey()) {
            assignments.add("iceberg.route.query=" + SoakRecords.operationQuery());
        }
        if (mode.keptUp()) {
            assignments.addAll(UPKEEP);
        }
        for (String assignment : assignments) {
            arguments.add("--set");
            arguments.add(assignment);
        }
        return arguments;
    }

    TableMode mode() {
        return mode;
    }

    DeliveryPlan plan() {
        return DeliveryPlan.of(arguments(1));
    }

    /** Rows that DuckDB counts. */
    long rows() throws IOException {
        String count =
                query(TableReader.Engine.DUCKDB, "SELECT count(*) FROM delivered").get(0).get(0);
        return Long.parseLong(count);
    }

    /** Puts into the balance what PyIceberg reads, or DuckDB where rows are removed by key. */
    void countInto(Balance balance) throws IOException {
        TableReader.Engine engine =
                mode.byKey() ? TableReader.Engine.DUCKDB : TableReader.Engine.PYICEBERG;
        for (List<String> row : query(engine, NUMBERS)) {
            long times = Long.parseLong(row.get(1));
            for (long i = 0; i < times; i++) {
                balance.delivered(Long.parseLong(row.get(0)));
            }
        }
    }

    private List<List<String>> query(TableReader.Engine engine, String query) throws IOException {
        Map<String, String> properties =
                Map.of(
                        "type", "rest",
                        "uri", catalog.endpoint().toString(),
                        "s3.endpoint", localStack.endpoint().toString(),
                        "s3.access-key-id", localStack.accessKey(),
                        "s3.secret-access-key", localStack.secretKey(),
                        "s3.region", localStack.region());
        return reader.query(engine, "rest", properties, TABLE, List.of(query)).get(0);
    }

    @Override
    public void close() {
        catalog.close();
        door.close();
    }
}
