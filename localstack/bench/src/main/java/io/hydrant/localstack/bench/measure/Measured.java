package io.hydrant.localstack.bench.measure;

/**
 * What a case tells about its run, beyond what is read from the process.
 *
 * @param startMillis when it was started, 0 where that is not asked
 * @param firstReadMillis when it took the first record, 0 where the fakes know
 * @param warmMillis when the records were read or made that only warm the JVM up, 0 without such
 * @param warmRecords how many those were
 * @param lastWriteMillis when it was done with the last one, 0 where the fakes know
 * @param records records that it counted, 0 where they are counted elsewhere
 * @param heapBytes heap in use after a collection while it held what it holds
 * @param checkpointBytes size of the last checkpoint
 * @param checkpointMillis how long the last checkpoint took
 * @param outputBytes bytes after compression, 0 where the store knows
 */
public record Measured(
        long startMillis,
        long firstReadMillis,
        long warmMillis,
        long warmRecords,
        long lastWriteMillis,
        long records,
        long heapBytes,
        long checkpointBytes,
        long checkpointMillis,
        long outputBytes) {

    /** A run of which only the heap is known. */
    public static Measured ofHeap(long heapBytes) {
        return new Measured(0, 0, 0, 0, 0, 0, heapBytes, 0, 0, 0);
    }
}
