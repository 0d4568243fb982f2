package io.hydrant.lambda;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a function that is unique in the world.
 *
 * @param partition {@code aws}, {@code aws-cn} and so on
 * @param region region name
 * @param account account id, twelve digits
 * @param name name of the function
 * @param qualifier version or alias, null for the newest code
 */
public record FunctionArn(
        String partition, String region, String account, String name, String qualifier)
        implements Serializable {

    private static final Pattern FORM =
            Pattern.compile(
                    "arn:(aws[a-z-]*):lambda:([a-z0-9-]+):(\\d{12}):function:([a-zA-Z0-9_-]{1,140})(?::(\\$LATEST|[a-zA-Z0-9_-]{1,128}))?");

    /**
     * Reads {@code arn:aws:lambda:<region>:<account>:function:<name>[:<version or alias>]}.
     *
     * @throws IllegalArgumentException saying what an ARN looks like
     */
    public static FunctionArn parse(String arn) {
        Matcher matcher = FORM.matcher(arn);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'"
                            + arn
                            + "' is no ARN of a Lambda function; one looks like"
                            + " arn:aws:lambda:us-east-1:123456789012:function:my-function:my-alias");
        }
        return new FunctionArn(
                matcher.group(1),
                matcher.group(2),
                matcher.group(3),
                matcher.group(4),
                matcher.group(5));
    }

    /** The function whatever its version or alias. */
    FunctionArn withoutQualifier() {
        return new FunctionArn(partition, region, account, name, null);
    }

    @Override
    public String toString() {
        return "arn:"
                + partition
                + ":lambda:"
                + region
                + ":"
                + account
                + ":function:"
                + name
                + (qualifier == null ? "" : ":" + qualifier);
    }
}
