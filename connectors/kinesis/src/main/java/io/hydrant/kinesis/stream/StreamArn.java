package io.hydrant.kinesis.stream;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a stream that is unique in the world.
 *
 * @param partition {@code aws}, {@code aws-cn} and so on
 * @param region region name
 * @param account account id, twelve digits
 * @param stream name of the stream
 */
public record StreamArn(String partition, String region, String account, String stream)
        implements Serializable {

    private static final Pattern FORM =
            Pattern.compile(
                    "arn:(aws[a-z-]*):kinesis:([a-z0-9-]+):(\\d{12}):stream/([\\w.-]{1,128})");

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

    @Override
    public String toString() {
        return "arn:" + partition + ":kinesis:" + region + ":" + account + ":stream/" + stream;
    }
}
