package io.hydrant.kinesis.source;

/** How shards are read, named as Flink's official connector names it. */
public enum ReaderType {
    /** By asking again and again, sharing two megabytes a second and shard with other readers. */
    POLLING,
    /** By enhanced fan-out: the stream pushes, at two megabytes a second, shard and consumer. */
    EFO
}
