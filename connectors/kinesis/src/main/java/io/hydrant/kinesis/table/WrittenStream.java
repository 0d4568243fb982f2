package io.hydrant.kinesis.table;

import io.hydrant.kinesis.sink.KinesisSink;
import io.hydrant.kinesis.stream.StreamArn;

/**
 * The stream that a table writes to, by one of both.
 *
 * @param arn its ARN, or null
 * @param name its name, or null
 */
record WrittenStream(StreamArn arn, String name) {

    /** Tells a sink. */
    <T> KinesisSink.Builder<T> into(KinesisSink.Builder<T> sink) {
        return arn != null ? sink.stream(arn) : sink.streamName(name);
    }
}
