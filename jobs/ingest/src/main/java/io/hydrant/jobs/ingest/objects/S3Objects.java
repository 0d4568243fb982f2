package io.hydrant.jobs.ingest.objects;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/** Objects of S3, of any region. */
final class S3Objects implements ObjectOpener {

    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int PRECONDITION_FAILED = 412;

    /** What S3 says of one object; other refusals are of whoever asks, and of all objects. */
    private static final Set<String> OF_THE_OBJECT = Set.of("AccessDenied", "InvalidObjectState");

    private final S3Client client;

    private S3Objects(S3Client client) {
        this.client = client;
    }

    static ObjectOpener.Factory factory(AwsClientConfig aws) {
        return () ->
                new S3Objects(
                        AwsClients.create(
                                S3Client.builder()
                                        .forcePathStyle(aws.endpoint() != null)
                                        .crossRegionAccessEnabled(aws.endpoint() == null),
                                aws));
    }

    @Override
    public InputStream open(ArrivedObject object) throws IOException {
        GetObjectRequest.Builder request =
                GetObjectRequest.builder().bucket(object.bucket()).key(object.key());
        if (!object.version().isEmpty()) {
            request.versionId(object.version());
        } else if (!object.etag().isEmpty()) {
            request.ifMatch('"' + object.etag() + '"');
        }
        try {
            return client.getObject(request.build());
        } catch (S3Exception e) {
            String problem = problem(e.statusCode(), code(e));
            if (problem != null) {
                throw new UnreadableObjectException(problem, e);
            }
            throw new IOException(object + " cannot be read: " + e.getMessage(), e);
        } catch (SdkException e) {
            throw new IOException(object + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Why an object cannot be read, or null where it is not the object's fault. */
    static String problem(int status, String code) {
        if (status == NOT_FOUND || status == METHOD_NOT_ALLOWED) {
            return "it is not there any more";
        }
        if (status == PRECONDITION_FAILED) {
            return "it was replaced, and the bucket keeps no versions";
        }
        return OF_THE_OBJECT.contains(code) ? "S3 refuses it: " + code : null;
    }

    private static String code(S3Exception e) {
        return e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
    }

    @Override
    public void close() {
        client.close();
    }
}
