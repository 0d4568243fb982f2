package io.hydrant.infra;

import java.util.regex.Pattern;

/** What AWS lets names and numbers be, checked before anything is made. */
final class Rules {

    private static final Pattern ARN =
            Pattern.compile("arn:aws[a-z-]*:([a-z0-9-]+):([a-z0-9-]*):(\\d{12})?:(.+)");

    private Rules() {}

    /** A value that must be there, and of a form. */
    static String matching(String path, String value, String form, String rule) {
        if (value == null || !value.matches(form)) {
            throw new IllegalArgumentException(
                    path + " is " + shown(value) + "; it must be " + rule);
        }
        return value;
    }

    /** The ARN of something of one service, or null where null is allowed. */
    static String arn(String path, String value, String service, String resource) {
        var arn = value == null ? null : ARN.matcher(value);
        if (arn == null
                || !arn.matches()
                || !arn.group(1).equals(service)
                || !arn.group(4).startsWith(resource)) {
            throw new IllegalArgumentException(
                    path
                            + " is "
                            + shown(value)
                            + "; it must be an ARN such as arn:aws:"
                            + service
                            + ":REGION:ACCOUNT:"
                            + resource
                            + "NAME");
        }
        if (value.contains("*")) {
            throw new IllegalArgumentException(
                    path + " is " + shown(value) + "; a role is for one thing, so it has no *");
        }
        return value;
    }

    /** As {@link #arn}, where it is given. */
    static String optionalArn(String path, String value, String service, String resource) {
        return value == null ? null : arn(path, value, service, resource);
    }

    /** A whole number within bounds. */
    static int within(String path, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    path + " is " + value + "; it must be " + least + " to " + most);
        }
        return value;
    }

    /** The name of a bucket. Source: S3 user guide, "Bucket naming rules". */
    static String bucket(String path, String value) {
        return matching(
                path,
                value,
                "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]",
                "the name of a bucket: 3 to 63 small letters, digits, dots and hyphens");
    }

    private static String shown(String value) {
        return value == null ? "not given" : "'" + value + "'";
    }
}
