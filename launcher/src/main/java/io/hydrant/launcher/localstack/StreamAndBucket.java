package io.hydrant.launcher.localstack;

import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.localstack.harness.LocalStackClients;

import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;

import java.io.IOException;

/** A stream and a bucket that a command makes for itself; they go when it ends. */
public final class StreamAndBucket implements AutoCloseable {

    private static final int SHARDS = 2;

    private final KinesisClient kinesis;
    private final S3Client s3;
    private final String stream;
    private final String bucket;

    private StreamAndBucket(KinesisClient kinesis, S3Client s3, String stream, String bucket) {
        this.kinesis = kinesis;
        this.s3 = s3;
        this.stream = stream;
        this.bucket = bucket;
    }

    /**
     * Makes them.
     *
     * @throws IOException if there is such a stream or bucket already, which is not to be touched
     */
    public static StreamAndBucket create(LocalStack localStack, String stream, String bucket)
            throws IOException {
        KinesisClient kinesis = LocalStackClients.kinesis(localStack);
        S3Client s3 = LocalStackClients.s3(localStack);
        boolean made = false;
        try {
            kinesis.createStream(request -> request.streamName(stream).shardCount(SHARDS));
            kinesis.waiter().waitUntilStreamExists(request -> request.streamName(stream));
            if (s3.listBuckets().buckets().stream().anyMatch(b -> b.name().equals(bucket))) {
                throw taken("bucket " + bucket, localStack, null);
            }
            s3.createBucket(request -> request.bucket(bucket));
            made = true;
            return new StreamAndBucket(kinesis, s3, stream, bucket);
        } catch (ResourceInUseException e) {
            throw taken("stream " + stream, localStack, e);
        } catch (BucketAlreadyOwnedByYouException e) {
            throw taken("bucket " + bucket, localStack, e);
        } finally {
            if (!made) {
                s3.close();
                kinesis.close();
            }
        }
    }

    private static IOException taken(String what, LocalStack localStack, Exception cause) {
        return new IOException(
                "There is a "
                        + what
                        + " at "
                        + localStack.endpoint()
                        + " already, perhaps of another run. Delete it, or unset"
                        + " HYDRANT_LOCALSTACK_ENDPOINT to have a LocalStack started for this command alone",
                cause);
    }

    @Override
    public void close() {
        try (s3;
                kinesis) {
            try {
                kinesis.deleteStream(request -> request.streamName(stream));
            } finally {
                BucketRemoval.remove(s3, bucket);
            }
        }
    }
}
