package io.hydrant.kinesis.sink;

/**
 * How far putting has come.
 *
 * @param records user records that the stream has taken
 * @param bytes their payloads and partition keys, in bytes
 * @param calls {@code PutRecords} calls, failed ones included
 * @param kinesisRecords records that the stream has taken; fewer than user records when they are
 *     aggregated
 * @param retriedRecords user records that were put again, each time counted
 * @param throttledRecords user records that failed because a shard had too much to do, each time
 *     counted
 * @param pendingRecords user records that were given but not taken yet
 * @param pendingBytes the bytes of those
 */
public record PutStats(
        long records,
        long bytes,
        long calls,
        long kinesisRecords,
        long retriedRecords,
        long throttledRecords,
        int pendingRecords,
        long pendingBytes) {}
