package io.hydrant.s3.store;

/** What was being done when a call failed, in words for an error message. */
public enum S3Action {
    /** HeadBucket at the start. */
    CHECK_BUCKET("use the bucket", "s3:ListBucket"),
    /** CreateMultipartUpload. */
    CREATE_UPLOAD("begin the multipart upload of", "s3:PutObject"),
    /** UploadPart. */
    UPLOAD_PART("upload a part of", "s3:PutObject"),
    /** CompleteMultipartUpload. */
    COMPLETE_UPLOAD("complete the multipart upload of", "s3:PutObject"),
    /** AbortMultipartUpload. */
    ABORT_UPLOAD("abort the multipart upload of", "s3:AbortMultipartUpload"),
    /** PutObject. */
    PUT("write", "s3:PutObject"),
    /** HeadObject. */
    HEAD("look at", "s3:GetObject and s3:ListBucket"),
    /** GetObject. */
    GET("read", "s3:GetObject"),
    /** ListMultipartUploads. */
    LIST_UPLOADS("list the multipart uploads under", "s3:ListBucketMultipartUploads"),
    /** DeleteObject. */
    DELETE("remove", "s3:DeleteObject"),
    /** ListObjectsV2. */
    LIST("list", "s3:ListBucket");

    private final String words;
    private final String permission;

    S3Action(String words, String permission) {
        this.words = words;
        this.permission = permission;
    }

    String words() {
        return words;
    }

    /** The permission that the call needs. */
    String permission() {
        return permission;
    }
}
