package io.hydrant.launcher.localstack;

import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Removes a bucket with all that is in it. What a job had under way when it was killed may still
 * come while the bucket is emptied; then it is emptied again.
 */
final class BucketRemoval {

    private static final int ATTEMPTS = 5;
    private static final int CONFLICT = 409;

    private BucketRemoval() {}

    /**
     * Removes a bucket; nothing is done where there is none.
     *
     * @throws S3Exception if it cannot be removed
     */
    static void remove(S3Client s3, String bucket) {
        boolean removed = false;
        for (int attempt = 1; !removed; attempt++) {
            removed = isRemoved(s3, bucket, attempt == ATTEMPTS);
        }
    }

    private static boolean isRemoved(S3Client s3, String bucket, boolean isLast) {
        try {
            s3.listObjectsV2Paginator(ListObjectsV2Request.builder().bucket(bucket).build())
                    .contents()
                    .forEach(
                            object ->
                                    s3.deleteObject(
                                            request -> request.bucket(bucket).key(object.key())));
            s3.deleteBucket(request -> request.bucket(bucket));
            return true;
        } catch (NoSuchBucketException e) {
            return true;
        } catch (S3Exception e) {
            if (isLast || e.statusCode() != CONFLICT) {
                throw e;
            }
            return false;
        }
    }
}
