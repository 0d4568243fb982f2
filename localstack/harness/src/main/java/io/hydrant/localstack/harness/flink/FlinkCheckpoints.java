package io.hydrant.localstack.harness.flink;

/**
 * How the checkpoints of a job go.
 *
 * @param completed how many completed since the job was submitted, savepoints included
 * @param failed how many failed
 * @param inProgress how many are under way
 * @param restored how often tasks started from one; tasks that no data connects count each
 */
public record FlinkCheckpoints(long completed, long failed, long inProgress, long restored) {}
