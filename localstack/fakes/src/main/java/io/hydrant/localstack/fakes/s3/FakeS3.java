package io.hydrant.localstack.fakes.s3;

import io.hydrant.localstack.fakes.http.FakeServer;
import io.hydrant.localstack.fakes.http.Faults;
import io.hydrant.localstack.fakes.http.RequestLog;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/**
 * A strict S3 in memory, on a loopback port, path style.
 *
 * <p>It has buckets, objects, listings (version 2), copies and multipart uploads with the service's
 * rules (parts of 5 MiB but the last, ascending numbers, entity tags, nothing visible before the
 * completion, {@code NoSuchUpload} after it), conditional writes by {@code If-None-Match: *}, and
 * checks every sum that a caller sends. What it does not know (a sub-resource, a header) it refuses
 * with {@code NotImplemented}, where the service might do something else. Source: Amazon S3 API
 * reference. It checks no signature.
 *
 * <p>All methods may be called at any time from any thread.
 */
public final class FakeS3 implements AutoCloseable {

    private final S3State state;
    private final FakeServer server;

    private FakeS3(S3State state, FakeServer server) {
        this.state = state;
        this.server = server;
    }

    /** Starts on a free port and keeps what is written. */
    public static FakeS3 start() throws IOException {
        return start(0, false);
    }

    /**
     * Starts on a given port.
     *
     * @param port port to listen on, 0 for any free one
     * @param discardBodies keep only length and checksum of what is written, for load that would
     *     not fit into memory; reading is an error then, and entity tags are no MD5 sums
     * @throws IOException if the port is taken
     */
    public static FakeS3 start(int port, boolean discardBodies) throws IOException {
        S3State state = new S3State(discardBodies);
        return new FakeS3(state, FakeServer.start("fake-s3", port, new S3Service(state)));
    }

    /** Where clients find it, path style; any region, any credentials. */
    public URI endpoint() {
        return server.endpoint();
    }

    /** Faults to come, by action, such as {@code UploadPart}. */
    public Faults faults() {
        return server.faults();
    }

    /** What was asked, by action. */
    public RequestLog requests() {
        return server.log();
    }

    /** Keys of a bucket, in the order of a listing. */
    public List<String> keys(String bucket) {
        return List.copyOf(state.bucket(bucket).objects().keySet());
    }

    /** The bytes of an object. */
    public byte[] content(String bucket, String key) {
        return state.bucket(bucket).object(key).content().toBytes();
    }

    /** Keys of the multipart uploads of a bucket that are neither completed nor aborted. */
    public List<String> openUploads(String bucket) {
        return state.bucket(bucket).uploads().values().stream()
                .map(Upload::key)
                .sorted(Bucket.KEY_ORDER)
                .toList();
    }

    @Override
    public void close() {
        server.close();
    }
}
