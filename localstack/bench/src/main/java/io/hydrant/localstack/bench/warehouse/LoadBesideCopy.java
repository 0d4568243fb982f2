package io.hydrant.localstack.bench.warehouse;

import io.hydrant.core.record.Envelope;
import io.hydrant.localstack.bench.cases.FlightLines;
import io.hydrant.localstack.bench.cases.MemoryFlights;
import io.hydrant.localstack.bench.measure.LocalFlink;
import io.hydrant.localstack.fakes.redshift.FakeRedshift;
import io.hydrant.localstack.fakes.redshift.Fault;

import com.sun.management.OperatingSystemMXBean;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/**
 * A load of staged files as the sink does it, and the same files by one COPY alone.
 *
 * <p>A first job stages and queues the files; as their table is not there, it ends with that. A
 * second one finds them in the queue. Its first statement is held until its tasks are up, so that
 * what is measured is the load. The bare COPY comes before it and behind it, and once more before
 * everything, to warm up.
 */
final class LoadBesideCopy {

    private static final String TABLE = "loaded";
    private static final String MANIFEST = "bare.manifest";

    private final WarehouseSettings settings;
    private final FlightLines lines;
    private final OperatingSystemMXBean system =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    LoadBesideCopy(WarehouseSettings settings, FlightLines lines) {
        this.settings = settings;
        this.lines = lines;
    }

    /** What something took. */
    private record Cost(double seconds, double cpuSeconds) {}

    /** What is measured. */
    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    LoadFigures run() throws Exception {
        try (RedshiftTables tables = RedshiftTables.start()) {
            PostgresCpu postgres = PostgresCpu.of(tables);
            stage(tables);
            List<String> staged = tables.staged();
            tables.put(MANIFEST, manifest(tables, staged));
            copy(postgres, tables, "warm");
            Cost before = copy(postgres, tables, "before");
            Cost load = load(postgres, tables);
            Cost behind = copy(postgres, tables, "behind");
            return new LoadFigures(
                    settings.rows(),
                    staged.size(),
                    staged.stream().mapToLong(tables::bytes).sum(),
                    load.seconds(),
                    load.cpuSeconds(),
                    (before.seconds() + behind.seconds()) / 2,
                    (before.cpuSeconds() + behind.cpuSeconds()) / 2);
        }
    }

    private void stage(RedshiftTables tables) throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(config());
        // One task stages all, or another's failure could end the job before all is queued.
        env.setParallelism(1);
        tables.deliver(flights(env, settings.rows()), TABLE);
        try (MiniCluster flink = LocalFlink.start(config(), 1)) {
            flink.executeJobBlocking(env.getStreamGraph().getJobGraph());
            throw new IllegalStateException("The job loaded a table that is not there");
        } catch (JobExecutionException e) {
            if (tables.staged().isEmpty()) {
                throw e;
            }
        }
    }

    /** One checkpoint, at the end: all that is staged is one load. */
    private Configuration config() {
        return WatchedJob.configuration(settings.work());
    }

    private DataStream<Envelope> flights(StreamExecutionEnvironment env, long rows) {
        return env.fromSource(
                MemoryFlights.source(lines, rows, 1), WatermarkStrategy.noWatermarks(), "flights");
    }

    private static String manifest(RedshiftTables tables, List<String> keys) {
        return keys.stream()
                .map(
                        key ->
                                "{\"url\":\"s3://"
                                        + RedshiftTables.BUCKET
                                        + '/'
                                        + key
                                        + "\",\"mandatory\":true,\"meta\":{\"content_length\":"
                                        + tables.bytes(key)
                                        + "}}")
                .collect(Collectors.joining(",", "{\"entries\":[", "]}"));
    }

    private Cost copy(PostgresCpu postgres, RedshiftTables tables, String table) throws Exception {
        tables.create(table);
        String sql =
                "COPY "
                        + table
                        + " ("
                        + RedshiftTables.COLUMNS
                        + ") FROM 's3://"
                        + RedshiftTables.BUCKET
                        + '/'
                        + MANIFEST
                        + "' IAM_ROLE default MANIFEST "
                        + RedshiftTables.COPY_OPTIONS;
        Cost cost =
                cost(
                        postgres,
                        tables,
                        () -> {
                            try (Connection connection = connect(tables);
                                    Statement statement = connection.createStatement()) {
                                statement.execute(sql);
                            }
                        });
        requireAll(tables, table);
        return cost;
    }

    private static Connection connect(RedshiftTables tables) throws SQLException {
        return DriverManager.getConnection(
                tables.redshift().jdbcUrl(), FakeRedshift.USER, FakeRedshift.PASSWORD);
    }

    private Cost load(PostgresCpu postgres, RedshiftTables tables) throws Exception {
        tables.create(TABLE);
        CountDownLatch open = new CountDownLatch(1);
        CountDownLatch waits = new CountDownLatch(1);
        tables.redshift()
                .faults(
                        sql -> {
                            waits.countDown();
                            return open.getCount() > 0 ? Fault.holdUntil(open) : Fault.NONE;
                        });
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(config());
        env.setParallelism(settings.parallelism());
        // Nothing of its own: what it loads was queued by the job before.
        tables.deliver(flights(env, settings.parallelism()).filter(flight -> false), TABLE);
        try (MiniCluster flink = LocalFlink.start(config(), settings.parallelism())) {
            WatchedJob job = WatchedJob.submit(flink, env);
            job.await(() -> waits.getCount() == 0);
            Cost cost =
                    cost(
                            postgres,
                            tables,
                            () -> {
                                open.countDown();
                                job.await(() -> tables.rows(TABLE) >= settings.rows());
                            });
            requireAll(tables, TABLE);
            return cost;
        }
    }

    /** A load that loses rows is fast. */
    private void requireAll(RedshiftTables tables, String table) throws Exception {
        long rows = tables.number("SELECT count(*) FROM " + table);
        if (rows != settings.rows()) {
            throw new IOException(
                    "The table " + table + " has " + rows + " of " + settings.rows() + " rows");
        }
    }

    private Cost cost(PostgresCpu postgres, RedshiftTables tables, Work work) throws Exception {
        // What earlier loads left to be written is not this one's.
        tables.execute("CHECKPOINT");
        double cpu = cpuSeconds(postgres);
        long begun = System.nanoTime();
        work.run();
        return new Cost((System.nanoTime() - begun) / 1e9, cpuSeconds(postgres) - cpu);
    }

    private double cpuSeconds(PostgresCpu postgres) throws IOException {
        return system.getProcessCpuTime() / 1e9 + postgres.seconds();
    }
}
