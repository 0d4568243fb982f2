package io.hydrant.localstack.fakes.s3;

/** An error that S3 answers with. */
final class S3Error extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    S3Error(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    static S3Error noSuchBucket(String bucket) {
        return new S3Error(404, "NoSuchBucket", "The specified bucket does not exist: " + bucket);
    }

    static S3Error noSuchKey(String key) {
        return new S3Error(404, "NoSuchKey", "The specified key does not exist: " + key);
    }

    static S3Error noSuchUpload(String uploadId) {
        return new S3Error(
                404,
                "NoSuchUpload",
                "The specified upload does not exist. The upload ID may be invalid, or the upload"
                        + " may have been aborted or completed: "
                        + uploadId);
    }

    static S3Error preconditionFailed(String condition) {
        return new S3Error(
                412,
                "PreconditionFailed",
                "At least one of the pre-conditions you specified did not hold: " + condition);
    }

    static S3Error invalidArgument(String message) {
        return new S3Error(400, "InvalidArgument", message);
    }

    static S3Error malformedXml(String message) {
        return new S3Error(400, "MalformedXML", message);
    }

    static S3Error notImplemented(String what) {
        return new S3Error(501, "NotImplemented", "This fake does not implement " + what);
    }
}
