package io.hydrant.jobs.gateway.plain;

import io.hydrant.jobs.gateway.api.Answer;
import io.hydrant.jobs.gateway.api.RequestHead;
import io.hydrant.jobs.gateway.api.ServiceError;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a request of plain HTTP asks for, as its head says it.
 *
 * @param isDeliveryStream whether the stream is a delivery stream, else one of Kinesis
 * @param stream its name
 * @param split how the body becomes records
 * @param keys which partition keys they get
 * @param isGzip whether the body is compressed
 */
record PlainRequest(
        boolean isDeliveryStream, String stream, Split split, PartitionKeys keys, boolean isGzip) {

    private static final Pattern PATH =
            Pattern.compile("/(streams|deliverystreams)/([a-zA-Z0-9_.-]{1,128})");
    private static final String SPLIT = "split";
    private static final String WEBHOOK = "webhook";
    private static final String KEY = "partition-key";
    private static final String KEY_FIELD = "partition-key-field";
    private static final String KEY_HEADER = "partition-key-header";
    private static final Set<String> KEYS = Set.of(KEY, KEY_FIELD, KEY_HEADER);
    private static final Set<String> CHARSETS = Set.of("utf-8", "utf8", "us-ascii");
    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\";\\s]+)", Pattern.CASE_INSENSITIVE);

    /** What is wrong with path or method, or null; all else can be said to a known client only. */
    static ServiceError routeProblem(RequestHead head) {
        if (!path(head).matches()) {
            return ServiceError.of(
                    404,
                    "UnknownPath",
                    "There are POST /streams/NAME and POST /deliverystreams/NAME, and POST / for the"
                            + " SDKs of AWS");
        }
        return head.method().equals("POST")
                ? null
                : ServiceError.of(405, "MethodNotAllowed", "Records are sent by POST")
                        .with("Allow", "POST");
    }

    /**
     * Reads a head whose path is known.
     *
     * @throws ServiceError where it cannot be carried out, whatever the body is
     */
    static PlainRequest of(RequestHead head) {
        Matcher path = path(head);
        if (!path.matches()) {
            throw routeProblem(head);
        }
        Map<String, String> parameters = parameters(head.uri());
        return new PlainRequest(
                isDeliveryStream(head),
                path.group(2),
                split(head, parameters),
                keys(head, parameters),
                isGzip(head));
    }

    /** Whether a path that is known is of a delivery stream. */
    static boolean isDeliveryStream(RequestHead head) {
        return head.uri().startsWith("/deliverystreams/");
    }

    /**
     * Whose webhook the request says it is; null where it is none. Says nothing of what is wrong
     * with the request, since nobody knows yet who asks.
     */
    static String webhook(RequestHead head) {
        int query = head.uri().indexOf('?');
        String[] pairs = head.uri().substring(query + 1).split("&", -1);
        for (String pair : query < 0 ? new String[0] : pairs) {
            if (pair.startsWith(WEBHOOK + '=')) {
                return pair.substring(WEBHOOK.length() + 1);
            }
        }
        return null;
    }

    private static Matcher path(RequestHead head) {
        int query = head.uri().indexOf('?');
        return PATH.matcher(query < 0 ? head.uri() : head.uri().substring(0, query));
    }

    private static Map<String, String> parameters(String uri) {
        Map<String, String> parameters = new HashMap<>();
        int query = uri.indexOf('?');
        String[] pairs = query < 0 ? new String[0] : uri.substring(query + 1).split("&", -1);
        for (String pair : pairs) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            if (!name.equals(SPLIT) && !name.equals(WEBHOOK) && !KEYS.contains(name)) {
                throw badParameter(
                        "'"
                                + name
                                + "' is no parameter; there are "
                                + Stream.concat(Stream.of(SPLIT), KEYS.stream().sorted()).toList());
            }
            if (parameters.put(name, equals < 0 ? "" : decoded(pair.substring(equals + 1)))
                    != null) {
                throw badParameter(name + " is there twice; give it once");
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw badParameter("'" + text + "' in the URL is not percent-encoded as it should be");
        }
    }

    private static Split split(RequestHead head, Map<String, String> parameters) {
        String contentType = head.first(Answer.CONTENT_TYPE);
        String mediaType =
                contentType == null
                        ? ""
                        : contentType.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
        String word = parameters.get(SPLIT);
        Split split = word == null ? Split.of(mediaType) : Split.named(word);
        if (split == null) {
            throw badParameter(
                    "split is '"
                            + word
                            + "'; it may be "
                            + Stream.of(Split.values()).map(Split::word).toList());
        }
        if (word == null && mediaType.startsWith("multipart/")) {
            throw ServiceError.of(
                    415,
                    "UnsupportedContentType",
                    "A form of several parts is no record; send the record as the body, or say"
                            + " split=none to have the form as it is");
        }
        Matcher charset = CHARSET.matcher(contentType == null ? "" : contentType);
        if (split != Split.NONE
                && charset.find()
                && !CHARSETS.contains(charset.group(1).toLowerCase(Locale.ROOT))) {
            throw ServiceError.of(
                    415,
                    "UnsupportedContentType",
                    "A body in "
                            + charset.group(1)
                            + " cannot be split; send it in UTF-8, or say split=none");
        }
        return split;
    }

    private static PartitionKeys keys(RequestHead head, Map<String, String> parameters) {
        List<String> given = KEYS.stream().filter(parameters::containsKey).sorted().toList();
        if (given.size() > 1) {
            throw badParameter("Give one of " + given + ", for a record has one partition key");
        }
        if (given.isEmpty()) {
            return PartitionKeys.DRAWN;
        }
        String value = parameters.get(given.get(0));
        return switch (given.get(0)) {
            case KEY -> PartitionKeys.fixed(value, KEY);
            case KEY_FIELD -> PartitionKeys.ofField(value);
            default -> {
                String found = value.isEmpty() ? null : head.first(value);
                if (found == null) {
                    throw ServiceError.ofCaller(
                            "BadPartitionKey",
                            "The request has no header '"
                                    + value
                                    + "', which "
                                    + KEY_HEADER
                                    + " says has the partition key");
                }
                yield PartitionKeys.fixed(found, "the header " + value);
            }
        };
    }

    private static boolean isGzip(RequestHead head) {
        String encoding = head.first("Content-Encoding");
        String known = encoding == null ? "identity" : encoding.trim().toLowerCase(Locale.ROOT);
        return switch (known) {
            case "identity", "" -> false;
            case "gzip", "x-gzip" -> true;
            default ->
                    throw ServiceError.of(
                                    415,
                                    "UnsupportedContentEncoding",
                                    "The Content-Encoding is '"
                                            + encoding
                                            + "'; it may be gzip, or absent")
                            // RFC 9110, 15.5.16
                            .with("Accept-Encoding", "gzip");
        };
    }

    private static ServiceError badParameter(String message) {
        return ServiceError.ofCaller("BadParameter", message);
    }
}
