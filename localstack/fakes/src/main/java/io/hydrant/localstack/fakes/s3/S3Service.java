package io.hydrant.localstack.fakes.s3;

import io.hydrant.localstack.fakes.http.Call;
import io.hydrant.localstack.fakes.http.Reply;
import io.hydrant.localstack.fakes.http.Service;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import static java.util.Map.entry;

/** The S3 protocol, path style: which action a request means, its answer or error out. */
final class S3Service implements Service {

    private final Map<String, Action> actions;

    S3Service(S3State state) {
        BucketActions buckets = new BucketActions(state);
        ObjectActions objects = new ObjectActions(state);
        UploadActions uploads = new UploadActions(state);
        this.actions =
                Map.ofEntries(
                        entry("ListBuckets", new Action(buckets::listBuckets)),
                        entry("CreateBucket", new Action(buckets::createBucket)),
                        entry("HeadBucket", new Action(buckets::headBucket)),
                        entry("DeleteBucket", new Action(buckets::deleteBucket)),
                        entry(
                                "ListObjectsV2",
                                new Action(
                                        buckets::listObjects,
                                        "list-type",
                                        "prefix",
                                        "delimiter",
                                        "max-keys",
                                        "continuation-token",
                                        "start-after",
                                        "encoding-type",
                                        "fetch-owner")),
                        entry("DeleteObjects", new Action(buckets::deleteObjects, "delete")),
                        entry("PutObject", new Action(objects::putObject)),
                        entry("CopyObject", new Action(objects::copyObject)),
                        entry("GetObject", new Action(objects::getObject)),
                        entry("HeadObject", new Action(objects::headObject)),
                        entry("DeleteObject", new Action(objects::deleteObject)),
                        entry("CreateMultipartUpload", new Action(uploads::create, "uploads")),
                        entry(
                                "UploadPart",
                                new Action(uploads::uploadPart, "partNumber", "uploadId")),
                        entry("CompleteMultipartUpload", new Action(uploads::complete, "uploadId")),
                        entry("AbortMultipartUpload", new Action(uploads::abort, "uploadId")),
                        entry(
                                "ListParts",
                                new Action(
                                        uploads::listParts,
                                        "uploadId",
                                        "part-number-marker",
                                        "max-parts")),
                        entry(
                                "ListMultipartUploads",
                                new Action(
                                        uploads::listUploads,
                                        "uploads",
                                        "prefix",
                                        "key-marker",
                                        "upload-id-marker",
                                        "max-uploads",
                                        "encoding-type")));
    }

    @Override
    public String action(Call call) {
        S3Request request = S3Request.of(call);
        if (request.bucket().isEmpty()) {
            return call.method().equals("GET") ? "ListBuckets" : unknown(call);
        }
        return request.key().isEmpty() ? onBucket(request) : onObject(request);
    }

    private static String onBucket(S3Request request) {
        return switch (request.call().method()) {
            case "PUT" -> "CreateBucket";
            case "HEAD" -> "HeadBucket";
            case "DELETE" -> "DeleteBucket";
            case "POST" -> request.has("delete") ? "DeleteObjects" : unknown(request.call());
            case "GET" ->
                    request.has("uploads")
                            ? "ListMultipartUploads"
                            : "2".equals(request.parameter("list-type"))
                                    ? "ListObjectsV2"
                                    : unknown(request.call());
            default -> unknown(request.call());
        };
    }

    private static String onObject(S3Request request) {
        Call call = request.call();
        boolean upload = request.has("uploadId");
        return switch (call.method()) {
            case "PUT" ->
                    upload
                            ? "UploadPart"
                            : call.header("x-amz-copy-source") == null ? "PutObject" : "CopyObject";
            case "POST" ->
                    upload
                            ? "CompleteMultipartUpload"
                            : request.has("uploads") ? "CreateMultipartUpload" : unknown(call);
            case "GET" -> upload ? "ListParts" : "GetObject";
            case "HEAD" -> "HeadObject";
            case "DELETE" -> upload ? "AbortMultipartUpload" : "DeleteObject";
            default -> unknown(call);
        };
    }

    private static String unknown(Call call) {
        return call.method() + ' ' + call.path() + ' ' + call.query().keySet();
    }

    @Override
    public Reply handle(String name, Call call) throws IOException {
        try {
            Action action = actions.get(name);
            if (action == null) {
                throw S3Error.notImplemented(name);
            }
            S3Request request = S3Request.of(call);
            request.verifyKnown(action.parameters);
            return action.does.handle(request).header("x-amz-request-id", requestId());
        } catch (S3Error e) {
            return error(call, e.status(), e.code(), e.getMessage());
        }
    }

    @Override
    public Reply error(Call call, int status, String code, String message) {
        Xml xml =
                Xml.document("Error")
                        .element("Code", code)
                        .element("Message", message)
                        .element("Resource", call.path());
        return xml(status, xml).header("x-amz-request-id", requestId());
    }

    static Reply xml(int status, Xml xml) {
        return new Reply(status).header("Content-Type", Xml.CONTENT_TYPE).body(xml.toBytes());
    }

    private static String requestId() {
        return UUID.randomUUID().toString();
    }

    /** Does an action. */
    @FunctionalInterface
    private interface Doing {
        Reply handle(S3Request request) throws IOException;
    }

    private record Action(Doing does, Set<String> parameters) {

        Action(Doing does, String... parameters) {
            this(does, Set.of(parameters));
        }
    }
}
