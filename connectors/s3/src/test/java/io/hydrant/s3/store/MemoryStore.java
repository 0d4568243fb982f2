package io.hydrant.s3.store;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32;

/**
 * A store in memory that is as strict as S3: parts of at least 5 MiB but for the last, uploads that
 * are gone once completed, tags that have to fit, no key under a bucket that is not there. Survives
 * being closed, as S3 does.
 */
public class MemoryStore implements ObjectStore {

    private static final int SMALLEST_PART = 5 * 1024 * 1024;
    private static final int PAGE = 100;

    private record Content(byte[] bytes, String id) {}

    private record Part(byte[] bytes, String etag) {}

    private record Upload(String bucket, String key, String id, TreeMap<Integer, Part> parts) {}

    private final Set<String> buckets = new TreeSet<>();
    private final TreeMap<String, Content> objects = new TreeMap<>();
    private final Map<String, Upload> uploads = new HashMap<>();
    private int uploadsBegun;
    private long puts;
    private long partsUploaded;
    private long repetitions;

    private boolean closed;

    /** A store with those buckets. */
    public MemoryStore(String... buckets) {
        this.buckets.addAll(List.of(buckets));
    }

    @Override
    public synchronized void checkBucket(String bucket) {
        if (!buckets.contains(bucket)) {
            // HeadBucket has no body, so no code either.
            throw S3Exception.builder().statusCode(404).message("Not Found").build();
        }
    }

    private void requireBucket(String bucket) {
        if (!buckets.contains(bucket)) {
            throw failure(404, "NoSuchBucket");
        }
    }

    @Override
    public synchronized String createUpload(String bucket, String key, String id) {
        requireBucket(bucket);
        String uploadId = "upload-" + ++uploadsBegun;
        uploads.put(uploadId, new Upload(bucket, key, id, new TreeMap<>()));
        return uploadId;
    }

    @Override
    public synchronized String uploadPart(
            String bucket,
            String key,
            String uploadId,
            int number,
            byte[] bytes,
            int offset,
            int length) {
        Upload upload = upload(bucket, key, uploadId);
        if (number < 1 || number > UploadedPart.MAX_NUMBER) {
            throw failure(400, "InvalidArgument");
        }
        byte[] content = Arrays.copyOfRange(bytes, offset, offset + length);
        CRC32 sum = new CRC32();
        sum.update(content);
        String etag = '"' + Long.toHexString(sum.getValue()) + '"';
        upload.parts.put(number, new Part(content, etag));
        partsUploaded++;
        return etag;
    }

    @Override
    public synchronized void completeUpload(
            String bucket, String key, String uploadId, List<UploadedPart> parts) {
        Upload upload = upload(bucket, key, uploadId);
        if (parts.isEmpty()) {
            throw failure(400, "MalformedXML");
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        int last = 0;
        for (int i = 0; i < parts.size(); i++) {
            UploadedPart named = parts.get(i);
            Part part = upload.parts.get(named.number());
            if (part == null || !part.etag.equals(named.etag())) {
                throw failure(400, "InvalidPart");
            }
            if (named.number() <= last) {
                throw failure(400, "InvalidPartOrder");
            }
            if (part.bytes.length < SMALLEST_PART && i < parts.size() - 1) {
                throw failure(400, "EntityTooSmall");
            }
            last = named.number();
            whole.writeBytes(part.bytes);
        }
        objects.put(path(bucket, key), new Content(whole.toByteArray(), upload.id));
        uploads.remove(uploadId);
    }

    @Override
    public synchronized void abortUpload(String bucket, String key, String uploadId) {
        requireBucket(bucket);
        uploads.remove(uploadId);
    }

    @Override
    public synchronized void delete(String bucket, String key) {
        requireBucket(bucket);
        objects.remove(path(bucket, key));
    }

    @Override
    public synchronized boolean putIfAbsent(String bucket, String key, String id, byte[] bytes) {
        requireBucket(bucket);
        puts++;
        if (objects.containsKey(path(bucket, key))) {
            repetitions++;
            return false;
        }
        objects.put(path(bucket, key), new Content(bytes.clone(), id));
        return true;
    }

    @Override
    public synchronized StoredObject head(String bucket, String key) {
        Content content = objects.get(path(bucket, key));
        return content == null ? null : new StoredObject(content.bytes.length, content.id);
    }

    @Override
    public synchronized InputStream get(String bucket, String key) {
        Content content = objects.get(path(bucket, key));
        if (content == null) {
            throw NoSuchKeyException.builder().statusCode(404).message("NoSuchKey").build();
        }
        return new TrickleStream(content.bytes);
    }

    @Override
    public synchronized ObjectPage list(String bucket, String prefix, String startAfter) {
        requireBucket(bucket);
        String root = bucket + '/';
        List<ListedObject> found =
                objects.entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith(root + prefix))
                        .map(
                                entry ->
                                        new ListedObject(
                                                entry.getKey().substring(root.length()),
                                                entry.getValue().bytes.length,
                                                0))
                        .filter(
                                object ->
                                        startAfter == null
                                                || object.key().compareTo(startAfter) > 0)
                        .limit(PAGE + 1L)
                        .toList();
        boolean isLast = found.size() <= PAGE;
        return new ObjectPage(isLast ? found : found.subList(0, PAGE), isLast);
    }

