package io.hydrant.delivery.partition;

import io.hydrant.core.options.NearestName;

import java.util.ArrayList;
import java.util.List;

/** Takes a prefix apart into text and expressions. */
final class PrefixParser {

    private static final String OPEN = "!{";
    private static final List<String> NAMESPACES =
            List.of("timestamp", "firehose", "partitionKeyFromQuery", "partitionKeyFromLambda");
    private static final List<String> FIREHOSE_VALUES =
            List.of("random-string", "error-output-type");

    private final String prefix;

    private PrefixParser(String prefix) {
        this.prefix = prefix;
    }

    /**
     * The segments of the prefix, in order.
     *
     * @throws IllegalArgumentException quoting the expression that is wrong
     */
    static List<PrefixSegment> parse(String prefix) {
        return new PrefixParser(prefix).segments();
    }

    private List<PrefixSegment> segments() {
        List<PrefixSegment> segments = new ArrayList<>();
        int at = 0;
        while (at < prefix.length()) {
            int open = prefix.indexOf(OPEN, at);
            int textEnd = open < 0 ? prefix.length() : open;
            if (textEnd > at) {
                segments.add(new PrefixSegment.Literal(prefix.substring(at, textEnd)));
            }
            if (open < 0) {
                break;
            }
            int close = closeOf(open);
            segments.add(expression(prefix.substring(open + OPEN.length(), close)));
            at = close + 1;
        }
        return segments;
    }

    /** A brace in single quotes belongs to a timestamp pattern. */
    private int closeOf(int open) {
        boolean quoted = false;
        for (int i = open + OPEN.length(); i < prefix.length(); i++) {
            char c = prefix.charAt(i);
            if (c == '\'') {
                quoted = !quoted;
            } else if (c == '}' && !quoted) {
                return i;
            }
        }
        throw new IllegalArgumentException(
                "'" + prefix + "' has an expression that does not end: " + prefix.substring(open));
    }

    private PrefixSegment expression(String inner) {
        int colon = inner.indexOf(':');
        String namespace = colon < 0 ? inner : inner.substring(0, colon);
        String value = colon < 0 ? "" : inner.substring(colon + 1);
        return switch (namespace) {
            case "timestamp" -> timestamp(value);
            case "firehose" -> firehose(value);
            case "partitionKeyFromQuery" -> key(KeySource.QUERY, inner, value);
            case "partitionKeyFromLambda" -> key(KeySource.LAMBDA, inner, value);
            default ->
                    throw wrong(
                            inner,
                            "'"
                                    + namespace
                                    + "' is no namespace of expressions"
                                    + NearestName.hint(namespace, NAMESPACES));
        };
    }

    private PrefixSegment key(KeySource source, String inner, String key) {
        if (key.isEmpty() || key.contains(OPEN)) {
            throw wrong(
                    inner, "it needs the name of a key, as in !{" + source.namespace() + ":id}");
        }
        return new PrefixSegment.Key(source, key);
    }

    private PrefixSegment timestamp(String pattern) {
        if (pattern.isEmpty()) {
            throw wrong("timestamp:", "it needs a date pattern, as in !{timestamp:yyyy/MM/dd/HH/}");
        }
        try {
            return PrefixSegment.Timestamp.of(pattern);
        } catch (IllegalArgumentException e) {
            throw wrong("timestamp:" + pattern, e.getMessage());
        }
    }

    private PrefixSegment firehose(String value) {
        return switch (value) {
            case "random-string" -> new PrefixSegment.RandomString();
            case "error-output-type" -> new PrefixSegment.ErrorType();
            default ->
                    throw wrong(
                            "firehose:" + value,
                            "'"
                                    + value
                                    + "' is no value of the namespace firehose"
                                    + NearestName.hint(value, FIREHOSE_VALUES));
        };
    }

    private IllegalArgumentException wrong(String inner, String reason) {
        return new IllegalArgumentException(
                "'"
                        + prefix
                        + "' has an expression that cannot be used, !{"
                        + inner
                        + "}: "
                        + reason);
    }
}
