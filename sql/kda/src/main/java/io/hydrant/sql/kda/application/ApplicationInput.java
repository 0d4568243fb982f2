package io.hydrant.sql.kda.application;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where records come from and what they become.
 *
 * @param namePrefix what the in-application streams' names begin with
 * @param schema the columns
 * @param source the Kinesis stream; null in the schema of a test, which reads files
 * @param processor ARN of the Lambda function that records go through first, or null
 * @param parallelism how many in-application streams share the records
 * @param startingPosition NOW, TRIM_HORIZON or LAST_STOPPED_POINT; null where nothing says it
 */
public record ApplicationInput(
        String namePrefix,
        RecordSchema schema,
        Resource source,
        String processor,
        int parallelism,
        String startingPosition)
        implements Serializable {

    /** The names of the in-application streams: {@code <prefix>_001} and so on. */
    public List<String> streamNames() {
        return IntStream.rangeClosed(1, parallelism)
                .mapToObj(number -> String.format("%s_%03d", namePrefix, number))
                .toList();
    }
}
