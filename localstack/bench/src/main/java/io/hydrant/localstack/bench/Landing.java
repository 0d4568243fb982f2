package io.hydrant.localstack.bench;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;
import io.hydrant.delivery.conversion.columnar.ColumnarFooter;
import io.hydrant.delivery.format.Compression;
import io.hydrant.delivery.format.Decompression;
import io.hydrant.localstack.bench.cases.BenchCase;

import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/** The buckets that the cases write to, and what landed in them. */
final class Landing implements AutoCloseable {

    private static final String LEDGER = "_hydrant/";

    private final S3Client s3;

    /**
     * What a reader of a bucket finds.
     *
     * @param objects objects with records
     * @param bytes their size
     * @param lines records in them
     */
    record Content(long objects, long bytes, long lines) {}

    Landing(URI endpoint) {
        this.s3 =
                AwsClients.create(
                        S3Client.builder().forcePathStyle(true),
                        AwsClientConfig.forEndpoint(endpoint, "us-east-1", "anyone", "anything"));
    }

    void create(String bucket) {
        s3.createBucket(r -> r.bucket(bucket));
    }

    /** Reads everything, as a query engine would: what lies under an underscore is no data. */
    Content read(String bucket, BenchCase benchCase) throws IOException {
        long objects = 0;
        long bytes = 0;
        long lines = 0;
        for (S3Object object : list(bucket)) {
            if (object.key().startsWith(LEDGER)) {
                continue;
            }
            objects++;
            bytes += object.size();
            lines += records(bucket, object, benchCase);
        }
        return new Content(objects, bytes, lines);
    }

    /** What is told about each line of an object. */
    @FunctionalInterface
    interface LineVisitor {
        /** A line, with its end, and when its object appeared. */
        void line(byte[] content, int from, int to, Instant visible);
    }

    /** Shows every line of a bucket's objects, which are compressed with GZIP. */
    void eachLine(String bucket, LineVisitor visitor) throws IOException {
        for (S3Object object : list(bucket)) {
            if (object.key().startsWith(LEDGER)) {
                continue;
            }
            byte[] content;
            try (InputStream in = open(bucket, object, Compression.GZIP)) {
                content = in.readAllBytes();
            }
            int from = 0;
            for (int i = 0; i < content.length; i++) {
                if (content[i] == '\n') {
                    visitor.line(content, from, i, object.lastModified());
                    from = i + 1;
                }
            }
        }
    }

    void delete(String bucket) {
        for (S3Object object : list(bucket)) {
            s3.deleteObject(r -> r.bucket(bucket).key(object.key()));
        }
        s3.deleteBucket(r -> r.bucket(bucket));
    }

    @Override
    public void close() {
        s3.close();
    }

    private InputStream open(String bucket, S3Object object, Compression compression)
            throws IOException {
        byte[] body =
                s3.getObjectAsBytes(r -> r.bucket(bucket).key(object.key())).asByteArrayUnsafe();
        return Decompression.of(new ByteArrayInputStream(body), compression);
    }

    private long records(String bucket, S3Object object, BenchCase benchCase) throws IOException {
        try (InputStream in = open(bucket, object, benchCase.compression())) {
            return benchCase.isColumnar() ? ColumnarFooter.rows(in.readAllBytes()) : countLines(in);
        }
    }

    private List<S3Object> list(String bucket) {
        return s3.listObjectsV2Paginator(r -> r.bucket(bucket)).contents().stream().toList();
    }

    private static long countLines(InputStream in) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long lines = 0;
        for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
            for (int i = 0; i < got; i++) {
                if (buffer[i] == '\n') {
                    lines++;
                }
            }
        }
        return lines;
    }
}
