package io.hydrant.localstack.bench.report;

/**
 * What it takes to follow files that do not grow.
 *
 * @param files how many there were
 * @param bytes of all of them
 * @param heapBytes heap in use behind a collection, when all had been read
 * @param residentBytes largest resident set, negative where it is not known
 * @param idleCores cores in use while nothing happened
 * @param checkpointBytes size of a checkpoint
 * @param checkpointMillis time that it took
 */
public record FilesResult(
        int files,
        long bytes,
        long heapBytes,
        long residentBytes,
        double idleCores,
        long checkpointBytes,
        long checkpointMillis) {}
