package io.hydrant.infra;

import java.util.List;

/**
 * A delivery stream: its bucket, its role, the job, and what watches it.
 *
 * @param name name of the delivery stream
 * @param streamArn the Kinesis stream that it reads
 * @param fanOut whether it reads by enhanced fan-out, with a consumer that it registers itself
 * @param streamKmsKeyArn the key that encrypts the stream; null where it is AWS' own
 * @param bucket the bucket that it delivers to
 * @param makesBucket whether the bucket is part of the stack; else it is there; default true
 * @param errorPrefix what the keys of error objects begin with, up to their first expression; null
 *     where no such part is theirs alone
 * @param bucketKmsKeyArn the key that encrypts the bucket; null for S3's own
 * @param otherBuckets buckets that are there and have the backup or the ledger; none by default
 * @param tagsObjects whether objects get tags; default false
 * @param abandonedUploadDays age at which S3 removes unfinished multipart uploads; default 8. Must
 *     be longer than the stream keeps records: until then a checkpoint may count on an upload, and
 *     the job fails where it is gone. Then no checkpoint is of use any more
 * @param retentionHours how long the stream keeps records; default 24
 * @param functionArn the Lambda function that transforms records; null for none
 * @param glueTable the table that has the columns, as database/table; null for none
 * @param runtime the job on Managed Service for Apache Flink; null where it runs elsewhere, with
 *     the role of the stack
 * @param runsAs who takes the role where no runtime does: the ARN of a role or user, such as that
 *     of a Kubernetes node or service account; null for the account's own identities as their
 *     policies allow
 * @param metricsNamespace namespace of connectors/cloudwatch; default Hydrant
 * @param freshnessSeconds age of the oldest undelivered record that raises the alarm; default 900
 * @param lagSeconds how far reading may fall behind; default 300
 * @param alarmTopicArn the SNS topic that alarms go to; null for none
 */
public record DeliveryProps(
        String name,
        String streamArn,
        boolean fanOut,
        String streamKmsKeyArn,
        String bucket,
        Boolean makesBucket,
        String errorPrefix,
        String bucketKmsKeyArn,
        List<String> otherBuckets,
        Boolean tagsObjects,
        Integer abandonedUploadDays,
        Integer retentionHours,
        String functionArn,
        String glueTable,
        FlinkRuntime runtime,
        String runsAs,
        String metricsNamespace,
        Integer freshnessSeconds,
        Integer lagSeconds,
        String alarmTopicArn) {

    private static final int HOURS_OF_DAY = 24;
    private static final int LONGEST_RETENTION_HOURS = 8760;
    private static final int DEFAULT_UPLOAD_DAYS = 8;
    private static final int LONGEST_UPLOAD_DAYS = 3650;
    private static final int DEFAULT_FRESHNESS = 900;
    private static final int DEFAULT_LAG = 300;

    /** CloudWatch looks at no more than a day. */
    private static final int LONGEST_ALARM = 86_400;

    /**
     * Sets defaults and validates.
     *
     * @throws IllegalArgumentException if a value is not allowed; names it and the rule
     */
    public DeliveryProps {
        Rules.matching(
                "delivery.name",
                name,
                "[a-zA-Z0-9_.-]{1,64}",
                "1 to 64 letters, digits, '_', '.' and '-'");
        Rules.arn("delivery.streamArn", streamArn, "kinesis", "stream/");
        Rules.optionalArn("delivery.streamKmsKeyArn", streamKmsKeyArn, "kms", "key/");
        Rules.bucket("delivery.bucket", bucket);
        makesBucket = makesBucket == null || makesBucket;
        if (errorPrefix != null) {
            Rules.matching(
                    "delivery.errorPrefix",
                    errorPrefix,
                    "[^*?]{1,900}",
                    "a prefix without * and ?");
        }
        Rules.optionalArn("delivery.bucketKmsKeyArn", bucketKmsKeyArn, "kms", "key/");
        otherBuckets = otherBuckets == null ? List.of() : List.copyOf(otherBuckets);
        otherBuckets.forEach(other -> Rules.bucket("delivery.otherBuckets", other));
        tagsObjects = tagsObjects != null && tagsObjects;
        retentionHours = retentionHours == null ? HOURS_OF_DAY : retentionHours;
        Rules.within(
                "delivery.retentionHours", retentionHours, HOURS_OF_DAY, LONGEST_RETENTION_HOURS);
        int longEnough = (retentionHours + HOURS_OF_DAY - 1) / HOURS_OF_DAY + 1;
        abandonedUploadDays =
                abandonedUploadDays == null
                        ? Math.max(DEFAULT_UPLOAD_DAYS, longEnough)
                        : abandonedUploadDays;
        // A checkpoint that is within the stream's retention may count on its uploads.
        Rules.within(
                "delivery.abandonedUploadDays",
                abandonedUploadDays,
                longEnough,
                LONGEST_UPLOAD_DAYS);
        Rules.optionalArn("delivery.functionArn", functionArn, "lambda", "function:");
        if (glueTable != null) {
            Rules.matching(
                    "delivery.glueTable",
                    glueTable,
                    "[a-z0-9_-]{1,255}/[a-z0-9_-]{1,255}",
                    "database/table");
        }
        Rules.optionalArn("delivery.runsAs", runsAs, "iam", "");
        metricsNamespace = metricsNamespace == null ? "Hydrant" : metricsNamespace;
        Rules.matching(
                "delivery.metricsNamespace",
                metricsNamespace,
                "(?!AWS/)[0-9A-Za-z.\\-_/#:]{1,255}",
                "1 to 255 letters, digits and . - _ / # : and not begin with AWS/");
        freshnessSeconds = freshnessSeconds == null ? DEFAULT_FRESHNESS : freshnessSeconds;
        Rules.within("delivery.freshnessSeconds", freshnessSeconds, 1, LONGEST_ALARM);
        lagSeconds = lagSeconds == null ? DEFAULT_LAG : lagSeconds;
        Rules.within("delivery.lagSeconds", lagSeconds, 1, LONGEST_ALARM);
        Rules.optionalArn("delivery.alarmTopicArn", alarmTopicArn, "sns", "");
    }

    /** Name of the Kinesis stream. */
    public String streamName() {
        return streamArn.substring(streamArn.lastIndexOf('/') + 1);
    }
}
