package io.hydrant.localstack.bench.report;

/**
 * What it costs to keep objects open.
 *
 * @param openObjects objects open when the checkpoint was taken
 * @param records records that were in the corridor by then
 * @param checkpointBytes size of that checkpoint
 * @param checkpointMillis how long it took
 * @param heapBytes heap in use after a collection
 * @param peakResidentBytes largest resident set, or -1
 */
public record StateResult(
        int openObjects,
        long records,
        long checkpointBytes,
        long checkpointMillis,
        long heapBytes,
        long peakResidentBytes) {}
