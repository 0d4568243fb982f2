package io.hydrant.localstack.bench.warehouse;

/**
 * A load of staged files and the same files by a COPY alone.
 *
 * @param rows rows of it
 * @param files files of it
 * @param bytes bytes in them
 * @param loadSeconds from the first statement to the moment when a query sees the rows
 * @param loadCpuSeconds processor time of all of that, the warehouse's own included
 * @param copySeconds the same of the COPY alone
 * @param copyCpuSeconds the same of the COPY alone
 */
public record LoadFigures(
        long rows,
        int files,
        long bytes,
        double loadSeconds,
        double loadCpuSeconds,
        double copySeconds,
        double copyCpuSeconds) {}
