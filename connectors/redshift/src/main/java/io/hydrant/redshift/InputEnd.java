package io.hydrant.redshift;

import java.io.IOException;

/**
 * The end of a task's input, which other tasks may reach much later.
 *
 * <p>Who comes last waits for the warehouse, no other: a task that waits completes no checkpoint,
 * and the others need some.
 */
final class InputEnd {

    private final LoadQueue queue;
    private final LoadMode mode;
    private final String job;
    private final int task;
    private final int tasks;

    InputEnd(LoadQueue queue, LoadMode mode, String job, int task, int tasks) {
        this.queue = queue;
        this.mode = mode;
        // A table is replaced once, also where another job goes on from a savepoint.
        this.job = mode == LoadMode.REPLACE ? LoadQueue.ANY_JOB : job;
        this.task = task;
        this.tasks = tasks;
    }

    /** Notes the end of this task; again where a commit is repeated. */
    void note() throws IOException, InterruptedException {
        queue.end(job, task, tasks);
    }

    /** Whether it was the last one. */
    boolean isOfAll() throws IOException, InterruptedException {
        return queue.isEnded(job);
    }

    /** All is loaded. */
    void forget() throws IOException, InterruptedException {
        if (mode == LoadMode.APPEND) {
            queue.forgetEnd(job);
        }
    }
}
