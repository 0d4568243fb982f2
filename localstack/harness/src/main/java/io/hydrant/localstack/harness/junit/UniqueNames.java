package io.hydrant.localstack.harness.junit;

import io.hydrant.localstack.harness.Conditions;

import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * Names that no other test uses, on a LocalStack that all tests of a build share.
 *
 * <p>A name that was handed out is also a promise to clean up: the stream or bucket of that name is
 * deleted after the test, whoever made it.
 */
public final class UniqueNames {

    private static final Duration STREAM_TIMEOUT = Duration.ofSeconds(60);
    private static final int LONGEST_HINT = 40;
    private static final int SUFFIX_LENGTH = 12;

    private final KinesisClient kinesis;
    private final S3Client s3;
    private final List<String> streams = new ArrayList<>();
    private final List<String> buckets = new ArrayList<>();

    UniqueNames(KinesisClient kinesis, S3Client s3) {
        this.kinesis = kinesis;
        this.s3 = s3;
    }

    /**
     * A name for a stream that the test makes itself, or wants to be missing.
     *
     * @param hint what it is for; becomes part of the name
     * @return a valid stream name
     */
    public synchronized String stream(String hint) {
        String name = unique(hint);
        streams.add(name);
        return name;
    }

    /**
     * A name for a bucket that the test makes itself, or wants to be missing.
     *
     * @param hint what it is for; becomes part of the name
     * @return a valid bucket name
     */
    public synchronized String bucket(String hint) {
        String name = unique(hint);
        buckets.add(name);
        return name;
    }

    /**
     * Makes a stream and waits until it is active.
     *
     * @param hint what it is for; becomes part of the name
     * @param shards its number of shards
     * @return its name
     */
    public String newStream(String hint, int shards) {
        String name = stream(hint);
        kinesis.createStream(request -> request.streamName(name).shardCount(shards));
        awaitActive(name);
        return name;
    }

    /**
     * Waits until a stream is active, as after a split, a merge or a change of its mode.
     *
     * @param stream its name
     */
    public void awaitActive(String stream) {
        Conditions.until(
                STREAM_TIMEOUT,
                "the stream " + stream + " to be active",
                () ->
                        kinesis.describeStreamSummary(request -> request.streamName(stream))
                                        .streamDescriptionSummary()
                                        .streamStatus()
                                == StreamStatus.ACTIVE);
    }

    /**
     * Makes a bucket.
     *
     * @param hint what it is for; becomes part of the name
     * @return its name
     */
    public String newBucket(String hint) {
        String name = bucket(hint);
        s3.createBucket(request -> request.bucket(name));
        return name;
    }

    synchronized void deleteAll() {
        RuntimeException failure = null;
        for (String stream : streams) {
            failure = attempt(() -> deleteStream(stream), failure);
        }
        for (String bucket : buckets) {
            failure = attempt(() -> deleteBucket(bucket), failure);
        }
        streams.clear();
        buckets.clear();
        if (failure != null) {
            throw failure;
        }
    }

    private static RuntimeException attempt(Runnable deletion, RuntimeException earlier) {
        try {
            deletion.run();
            return earlier;
        } catch (RuntimeException e) {
            if (earlier == null) {
                return e;
            }
            earlier.addSuppressed(e);
            return earlier;
        }
    }

    private void deleteStream(String stream) {
        try {
            kinesis.deleteStream(
                    request -> request.streamName(stream).enforceConsumerDeletion(true));
        } catch (software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException ignored) {
            // The test never made it, or deleted it.
        }
    }

    private void deleteBucket(String bucket) {
        try {
            s3.listObjectsV2Paginator(request -> request.bucket(bucket)).stream()
                    .filter(page -> page.hasContents())
                    .forEach(
                            page -> {
                                List<ObjectIdentifier> keys =
                                        page.contents().stream()
                                                .map(o -> identifier(o.key()))
                                                .toList();
                                s3.deleteObjects(
                                        request ->
                                                request.bucket(bucket)
                                                        .delete(
                                                                Delete.builder()
                                                                        .objects(keys)
                                                                        .quiet(true)
                                                                        .build()));
                            });
            s3.listMultipartUploadsPaginator(request -> request.bucket(bucket)).uploads().stream()
                    .forEach(
                            upload ->
                                    s3.abortMultipartUpload(
                                            request ->
                                                    request.bucket(bucket)
                                                            .key(upload.key())
                                                            .uploadId(upload.uploadId())));
            s3.deleteBucket(request -> request.bucket(bucket));
        } catch (NoSuchBucketException ignored) {
            // The test never made it, or deleted it.
        }
    }

    private static ObjectIdentifier identifier(String key) {
        return ObjectIdentifier.builder().key(key).build();
    }

    /** Valid for buckets and streams alike: small letters, digits and hyphens, below 64 of them. */
    static String unique(String hint) {
        String clean = hint.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String part = clean.substring(0, Math.min(LONGEST_HINT, clean.length()));
        String suffix = UUID.randomUUID().toString().replace("-", "").substring(0, SUFFIX_LENGTH);
        return "t-" + part + "-" + suffix;
    }
}
