package io.hydrant.localstack.bench.report;

import java.time.Instant;

/**
 * What was run where.
 *
 * @param machine where it ran
 * @param when when it began
 * @param jvmOptions options of each measured JVM
 * @param repeats runs of each case
 * @param logBytes size of the file that is read
 * @param records records that clients put as fast as they go
 * @param connections clients at a time
 * @param evenRecords records a second at the even pace
 * @param shards of the stream
 * @param agent jar of Kinesis Agent, or null where nobody named one
 */
public record IngestSetup(
        Machine machine,
        Instant when,
        String jvmOptions,
        int repeats,
        long logBytes,
        long records,
        int connections,
        int evenRecords,
        int shards,
        String agent) {}
