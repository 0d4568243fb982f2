package io.hydrant.localstack.bench.warehouse;

import io.hydrant.localstack.bench.cases.FlightLines;
import io.hydrant.localstack.bench.measure.Measured;
import io.hydrant.localstack.bench.measure.MeasuredRun;
import io.hydrant.localstack.bench.measure.ProcessMeter;

/** The measured process: runs one case. */
public final class WarehouseCaseMain {

    private WarehouseCaseMain() {}

    /** Runs the case that the arguments describe ({@link WarehouseSettings}). */
    public static void main(String[] arguments) throws Exception {
        WarehouseSettings settings = WarehouseSettings.parse(arguments);
        FlightLines lines = FlightLines.read(settings.lines());
        MeasuredRun.runAndExit(settings.figures(), () -> run(settings, lines));
    }

    private static Measured run(WarehouseSettings settings, FlightLines lines) throws Exception {
        switch (settings.warehouseCase()) {
            case ICEBERG, ICEBERG_OWN -> {
                return new IcebergLoads(settings, lines).run();
            }
            case ICEBERG_HOUR -> Findings.write(settings, new HourOfCommits(settings, lines).run());
            case ICEBERG_COMMITS -> {
                try (CommitTarget target = new IcebergTables(settings.work())) {
                    Findings.write(settings, new CommitsByClock(settings, lines, target).run());
                }
            }
            case REDSHIFT_LOAD ->
                    Findings.write(settings, new LoadBesideCopy(settings, lines).run());
            case REDSHIFT_COMMITS -> {
                try (CommitTarget target = RedshiftTables.start()) {
                    Findings.write(settings, new CommitsByClock(settings, lines, target).run());
                }
            }
        }
        return Measured.ofHeap(ProcessMeter.heapAfterCollection());
    }
}
