package io.hydrant.jobs.delivery.document;

import io.hydrant.redshift.CopyOptions;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a text may be: its length and its shape, and how to say so.
 *
 * <p>Source of every rule here: Firehose API reference (API version 2015-08-04).
 */
enum TextRule {
    STREAM_NAME(1, 64, "[a-zA-Z0-9_.-]+", "letters, digits, _ . -"),
    VERSION_ID(1, 50, "[0-9]+", "digits"),
    KINESIS_STREAM_ARN(
            1,
            512,
            "arn:.*:kinesis:[a-zA-Z0-9\\-]+:\\d{12}:stream/[a-zA-Z0-9_.-]+",
            "arn:aws:kinesis:<region>:<12 digits>:stream/<name>"),
    ROLE_ARN(
            1,
            512,
            "arn:.*:iam::\\d{12}:role/[a-zA-Z_0-9+=,.@\\-_/]+",
            "arn:aws:iam::<12 digits>:role/<name>"),
    BUCKET_ARN(1, 2048, "arn:.*:s3:::[\\w.\\-]{1,255}", "arn:aws:s3:::<bucket>"),
    KMS_KEY_ARN(
            1,
            512,
            "arn:.*:kms:[a-zA-Z0-9\\-]+:\\d{12}:(key|alias)/[a-zA-Z_0-9+=,.@\\-_/]+",
            "arn:aws:kms:<region>:<12 digits>:key/<id>"),
    PREFIX(0, 1024, ".*", "one line of text"),
    FILE_EXTENSION(
            0,
            128,
            "^$|\\.[0-9a-z!\\-_.*'()]+",
            "a dot and then characters of 0-9 a-z ! - _ . * ' ( )"),
    TIME_ZONE(0, 50, "^$|[a-zA-Z/_]+", "a name such as Europe/Berlin"),
    LOG_GROUP_NAME(0, 512, "[.\\-_/#A-Za-z0-9]*", "letters, digits, . - _ / #"),
    LOG_STREAM_NAME(0, 512, "[^:*]*", "anything without : and *"),
    SCHEMA_TEXT(0, 1024, "^(?!\\s*$).+", "a text that is not blank"),
    COLUMN_OR_KEY(1, 1024, "^(?!\\s*$).+", "a text that is not blank"),
    CATALOG_ARN(
            1,
            512,
            "arn:.*:glue:.*:\\d{12}:catalog(?:(/[a-z0-9_-]+){1,2})?",
            "arn:aws:glue:<region>:<12 digits>:catalog"),
    WAREHOUSE(1, 2048, "s3://.*", "s3://<bucket>/<prefix>"),
    TABLE_NAME(1, 255, "[a-zA-Z0-9._]+", "letters, digits, dots and underscores"),
    UNIQUE_KEY(1, 1024, "\\S+", "a text without blanks"),
    CLUSTER_JDBC_URL(
            1,
            512,
            "jdbc:(redshift|postgresql)://[A-Za-z0-9][A-Za-z0-9.-]*:\\d{1,5}/[a-zA-Z0-9_$-]+(\\?.*)?",
            "jdbc:redshift://<host>:<port>/<database> or jdbc:postgresql://<host>:<port>/<database>"),
    REDSHIFT_USER(1, 512, "(?s).*", "a text"),
    REDSHIFT_PASSWORD(6, 512, "(?s).*", "a text"),
    SECRET_ARN(
            1,
            2048,
            "arn:.*:secretsmanager:[a-zA-Z0-9\\-]+:\\d{12}:secret:[a-zA-Z0-9\\-/_+=.@!]+",
            "arn:aws:secretsmanager:<region>:<12 digits>:secret:<name>"),
    DATA_TABLE_NAME(1, 512, "(?s).*", "a text"),
    DATA_TABLE_COLUMNS(0, CopyOptions.LONGEST, "(?s).*", "a text"),
    COPY_OPTIONS(0, CopyOptions.LONGEST, "(?s).*", "a text"),
    PROCESSOR_PARAMETER(1, 5120, "(?s).+", "a text"),
    FUNCTION_ARN(1, 5120, "(?s).+", "a text");

    private static final String NO_ACCOUNT = "000000000000";

    private final int min;
    private final int max;
    private final Pattern pattern;
    private final String shape;

    TextRule(int min, int max, String pattern, String shape) {
        this.min = min;
        this.max = max;
        this.pattern = Pattern.compile(pattern);
        this.shape = shape;
    }

    /** What is wrong with the text, or null. */
    String problemWith(String text) {
        if (text.length() < min || text.length() > max) {
            return quoted(text)
                    + " has "
                    + text.length()
                    + " characters; "
                    + min
                    + " to "
                    + max
                    + " are allowed";
        }
        return pattern.matcher(text).matches() ? null : quoted(text) + " is not allowed; " + shape;
    }

    /** The same of a text that no message may show. */
    String problemWithSecret(String text) {
        String problem = problemWith(text);
        return problem == null
                ? null
                : "(not shown) is not allowed; "
                        + shape
                        + " of "
                        + min
                        + " to "
                        + max
                        + " characters";
    }

    /**
     * What can stand in where it is of no matter what the text is, or null where it always matters.
     *
     * @param path where the text would be, so that two buckets stay two
     */
    String standIn(String path) {
        switch (this) {
            case KINESIS_STREAM_ARN:
                return "arn:aws:kinesis:us-east-1:" + NO_ACCOUNT + ":stream/unnamed";
            case ROLE_ARN:
                return "arn:aws:iam::" + NO_ACCOUNT + ":role/unnamed";
            case BUCKET_ARN:
                String[] steps = path.split("\\.", -1);
                return "arn:aws:s3:::"
                        + (steps.length < 2 ? "bucket" : steps[steps.length - 2])
                                .toLowerCase(Locale.ROOT)
                                .replaceAll("[^a-z0-9]", "");
            case KMS_KEY_ARN:
                return "arn:aws:kms:us-east-1:" + NO_ACCOUNT + ":key/unnamed";
            case SECRET_ARN:
                return "arn:aws:secretsmanager:us-east-1:" + NO_ACCOUNT + ":secret:unnamed";
            case FUNCTION_ARN:
                return "arn:aws:lambda:us-east-1:" + NO_ACCOUNT + ":function:unnamed";
            case CLUSTER_JDBC_URL:
                return "jdbc:redshift://unnamed:5439/unnamed";
            case STREAM_NAME:
            case LOG_GROUP_NAME:
            case LOG_STREAM_NAME:
            case REDSHIFT_USER:
            case REDSHIFT_PASSWORD:
                return "unnamed";
            default:
                return null;
        }
    }

    /** A text as messages show it: as it would stand in JSON, and cut where it is long. */
    static String quoted(String text) {
        String shown = text.length() <= 80 ? text : text.substring(0, 80) + "…";
        return JsonDocument.NODES.textNode(shown).toString();
    }
}
