package io.hydrant.kinesis.stream;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a stream that is unique in the world: of a Kinesis stream, or of the stream of
 * changes of a DynamoDB table.
 *
 * @param partition {@code aws}, {@code aws-cn} and so on
 * @param region region name
 * @param account account id, twelve digits
 * @param stream name of the Kinesis stream, or of the table
 * @param label when the stream of the table was enabled, as DynamoDB writes it; a table whose
 *     stream is enabled again has another stream. Null for a Kinesis stream
 */
public record StreamArn(
        String partition, String region, String account, String stream, String label)
        implements Serializable {

    private static final Pattern FORM =
            Pattern.compile(
                    "arn:(aws[a-z-]*):kinesis:([a-z0-9-]+):(\\d{12}):stream/([\\w.-]{1,128})");

    private static final Pattern TABLE_FORM =
            Pattern.compile(
                    "arn:(aws[a-z-]*):dynamodb:([a-z0-9-]+):(\\d{12}):table/([\\w.-]{3,255})"
                            + "/stream/([\\w:.-]{1,64})");

    /** Of a Kinesis stream. */
    public StreamArn(String partition, String region, String account, String stream) {
        this(partition, region, account, stream, null);
    }

    /**
     * Reads {@code arn:aws:kinesis:<region>:<account>:stream/<name>}.
     *
     * @throws IllegalArgumentException saying what an ARN looks like
     */
    public static StreamArn parse(String arn) {
        Matcher matcher = FORM.matcher(arn);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'"
                            + arn
                            + "' is no ARN of a Kinesis stream; one looks like"
                            + " arn:aws:kinesis:us-east-1:123456789012:stream/my-stream");
        }
        return new StreamArn(
                matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4));
    }

    /**
     * Reads {@code arn:aws:dynamodb:<region>:<account>:table/<table>/stream/<label>}.
     *
     * @throws IllegalArgumentException saying what an ARN looks like
     */
    public static StreamArn parseOfTable(String arn) {
        Matcher matcher = TABLE_FORM.matcher(arn);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'"
                            + arn
                            + "' is no ARN of the stream of a DynamoDB table; one looks like"
                            + " arn:aws:dynamodb:us-east-1:123456789012:table/my-table/stream/2026-11-21T12:00:00.000,"
                            + " and is what DescribeTable calls LatestStreamArn");
        }
        return new StreamArn(
                matcher.group(1),
                matcher.group(2),
                matcher.group(3),
                matcher.group(4),
                matcher.group(5));
    }

    /**
     * Reads the ARN of anything that a source reads, of either kind.
     *
     * @throws IllegalArgumentException saying what an ARN looks like
     */
    public static StreamArn parseReadable(String arn) {
        return arn.contains(":dynamodb:") ? parseOfTable(arn) : parse(arn);
    }

    /** Whether it is the stream of changes of a DynamoDB table. */
    public boolean isOfTable() {
        return label != null;
    }

    @Override
    public String toString() {
        return isOfTable()
                ? "arn:%s:dynamodb:%s:%s:table/%s/stream/%s"
                        .formatted(partition, region, account, stream, label)
                : "arn:" + partition + ":kinesis:" + region + ":" + account + ":stream/" + stream;
    }
}