    @Override
    public synchronized UploadPage uploads(String bucket, String prefix, ListedUpload startAfter) {
        requireBucket(bucket);
        return new UploadPage(
                uploads.entrySet().stream()
                        .filter(entry -> entry.getValue().bucket.equals(bucket))
                        .filter(entry -> entry.getValue().key.startsWith(prefix))
                        .map(entry -> new ListedUpload(entry.getValue().key, entry.getKey(), 0))
                        .sorted(Comparator.comparing(ListedUpload::key))
                        .toList(),
                true);
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    /** Whether somebody closed it, which keeps nobody else from using it. */
    public synchronized boolean isClosed() {
        return closed;
    }

    /** Throws every upload away, as a lifecycle rule does. */
    public synchronized void expireUploads() {
        uploads.clear();
    }

    /** Uploads begun so far. */
    public synchronized int uploadsBegun() {
        return uploadsBegun;
    }

    /** Objects written in one piece so far, those that were there already included. */
    public synchronized long puts() {
        return puts;
    }

    /** Parts uploaded so far. */
    public synchronized long partsUploaded() {
        return partsUploaded;
    }

    /** Attempts to make an object that was there already. */
    public synchronized long repetitions() {
        return repetitions;
    }

    /** Uploads that were begun, and not completed. */
    public synchronized int unfinishedUploads() {
        return uploads.size();
    }

    /** Keys of a bucket under a prefix. */
    public synchronized List<String> keys(String bucket, String prefix) {
        String root = bucket + '/';
        return objects.keySet().stream()
                .filter(path -> path.startsWith(root + prefix))
                .map(path -> path.substring(root.length()))
                .toList();
    }

    /** Content of an object. */
    public synchronized byte[] content(String bucket, String key) {
        return objects.get(path(bucket, key)).bytes;
    }

    private Upload upload(String bucket, String key, String uploadId) {
        requireBucket(bucket);
        Upload upload = uploads.get(uploadId);
        if (upload == null && objects.containsKey(path(bucket, key))) {
            repetitions++;
        }
        if (upload == null || !upload.bucket.equals(bucket) || !upload.key.equals(key)) {
            throw NoSuchUploadException.builder()
                    .statusCode(404)
                    .awsErrorDetails(AwsErrorDetails.builder().errorCode("NoSuchUpload").build())
                    .build();
        }
        return upload;
    }

    /** An error as the SDK gives it. */
    public static S3Exception failure(int status, String code) {
        return (S3Exception)
                S3Exception.builder()
                        .statusCode(status)
                        .message(code)
                        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                        .build();
    }

    /** As a slow network: gives a byte at a time and never knows of the next one. */
    private static final class TrickleStream extends ByteArrayInputStream {

        private TrickleStream(byte[] bytes) {
            super(bytes);
        }

        @Override
        public synchronized int read(byte[] buffer, int offset, int length) {
            return super.read(buffer, offset, Math.min(1, length));
        }

        @Override
        public synchronized int available() {
            return 0;
        }
    }

    private static String path(String bucket, String key) {
        return bucket + '/' + key;
    }
}
