package io.hydrant.launcher.redrive;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Objects of a bucket whose keys begin alike.
 *
 * @param bucket the bucket
 * @param prefix what the keys begin with, empty for all
 */
record S3Prefix(String bucket, String prefix) {

    private static final Pattern FORM =
            Pattern.compile("s3://([a-z0-9][a-z0-9.-]{2,62})(?:/(.*))?");

    /**
     * Reads {@code s3://bucket/prefix}.
     *
     * @throws IllegalArgumentException saying what it should look like
     */
    static S3Prefix parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "'"
                            + text
                            + "' is no place in S3; give s3://bucket/prefix, such as s3://lake/errors/");
        }
        return new S3Prefix(form.group(1), form.group(2) == null ? "" : form.group(2));
    }

    /** The address of one of its objects. */
    String address(String key) {
        return "s3://" + bucket + '/' + key;
    }
}
