package io.hydrant.s3.store;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.StorageClass;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** S3, or what speaks its protocol, through the SDK's synchronous client. */
public final class S3ObjectStore implements ObjectStore {

    /** Metadata entry (x-amz-meta-hydrant-id) that says which delivery made an object. */
    static final String ID_METADATA = "hydrant-id";

    private static final Logger LOG = LoggerFactory.getLogger(S3ObjectStore.class);
    private static final String CONTENT_TYPE = "application/octet-stream";
    private static final int PRECONDITION_FAILED = 412;
    private static final int NOT_FOUND = 404;
    private static final int NOT_IMPLEMENTED = 501;

    private final S3Client client;
    private final ObjectAttributes attributes;
    private final ServerSideEncryption encryption;
    private final StorageClass storageClass;
    private final String tags;
    private volatile boolean hasConditionalPut = true;

    /** A store over a client that it takes over. */
    public S3ObjectStore(S3Client client, S3StoreConfig config) {
        this.client = client;
        this.attributes = config.attributes();
        this.encryption = encryption(attributes.encryption());
        this.storageClass =
                attributes.storageTier() == null
                        ? null
                        : StorageClass.fromValue(attributes.storageTier().name());
        this.tags = tags(attributes.tags());
    }

    /** Connects; an {@link ObjectStoreFactory}. */
    public static ObjectStore connect(AwsClientConfig aws, S3StoreConfig config) {
        boolean pathStyle =
                config.pathStyleAccess() == null
                        ? aws.endpoint() != null
                        : config.pathStyleAccess();
        return new S3ObjectStore(
                AwsClients.create(S3Client.builder().forcePathStyle(pathStyle), aws), config);
    }

    @Override
    public void checkBucket(String bucket) {
        client.headBucket(request -> request.bucket(bucket));
    }

    @Override
    public String createUpload(String bucket, String key, String id) {
        CreateMultipartUploadRequest.Builder request =
                CreateMultipartUploadRequest.builder()
                        .bucket(bucket)
                        .key(key)
                        .contentType(CONTENT_TYPE)
                        .metadata(Map.of(ID_METADATA, id))
                        .serverSideEncryption(encryption)
                        .ssekmsKeyId(attributes.kmsKeyArn())
                        .bucketKeyEnabled(attributes.bucketKey())
                        .storageClass(storageClass)
                        .tagging(tags);
        ObjectChecksum checksum = attributes.checksum();
        if (checksum != null) {
            request.checksumAlgorithm(checksum.algorithm()).checksumType(checksum.type());
        }
        return new UploadName(checksum, client.createMultipartUpload(request.build()).uploadId())
                .toString();
    }

    @Override
    public String uploadPart(
            String bucket,
            String key,
            String uploadId,
            int number,
            byte[] bytes,
            int offset,
            int length) {
        UploadName upload = UploadName.parse(uploadId);
        UploadPartRequest.Builder request =
                UploadPartRequest.builder()
                        .bucket(bucket)
                        .key(key)
                        .uploadId(upload.id())
                        .partNumber(number);
        if (upload.checksum() != null) {
            upload.checksum().addTo(request, bytes, offset, length);
        }
        return upload.part(client.uploadPart(request.build(), body(bytes, offset, length)));
    }

    @Override
    public void completeUpload(
            String bucket, String key, String uploadId, List<UploadedPart> parts) {
        UploadName upload = UploadName.parse(uploadId);
        List<CompletedPart> completed = parts.stream().map(upload::completed).toList();
        CompleteMultipartUploadRequest.Builder request =
                CompleteMultipartUploadRequest.builder()
                        .bucket(bucket)
                        .key(key)
                        .uploadId(upload.id())
                        .multipartUpload(whole -> whole.parts(completed));
        if (upload.checksum() != null) {
            request.checksumType(upload.checksum().type());
        }
        client.completeMultipartUpload(request.build());
    }

    @Override
    public void delete(String bucket, String key) {
        client.deleteObject(request -> request.bucket(bucket).key(key));
    }

    @Override
    public void abortUpload(String bucket, String key, String uploadId) {
        try {
            client.abortMultipartUpload(
                    request ->
                            request.bucket(bucket)
                                    .key(key)
                                    .uploadId(UploadName.parse(uploadId).id()));
        } catch (NoSuchUploadException e) {
            LOG.debug("Upload {} of s3://{}/{} is gone already", uploadId, bucket, key);
        }
    }

