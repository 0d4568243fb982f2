package io.hydrant.kinesis.source;

/** When the shards that came from a split or a merge are read. */
public enum ShardOrder {
    /**
     * When all that their parents held has been read and is in a completed checkpoint: records of a
     * partition key keep their order over reshards. Until the job's first checkpoint has begun,
     * when nobody can tell whether there will be one, it is enough that the parents have been read;
     * the task that reads a child may then overtake the one that read the parent.
     */
    PARENTS_FIRST,
    /**
     * The same, and before the first checkpoint too: the order holds from the first record on. A
     * job without checkpoints reads no shard behind a split or a merge.
     */
    PARENTS_CHECKPOINTED,
    /**
     * As soon as they are found, beside their parents: no pause after a reshard, and a backlog is
     * read by more tasks at once, but records of a partition key keep their order only within one
     * shard.
     */
    NONE
}
