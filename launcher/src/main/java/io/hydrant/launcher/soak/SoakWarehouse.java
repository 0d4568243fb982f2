package io.hydrant.launcher.soak;

import io.hydrant.launcher.HydrantRoot;
import io.hydrant.localstack.fakes.redshift.FakeDataApi;
import io.hydrant.localstack.fakes.redshift.FakePostgres;
import io.hydrant.localstack.fakes.redshift.FakeRedshift;
import io.hydrant.localstack.fakes.redshift.Fault;
import io.hydrant.localstack.fakes.redshift.S3StagedObjects;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;

/** A warehouse of a soak: how the job is told of it, and what can go wrong with a load. */
final class SoakWarehouse implements AutoCloseable {

    private static final String DESTINATION = "RedshiftDestinationConfiguration";

    private static final String LOCK = "LOCK TABLE";
    private static final String READ_LEDGER = "SELECT object_id";
    private static final String COPY = "COPY";
    private static final String NOTE = "INSERT INTO";
    private static final String COMMIT = "COMMIT";

    private final ObjectNode document;
    private final Map<String, String> options;
    private final DataSource database;
    private final List<SoakFault> faults;
    private final List<AutoCloseable> parts;

    private SoakWarehouse(
            ObjectNode document,
            Map<String, String> options,
            DataSource database,
            List<SoakFault> faults,
            List<AutoCloseable> parts) {
        this.document = document;
        this.options = options;
        this.database = database;
        this.faults = faults;
        this.parts = parts;
    }

    /** Redshift, through Amazon's driver. */
    static SoakWarehouse redshift(URI objectsAt) throws IOException {
        S3StagedObjects objects = S3StagedObjects.at(objectsAt);
        FakeRedshift redshift = FakeRedshift.start(objects);
        List<String> statements =
                List.of(LOCK, READ_LEDGER, COPY, "SELECT pg_last_copy_count", NOTE, COMMIT);
        List<SoakFault> faults = faults(redshift::faults, statements);
        faults.addAll(LoadStep.losses(EnumSet.allOf(LoadStep.class)));
        return new SoakWarehouse(
                document(redshift.jdbcUrl(), FakeRedshift.USER, FakeRedshift.PASSWORD),
                Map.of(),
                redshift.database(),
                faults,
                List.of(redshift, objects));
    }

    /** Redshift, through the Data API. */
    static SoakWarehouse dataApi(URI objectsAt) throws IOException {
        S3StagedObjects objects = S3StagedObjects.at(objectsAt);
        FakeRedshift redshift = FakeRedshift.start(objects);
        FakeDataApi api = FakeDataApi.start(redshift);
        List<String> statements =
                List.of(
                        READ_LEDGER,
                        LOCK,
                        "SELECT 1 / CASE WHEN COUNT",
                        COPY,
                        "SELECT 1 / CASE WHEN pg_last_copy_count",
                        NOTE,
                        COMMIT);
        List<SoakFault> faults = faults(redshift::faults, statements);
        faults.addAll(CallFault.of(api.faults()));
        faults.addAll(LoadStep.losses(EnumSet.allOf(LoadStep.class)));
        return new SoakWarehouse(
                document(redshift.jdbcUrl(), null, null),
                Map.of(
                        "redshift.access",
                        "DATA_API",
                        "redshift.cluster-identifier",
                        FakeDataApi.CLUSTER,
                        "redshift.endpoint",
                        api.endpoint().toString()),
                redshift.database(),
                faults,
                List.of(api, redshift, objects));
    }

    /** PostgreSQL, through its own driver. */
    static SoakWarehouse postgres() throws IOException {
        FakePostgres postgres = FakePostgres.start();
        List<SoakFault> faults =
                WarehouseFault.of(
                        postgres::faults,
                        List.of(LOCK, READ_LEDGER, COPY, NOTE, COMMIT),
                        Fault.error("53100", "could not extend file: No space left on device", ""),
                        Fault.error(
                                "40001",
                                "could not serialize access due to concurrent update",
                                ""));
        // The job reads what is staged by itself, so that there is no manifest.
        faults.addAll(
                LoadStep.losses(
                        EnumSet.complementOf(EnumSet.of(LoadStep.MANIFEST, LoadStep.CLEAN_UP))));
        return new SoakWarehouse(
                document(postgres.jdbcUrl(), FakePostgres.USER, FakePostgres.PASSWORD),
                Map.of(),
                postgres.database(),
                faults,
                List.of(postgres));
    }

    private static List<SoakFault> faults(
            Consumer<Function<String, Fault>> redshift, List<String> statements) {
        return WarehouseFault.of(
                redshift, statements, Fault.diskFull(), Fault.serializationConflict());
    }

    private static ObjectNode document(String jdbcUrl, String user, String password)
            throws IOException {
        ObjectNode document =
                (ObjectNode)
                        new ObjectMapper()
                                .readTree(
                                        HydrantRoot.exampleConfig("flights-redshift.json")
                                                .toFile());
        ObjectNode destination = (ObjectNode) document.get(DESTINATION);
        destination.put("ClusterJDBCURL", jdbcUrl);
        if (user == null) {
            destination.remove(List.of("Username", "Password"));
        } else {
            destination.put("Username", user).put("Password", password);
        }
        return document;
    }

    /**
     * Writes a configuration that a job can be given.
     *
     * @param tables what it loads, whose one column is the number of a record
     * @param parquet whether records are staged as Parquet
     */
    void write(Path file, SoakTables tables, String bucket, boolean parquet) throws IOException {
        tables.describeIn(document);
        ObjectNode destination = (ObjectNode) document.get(DESTINATION);
        ObjectNode copy = (ObjectNode) destination.get("CopyCommand");
        ObjectNode staging = (ObjectNode) destination.get("S3Configuration");
        staging.put("BucketARN", "arn:aws:s3:::" + bucket);
        ((ObjectNode) staging.get("BufferingHints")).put("IntervalInSeconds", 1);
        if (parquet) {
            copy.put("CopyOptions", "FORMAT AS PARQUET");
            staging.put("CompressionFormat", "UNCOMPRESSED");
            ((ObjectNode) document.get("Hydrant"))
                    .put("delivery.conversion.format", "PARQUET")
                    .put("delivery.conversion.columns", "struct<number:bigint>");
        }
        Files.writeString(file, document.toString());
    }

    /** What the job is told besides, by the names of options. */
    List<String> assignments() {
        List<String> assignments = new ArrayList<>();
        options.forEach((key, value) -> assignments.add(key + '=' + value));
        return assignments;
    }

    /** The database, past its wire. */
    DataSource database() {
        return database;
    }

    /** What can go wrong with a load, each of which has its turn. */
    List<SoakFault> faults() {
        return faults;
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable part : parts) {
            part.close();
        }
    }
}
