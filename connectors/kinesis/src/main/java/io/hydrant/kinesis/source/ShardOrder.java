package io.hydrant.kinesis.source;

/** When the shards that came from a split or a merge are read. */
public enum ShardOrder {
    /**
     * When all that their parents held has been read and is in a completed checkpoint: records of a
     * partition key keep their order over reshards.
     */
    PARENTS_FIRST,
    /**
     * As soon as they are found, beside their parents: no pause after a reshard, and a backlog is
     * read by more tasks at once, but records of a partition key keep their order only within one
     * shard.
     */
    NONE
}
