package io.hydrant.launcher.deploy;

import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

import java.io.IOException;
import java.nio.file.Files;
import java.util.function.Consumer;

/** Lays what a job consists of into its bucket, where it is not there yet. */
final class ArtifactUpload {

    private static final int NOT_FOUND = 404;

    private final S3Client s3;
    private final Consumer<String> lines;

    /**
     * Into the buckets of an account.
     *
     * @param lines is told what is done
     */
    ArtifactUpload(S3Client s3, Consumer<String> lines) {
        this.s3 = s3;
        this.lines = lines;
    }

    /**
     * Lays both there.
     *
     * @throws IOException if the bucket is not there; it is not made, for it outlives the stacks
     */
    void lay(JobArtifacts artifacts) throws IOException {
        try {
            lay(artifacts.bucket(), artifacts.jar());
            lay(artifacts.bucket(), artifacts.config());
        } catch (NoSuchBucketException e) {
            throw new IOException(
                    "--artifacts: there is no bucket "
                            + artifacts.bucket()
                            + "; make it first: aws s3 mb s3://"
                            + artifacts.bucket(),
                    e);
        }
    }

    private void lay(String bucket, JobArtifacts.Artifact artifact) throws IOException {
        String place = "s3://" + bucket + '/' + artifact.key();
        if (isThere(bucket, artifact.key())) {
            lines.accept(place + " is there");
            return;
        }
        lines.accept("laying " + Files.size(artifact.file()) + " bytes into " + place + " …");
        s3.putObject(
                request -> request.bucket(bucket).key(artifact.key()),
                RequestBody.fromFile(artifact.file()));
    }

    private boolean isThere(String bucket, String key) {
        try {
            s3.headObject(request -> request.bucket(bucket).key(key));
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }
}
