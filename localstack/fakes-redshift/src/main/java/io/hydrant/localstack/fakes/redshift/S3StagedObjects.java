package io.hydrant.localstack.fakes.redshift;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.io.InputStream;
import java.net.URI;
import java.util.List;

/** The objects of an S3 endpoint for development; closes its client. */
public final class S3StagedObjects implements StagedObjects, AutoCloseable {

    private final S3Client client;

    private S3StagedObjects(S3Client client) {
        this.client = client;
    }

    /** Objects behind an endpoint that takes any credentials, such as LocalStack's. */
    public static S3StagedObjects at(URI endpoint) {
        return new S3StagedObjects(
                S3Client.builder()
                        .endpointOverride(endpoint)
                        .region(Region.US_EAST_1)
                        .forcePathStyle(true)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create("test", "test")))
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .build());
    }

    @Override
    public InputStream open(String bucket, String key) throws UnreadableObjectException {
        try {
            return client.getObject(request -> request.bucket(bucket).key(key));
        } catch (NoSuchKeyException e) {
            return null;
        } catch (SdkException e) {
            throw UnreadableObjectException.of(e);
        }
    }

    @Override
    public List<String> keys(String bucket, String prefix) throws UnreadableObjectException {
        try {
            return client
                    .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix))
                    .contents()
                    .stream()
                    .map(S3Object::key)
                    .toList();
        } catch (SdkException e) {
            throw UnreadableObjectException.of(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
