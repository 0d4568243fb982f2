package io.hydrant.kinesis.source;

/** Who registers the consumer of enhanced fan-out, named as Flink's official connector names it. */
public enum ConsumerLifecycle {
    /** The job: registers it when it starts, or takes it over, and deregisters it when it ends. */
    JOB_MANAGED,
    /** Somebody else, before the job starts; the job leaves it as it is. */
    SELF_MANAGED
}
