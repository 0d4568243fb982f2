package io.hydrant.localstack.bench.cases;

/**
 * What a case tells about its run, beyond what is read from the process.
 *
 * @param firstReadMillis when it took the first record, 0 where the fakes know
 * @param lastWriteMillis when it was done with the last one, 0 where the fakes know
 * @param heapBytes heap in use after a collection while it held what it holds
 * @param checkpointBytes size of the last checkpoint
 * @param checkpointMillis how long the last checkpoint took
 * @param outputBytes bytes after compression, 0 where the store knows
 */
record Measured(
        long firstReadMillis,
        long lastWriteMillis,
        long heapBytes,
        long checkpointBytes,
        long checkpointMillis,
        long outputBytes) {}
