package io.hydrant.kinesis.source.enumerator;

/** How far a shard has come, as checkpoints hold it. The numbers are part of the state's format. */
public enum ShardStatus {
    /** No reader has it: its parents are not through, or nobody took it yet. */
    WAITING(0),
    /** A reader has it. */
    ASSIGNED(1),
    /** It was read to its end. */
    FINISHED(2);

    private final int code;

    ShardStatus(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static ShardStatus ofCode(int code) {
        for (ShardStatus status : values()) {
            if (status.code == code) {
                return status;
            }
        }
        throw new IllegalArgumentException("No status of a shard has the code " + code);
    }
}
