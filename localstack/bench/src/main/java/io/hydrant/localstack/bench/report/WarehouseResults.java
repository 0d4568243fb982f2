package io.hydrant.localstack.bench.report;

import io.hydrant.localstack.bench.warehouse.CommitFigures;
import io.hydrant.localstack.bench.warehouse.HourFigures;
import io.hydrant.localstack.bench.warehouse.LoadFigures;
import io.hydrant.localstack.bench.warehouse.WarehouseCase;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import static io.hydrant.localstack.bench.report.ResultTables.text;

/** What the runs of a benchmark of warehouses came to, as tables. */
public final class WarehouseResults {

    private static final double GIB = 1L << 30;

    private final List<TableLoad> tableLoads = new ArrayList<>();
    private final List<LoadFigures> loads = new ArrayList<>();
    private final Map<WarehouseCase, List<CommitFigures>> commits =
            new EnumMap<>(WarehouseCase.class);
    private HourFigures hour;

    /** Adds a load of a table of Iceberg. */
    public void add(TableLoad load) {
        tableLoads.add(load);
    }

    /** Adds a load into Redshift. */
    public void add(LoadFigures load) {
        loads.add(load);
    }

    /** Adds what committing at intervals came to. */
    public void add(WarehouseCase one, CommitFigures.All figures) {
        commits.put(one, figures.intervals());
    }

    /** Sets what an hour of commits left. */
    public void set(HourFigures figures) {
        hour = figures;
    }

    List<TableLoad> tableLoads(WarehouseCase one) {
        return tableLoads.stream().filter(load -> load.warehouseCase() == one).toList();
    }

    List<LoadFigures> loads() {
        return loads;
    }

    Map<WarehouseCase, List<CommitFigures>> commits() {
        return commits;
    }

    /** Null where it was not run. */
    HourFigures hour() {
        return hour;
    }

    /** All tables, for a console. */
    public String tables() {
        return String.join("\n", icebergLoads(), hourTable(), redshiftLoads(), commitTable());
    }

    String icebergLoads() {
        if (tableLoads.isEmpty()) {
            return "";
        }
        StringBuilder table =
                new StringBuilder(
                        """
                        | what | CPU s per million | of it JIT and GC | rows/s per core |
                        | --- | --- | --- | --- |
                        """);
        for (WarehouseCase one : List.of(WarehouseCase.ICEBERG, WarehouseCase.ICEBERG_OWN)) {
            List<TableLoad> all = tableLoads(one);
            if (all.isEmpty()) {
                continue;
            }
            Spread cpu = spread(all, TableLoad::cpuPerMillion);
            table.append(
                    text(
                            "| %s | %s | %.2f | %,.0f |%n",
                            one.title(),
                            cell(cpu),
                            spread(all, TableLoad::jvmCpuPerMillion).median(),
                            1e6 / cpu.median()));
        }
        return table.toString();
    }

    String hourTable() {
        if (hour == null) {
            return "";
        }
        return """
                | the files of an hour | files | GiB | of it in files of 128 MiB and more |
                | --- | --- | --- | --- |
                """
                + text(
                        "| as %,d commits left them | %,d | %.2f | %.0f %% |%n",
                        hour.commits(),
                        hour.committedFiles(),
                        hour.committedBytes() / GIB,
                        hour.committedLargeShare() * 100)
                + text(
                        "| compacted every five minutes | %,d | %.2f | %.0f %% |%n",
                        hour.files(), hour.bytes() / GIB, hour.largeShare() * 100);
    }

    String redshiftLoads() {
        if (loads.isEmpty()) {
            return "";
        }
        return """
                | what | s | CPU s per million | rows/s per core | rows/s |
                | --- | --- | --- | --- | --- |
                """
                + redshiftRow(
                        "the load of the sink",
                        LoadFigures::loadSeconds,
                        LoadFigures::loadCpuSeconds)
                + redshiftRow(
                        "the bare COPY of the same files",
                        LoadFigures::copySeconds,
                        LoadFigures::copyCpuSeconds);
    }

    private String redshiftRow(
            String what,
            ToDoubleFunction<LoadFigures> seconds,
            ToDoubleFunction<LoadFigures> cpuSeconds) {
        Spread cpu = spread(loads, one -> cpuSeconds.applyAsDouble(one) * 1e6 / one.rows());
        Spread wall = spread(loads, seconds);
        return text(
                "| %s | %s | %s | %,.0f | %,.0f |%n",
                what,
                cell(wall),
                cell(cpu),
                1e6 / cpu.median(),
                loads.get(0).rows() / wall.median());
    }

    String commitTable() {
        if (commits.isEmpty()) {
            return "";
        }
        StringBuilder table =
                new StringBuilder(
                        """
                        | into | a commit every s | commits looked at | loads an hour | files a load | median s | p99 s | most s |
                        | --- | --- | --- | --- | --- | --- | --- | --- |
                        """);
        commits.forEach(
                (one, intervals) -> {
                    for (CommitFigures each : intervals) {
                        table.append(
                                text(
                                        "| %s | %,d | %,d | %,.0f | %.1f | %.2f | %.2f | %.2f |%n",
                                        name(one),
                                        each.intervalSeconds(),
                                        each.commits(),
                                        each.loadsPerHour(),
                                        each.filesPerLoad(),
                                        each.medianSeconds(),
                                        each.p99Seconds(),
                                        each.mostSeconds()));
                    }
                });
        return table.toString();
    }

    static String name(WarehouseCase one) {
        return one == WarehouseCase.ICEBERG_COMMITS ? "Iceberg" : "Redshift";
    }

    static <T> Spread spread(List<T> all, ToDoubleFunction<T> figure) {
        return Spread.of(all.stream().map(figure::applyAsDouble).toList());
    }

    private static String cell(Spread spread) {
        return text("%.2f (%.2f to %.2f)", spread.median(), spread.least(), spread.most());
    }
}
