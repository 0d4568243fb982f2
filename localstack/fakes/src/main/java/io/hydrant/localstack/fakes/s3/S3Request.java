package io.hydrant.localstack.fakes.s3;

import io.hydrant.localstack.fakes.http.Call;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One request with its path-style target taken apart.
 *
 * @param call the request
 * @param bucket name of the bucket, empty for the service itself
 * @param key key of the object, empty for the bucket itself
 */
record S3Request(Call call, String bucket, String key) {

    private static final int LONGEST_KEY = 1024;

    private static final Set<String> KNOWN_HEADERS =
            Set.of(
                    "x-amz-acl",
                    "x-amz-checksum-algorithm",
                    "x-amz-checksum-mode",
                    "x-amz-checksum-type",
                    "x-amz-content-sha256",
                    "x-amz-copy-source",
                    "x-amz-date",
                    "x-amz-decoded-content-length",
                    "x-amz-expected-bucket-owner",
                    "x-amz-metadata-directive",
                    "x-amz-mp-object-size",
                    "x-amz-sdk-checksum-algorithm",
                    "x-amz-security-token",
                    "x-amz-te",
                    "x-amz-trailer",
                    "x-amz-user-agent");

    /** What a writer says about an object and its readers get back. */
    private static final Set<String> KEPT_HEADERS =
            Set.of(
                    "cache-control",
                    "content-disposition",
                    "content-language",
                    "content-type",
                    "x-amz-server-side-encryption",
                    "x-amz-server-side-encryption-aws-kms-key-id",
                    "x-amz-server-side-encryption-bucket-key-enabled",
                    "x-amz-storage-class");

    private static final String METADATA = "x-amz-meta-";

    static S3Request of(Call call) {
        String path = call.path();
        int slash = path.indexOf('/', 1);
        return slash < 0
                ? new S3Request(call, path.substring(1), "")
                : new S3Request(call, path.substring(1, slash), path.substring(slash + 1));
    }

    boolean has(String parameter) {
        return call.query().containsKey(parameter);
    }

    String parameter(String name) {
        return call.query().get(name);
    }

    int integer(String parameter, int least, int most, int otherwise) {
        String value = parameter(parameter);
        if (value == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException ignored) {
            // Said below.
        }
        throw S3Error.invalidArgument(
                parameter + " must be between " + least + " and " + most + ", but is " + value);
    }

    /** Refuses what the fake would have to ignore. */
    void verifyKnown(Set<String> parameters) {
        for (String parameter : call.query().keySet()) {
            if (!parameters.contains(parameter) && !parameter.equals("x-id")) {
                throw S3Error.notImplemented("the parameter " + parameter);
            }
        }
        for (Map.Entry<String, ?> header : call.headers()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.startsWith("x-amz-")
                    && !name.startsWith(METADATA)
                    && !KNOWN_HEADERS.contains(name)
                    && !KEPT_HEADERS.contains(name)
                    && Checksum.of(name) == null) {
                throw S3Error.notImplemented("the header " + name);
            }
        }
        if (key.length() > LONGEST_KEY) {
            throw new S3Error(400, "KeyTooLongError", "Your key is too long: " + key.length());
        }
    }

    /** What the writer says about the object, by header in lower case. */
    Map<String, String> keptHeaders() {
        Map<String, String> kept = new TreeMap<>();
        for (Map.Entry<String, List<String>> header : call.headers()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            String value = String.join(",", header.getValue());
            if (KEPT_HEADERS.contains(name) || name.startsWith(METADATA)) {
                kept.put(name, value);
            } else if (name.equals("content-encoding")) {
                keepEncoding(value, kept);
            }
        }
        return kept;
    }

    /** The coding of the transfer is no coding of the object. */
    private static void keepEncoding(String value, Map<String, String> kept) {
        String own =
                Arrays.stream(value.split(",", -1))
                        .map(String::trim)
                        .filter(coding -> !coding.equals("aws-chunked"))
                        .collect(Collectors.joining(","));
        if (!own.isEmpty()) {
            kept.put("content-encoding", own);
        }
    }

    /** Whether the write is wanted only where there is no object yet. */
    boolean onlyIfAbsent() {
        if (call.header("If-Match") != null) {
            throw S3Error.notImplemented("writing with If-Match");
        }
        String condition = call.header("If-None-Match");
        if (condition != null && !condition.equals("*")) {
            throw S3Error.notImplemented("writing with If-None-Match other than *");
        }
        return condition != null;
    }
}
