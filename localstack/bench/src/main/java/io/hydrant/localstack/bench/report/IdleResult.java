package io.hydrant.localstack.bench.report;

import io.hydrant.localstack.bench.stream.StreamCase;

/**
 * What a reader does at the end of a stream that nobody writes to.
 *
 * @param streamCase who read
 * @param shards of the stream
 * @param calls GetRecords calls, refused ones included
 * @param seconds time from the first of them to the last
 * @param refused calls that were more than five in any second for a shard
 * @param cpuPerSecond processor time of its process in a second
 */
public record IdleResult(
        StreamCase streamCase,
        int shards,
        long calls,
        double seconds,
        long refused,
        double cpuPerSecond) {

    double callsPerSecondAndShard() {
        return calls / seconds / shards;
    }
}
