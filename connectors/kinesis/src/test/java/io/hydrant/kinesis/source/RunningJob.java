package io.hydrant.kinesis.source;

import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointException;
import org.apache.flink.runtime.checkpoint.CheckpointFailureReason;
import org.apache.flink.util.ExceptionUtils;

import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A job under test.
 *
 * @param client the way to it
 */
record RunningJob(JobClient client) {

    /** Waits; where the job fails meanwhile, with its failure. */
    void await(BooleanSupplier condition) throws Exception {
        while (!condition.getAsBoolean()) {
            if (status() == JobStatus.FAILED) {
                result();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }

    JobStatus status() {
        try {
            return client.getJobStatus().get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Takes a savepoint.
     *
     * @return where it is
     */
    String savepoint(Path folder) throws Exception {
        while (true) {
            try {
                return client.triggerSavepoint(
                                folder.toUri().toString(), SavepointFormatType.CANONICAL)
                        .get();
            } catch (ExecutionException e) {
                if (!isStarting(e)) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
            }
        }
    }

    /** One task may be at work before another one runs. */
    private static boolean isStarting(ExecutionException refused) {
        return ExceptionUtils.findThrowable(refused, CheckpointException.class)
                .map(CheckpointException::getCheckpointFailureReason)
                .filter(CheckpointFailureReason.NOT_ALL_REQUIRED_TASKS_RUNNING::equals)
                .isPresent();
    }

    /** What came of it; throws its failure. */
    JobExecutionResult result() throws Exception {
        return client.getJobExecutionResult().get();
    }

    /** Cancels it unless it has ended. */
    void end() throws Exception {
        if (!client.getJobStatus().get().isGloballyTerminalState()) {
            client.cancel().get();
        }
    }

    /** Cancels it, and waits until it is. */
    void cancel() throws Exception {
        client.cancel().get();
        await(() -> status() == JobStatus.CANCELED);
    }
}
