package io.hydrant.localstack.bench.warehouse;

import io.hydrant.localstack.bench.measure.NamedValues;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a measured JVM is told, as arguments of {@link WarehouseCaseMain}.
 *
 * @param warehouseCase what to run
 * @param rows rows of a load, or of the hour
 * @param commits commits of the hour, or of each interval
 * @param rowsPerSecond rows that arrive while a commit is waited for
 * @param parallelism of the jobs
 * @param lines file with the flights
 * @param work folder for tables and checkpoints
 */
public record WarehouseSettings(
        WarehouseCase warehouseCase,
        long rows,
        int commits,
        int rowsPerSecond,
        int parallelism,
        Path lines,
        Path work) {

    /** The arguments that {@link #parse} takes. */
    public List<String> toArguments() {
        return NamedValues.toArguments(
                Map.of(
                        "case", warehouseCase.name(),
                        "rows", rows,
                        "commits", commits,
                        "rows-per-second", rowsPerSecond,
                        "parallelism", parallelism,
                        "lines", lines,
                        "work", work));
    }

    static WarehouseSettings parse(String[] arguments) {
        Map<String, String> values = NamedValues.parse(arguments);
        return new WarehouseSettings(
                WarehouseCase.valueOf(values.get("case")),
                Long.parseLong(values.get("rows")),
                Integer.parseInt(values.get("commits")),
                Integer.parseInt(values.get("rows-per-second")),
                Integer.parseInt(values.get("parallelism")),
                Path.of(values.get("lines")),
                Path.of(values.get("work")));
    }

    /** File for what every measured JVM tells of itself. */
    public Path figures() {
        return work.resolve("figures.properties");
    }

    /** File for what this case finds out besides. */
    Path findings() {
        return work.resolve("findings.json");
    }
}
