package io.hydrant.localstack.bench.report;

import io.hydrant.localstack.bench.warehouse.WarehouseCase;

/**
 * One load of a table of Iceberg.
 *
 * @param warehouseCase what was run
 * @param rows rows that it loaded
 * @param cpuSeconds processor time of its process from submission to the end
 * @param jvmCpuSeconds that of the JVM's compilers and collectors; part of the whole
 * @param wallSeconds the time that took
 */
public record TableLoad(
        WarehouseCase warehouseCase,
        long rows,
        double cpuSeconds,
        double jvmCpuSeconds,
        double wallSeconds) {

    /** Processor time per million rows. */
    public double cpuPerMillion() {
        return cpuSeconds * 1e6 / rows;
    }

    double jvmCpuPerMillion() {
        return jvmCpuSeconds * 1e6 / rows;
    }
}
