package io.hydrant.localstack.bench.warehouse;

import io.hydrant.core.record.Envelope;
import io.hydrant.localstack.bench.cases.FlightLines;
import io.hydrant.localstack.bench.cases.MemoryFlights;
import io.hydrant.localstack.bench.measure.LocalFlink;
import io.hydrant.localstack.bench.measure.Measured;
import io.hydrant.localstack.bench.measure.ProcessMeter;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.flink.TableLoader;
import org.apache.iceberg.flink.sink.IcebergSink;

import java.io.IOException;

/** Loads the flights into a table once to warm up, and once more. */
final class IcebergLoads {

    private static final int WARM_UP_SHARE = 3;

    private final WarehouseSettings settings;
    private final FlightLines lines;

    IcebergLoads(WarehouseSettings settings, FlightLines lines) {
        this.settings = settings;
        this.lines = lines;
    }

    Measured run() throws Exception {
        try (IcebergTables tables = new IcebergTables(settings.work())) {
            load(tables, "warm", Math.max(1, settings.rows() / WARM_UP_SHARE));
            long start = System.currentTimeMillis();
            load(tables, "measured", settings.rows());
            long end = System.currentTimeMillis();
            return new Measured(
                    start,
                    0,
                    start,
                    0,
                    end,
                    settings.rows(),
                    ProcessMeter.heapAfterCollection(),
                    0,
                    0,
                    0);
        }
    }

    private void load(IcebergTables tables, String name, long rows) throws Exception {
        tables.create(name);
        Configuration config = LocalFlink.configuration(settings.work());
        // What fails is to be seen, not tried again.
        config.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
        env.setParallelism(settings.parallelism());
        DataStream<Envelope> flights =
                env.fromSource(
                        MemoryFlights.source(lines, rows, 1),
                        WatermarkStrategy.noWatermarks(),
                        "flights");
        if (settings.warehouseCase() == WarehouseCase.ICEBERG) {
            tables.deliver(flights, name);
        } else {
            addIcebergs(flights, tables, name);
        }
        try (MiniCluster flink = LocalFlink.start(config, settings.parallelism())) {
            flink.executeJobBlocking(env.getStreamGraph().getJobGraph());
        }
        long loaded = tables.rows(name);
        if (loaded != rows) {
            // A sink that loses rows is fast.
            throw new IOException("The table has " + loaded + " of " + rows + " rows");
        }
    }

    private static void addIcebergs(
            DataStream<Envelope> flights, IcebergTables tables, String table) {
        DataStream<RowData> rows =
                flights.process(
                        new JsonToRow(FlightTable.rowType()),
                        InternalTypeInfo.of(FlightTable.rowType()));
        IcebergSink.forRowData(rows)
                .tableLoader(
                        TableLoader.fromCatalog(
                                tables.connection(),
                                TableIdentifier.of(FlightTable.DATABASE, table)))
                .append();
    }
}
