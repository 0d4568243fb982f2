package io.hydrant.s3.table;

import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.CheckpointConfig;
import org.apache.flink.streaming.api.operators.InputFormatOperatorFactory;
import org.apache.flink.streaming.api.transformations.LegacySourceTransformation;
import org.apache.flink.streaming.api.transformations.WithBoundedness;
import org.apache.flink.table.api.ValidationException;

/**
 * Says before a job runs that nothing would ever appear, or that it might appear twice: objects
 * become visible with checkpoints, or at the end of a query that has one.
 */
final class DurableOutput {

    private static final String INTERVAL = "SET 'execution.checkpointing.interval' = '10 s';";

    private DurableOutput() {}

    /**
     * Looks at what is upstream and at the settings of the job.
     *
     * @throws ValidationException with the statement that mends it
     */
    static void require(DataStream<?> rows) {
        CheckpointConfig checkpoints = rows.getExecutionEnvironment().getCheckpointConfig();
        if (!checkpoints.isCheckpointingEnabled()) {
            if (isEndless(rows)) {
                throw new ValidationException(
                        "Objects appear in S3 with every checkpoint, and this query makes none and"
                                + " has no end. Say how often: "
                                + INTERVAL);
            }
        } else if (checkpoints.getCheckpointingConsistencyMode()
                != CheckpointingMode.EXACTLY_ONCE) {
            throw new ValidationException(
                    "With execution.checkpointing.mode = AT_LEAST_ONCE rows would come to S3 more"
                            + " than once; say"
                            + " SET 'execution.checkpointing.mode' = 'EXACTLY_ONCE';");
        }
    }

    private static boolean isEndless(DataStream<?> rows) {
        return rows.getTransformation().getTransitivePredecessors().stream()
                .anyMatch(
                        step ->
                                step instanceof WithBoundedness source
                                        && source.getBoundedness()
                                                == Boundedness.CONTINUOUS_UNBOUNDED
                                        && !isInputFormat(step));
    }

    /** Rows of VALUES come by one; it ends, and Flink does not say so. */
    private static boolean isInputFormat(Transformation<?> step) {
        return step instanceof LegacySourceTransformation<?> source
                && source.getOperatorFactory() instanceof InputFormatOperatorFactory<?>;
    }
}
