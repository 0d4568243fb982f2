package io.hydrant.launcher.replay;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.kinesis.sink.Aggregation;
import io.hydrant.kinesis.sink.BatchPutter;
import io.hydrant.kinesis.sink.SdkPutApi;
import io.hydrant.kinesis.stream.KinesisClients;
import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.localstack.harness.Conditions;

import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

import java.io.IOException;
import java.time.Duration;

/** Opens the way into a stream, and makes the stream first where that is asked for. */
public final class StreamPutters {

    private static final Duration ACTIVE_TIMEOUT = Duration.ofMinutes(2);

    /** LocalStack's Kinesis does about 1 MB/s; larger batches would only make its answers late. */
    private static final int BATCH_BYTES = 512 * 1024;

    private static final int PENDING_BYTES = 4 * BATCH_BYTES;
    private static final int CALLS_AT_ONCE = 2;

    private StreamPutters() {}

    /**
     * Opens a putter that aggregates as the Kinesis Producer Library does by default.
     *
     * @param config where the stream is
     * @param stream its name
     * @param shards how many shards it gets if it does not exist; 0 to have it exist
     * @return a putter, which the caller closes
     * @throws IOException if the stream does not exist or does not become active
     */
    public static BatchPutter open(AwsClientConfig config, String stream, int shards)
            throws IOException {
        StreamArn arn;
        try (KinesisClient kinesis = KinesisClients.withRetries(config)) {
            arn = StreamArn.parse(activeStream(kinesis, stream, shards).streamARN());
        }
        return BatchPutter.builder(SdkPutApi.factory(config, arn).open(), arn)
                .aggregate(Aggregation.DEFAULT)
                .maxBatchBytes(BATCH_BYTES)
                .maxPendingBytes(PENDING_BYTES)
                .maxInFlight(CALLS_AT_ONCE)
                .build();
    }

    private static StreamDescriptionSummary activeStream(
            KinesisClient kinesis, String stream, int shards) throws IOException {
        StreamDescriptionSummary summary;
        try {
            summary = describe(kinesis, stream);
        } catch (ResourceNotFoundException missing) {
            if (shards == 0) {
                throw new IOException(
                        "The stream " + stream + " does not exist; --shards 2 would make it",
                        missing);
            }
            kinesis.createStream(request -> request.streamName(stream).shardCount(shards));
            summary = describe(kinesis, stream);
        }
        boolean active =
                Conditions.comeTrue(
                        ACTIVE_TIMEOUT,
                        () -> describe(kinesis, stream).streamStatus() == StreamStatus.ACTIVE);
        if (!active) {
            throw new IOException(
                    "The stream "
                            + stream
                            + " is still "
                            + describe(kinesis, stream).streamStatusAsString()
                            + " after "
                            + ACTIVE_TIMEOUT.toMinutes()
                            + " minutes");
        }
        return summary;
    }

    private static StreamDescriptionSummary describe(KinesisClient kinesis, String stream) {
        return kinesis.describeStreamSummary(request -> request.streamName(stream))
                .streamDescriptionSummary();
    }
}