    @Override
    public boolean putIfAbsent(String bucket, String key, String id, byte[] bytes) {
        if (hasConditionalPut) {
            try {
                put(bucket, key, id, bytes, true);
                return true;
            } catch (S3Exception e) {
                if (e.statusCode() == PRECONDITION_FAILED) {
                    return false;
                }
                if (e.statusCode() != NOT_IMPLEMENTED) {
                    throw e;
                }
                LOG.warn(
                        "The store behind bucket {} does not know If-None-Match; each object costs one more request from now on.",
                        bucket);
                hasConditionalPut = false;
            }
        }
        // Two writers of one key at the same instant would both get here. A key holds the random
        // id of its object, so these would be two attempts at the same object, with the same bytes.
        if (head(bucket, key) != null) {
            return false;
        }
        put(bucket, key, id, bytes, false);
        return true;
    }

    private void put(String bucket, String key, String id, byte[] bytes, boolean onlyIfAbsent) {
        PutObjectRequest.Builder request =
                PutObjectRequest.builder()
                        .bucket(bucket)
                        .key(key)
                        .contentType(CONTENT_TYPE)
                        .metadata(Map.of(ID_METADATA, id))
                        .serverSideEncryption(encryption)
                        .ssekmsKeyId(attributes.kmsKeyArn())
                        .bucketKeyEnabled(attributes.bucketKey())
                        .storageClass(storageClass)
                        .tagging(tags);
        if (attributes.checksum() != null) {
            attributes.checksum().addTo(request, bytes);
        }
        if (onlyIfAbsent) {
            request.ifNoneMatch("*");
        }
        client.putObject(request.build(), body(bytes, 0, bytes.length));
    }

    @Override
    public StoredObject head(String bucket, String key) {
        try {
            HeadObjectResponse found =
                    client.headObject(request -> request.bucket(bucket).key(key));
            return new StoredObject(found.contentLength(), found.metadata().get(ID_METADATA));
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    @Override
    public InputStream get(String bucket, String key) {
        return client.getObject(request -> request.bucket(bucket).key(key));
    }

    @Override
    public ObjectPage list(String bucket, String prefix, String startAfter) {
        ListObjectsV2Response page =
                client.listObjectsV2(
                        request -> request.bucket(bucket).prefix(prefix).startAfter(startAfter));
        return new ObjectPage(
                page.contents().stream()
                        .map(
                                object ->
                                        new ListedObject(
                                                object.key(),
                                                object.size(),
                                                object.lastModified().toEpochMilli()))
                        .toList(),
                !page.isTruncated());
    }

    @Override
    public UploadPage uploads(String bucket, String prefix, ListedUpload startAfter) {
        ListMultipartUploadsRequest.Builder request =
                ListMultipartUploadsRequest.builder().bucket(bucket).prefix(prefix);
        if (startAfter != null) {
            request.keyMarker(startAfter.key()).uploadIdMarker(startAfter.uploadId());
        }
        ListMultipartUploadsResponse page = client.listMultipartUploads(request.build());
        return new UploadPage(
                page.uploads().stream()
                        .map(
                                upload ->
                                        new ListedUpload(
                                                upload.key(),
                                                upload.uploadId(),
                                                upload.initiated().toEpochMilli()))
                        .toList(),
                !page.isTruncated());
    }

    @Override
    public void close() {
        client.close();
    }

    private static ServerSideEncryption encryption(Encryption encryption) {
        return switch (encryption) {
            case BUCKET_DEFAULT -> null;
            case SSE_S3 -> ServerSideEncryption.AES256;
            case SSE_KMS -> ServerSideEncryption.AWS_KMS;
        };
    }

    /** As the header has them, sorted; null for none. */
    private static String tags(Map<String, String> tags) {
        return tags.isEmpty()
                ? null
                : tags.entrySet().stream()
                        .map(tag -> encoded(tag.getKey()) + '=' + encoded(tag.getValue()))
                        .sorted()
                        .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** A body over the array itself; the SDK's own fromBytes copies it. */
    private static RequestBody body(byte[] bytes, int offset, int length) {
        ContentStreamProvider provider = () -> new ByteArrayInputStream(bytes, offset, length);
        return RequestBody.fromContentProvider(provider, length, CONTENT_TYPE);
    }
}
