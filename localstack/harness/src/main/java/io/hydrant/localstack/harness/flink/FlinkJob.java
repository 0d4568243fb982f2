package io.hydrant.localstack.harness.flink;

import java.util.Set;

/**
 * A job as the cluster lists it.
 *
 * @param id 32 hexadecimal digits
 * @param name its name
 * @param state Flink's name of its state, such as {@code RUNNING}
 */
public record FlinkJob(String id, String name, String state) {

    private static final Set<String> ENDED = Set.of("FINISHED", "FAILED", "CANCELED");

    /**
     * Whether it will not run again.
     *
     * @return true when it finished, failed or was cancelled for good
     */
    public boolean isOver() {
        return ENDED.contains(state);
    }
}
