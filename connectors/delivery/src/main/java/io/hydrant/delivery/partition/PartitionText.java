package io.hydrant.delivery.partition;

/**
 * Writes segments back as the text of a prefix. Braces and exclamation marks of values become
 * quoted text of a timestamp, so that no value is ever read as an expression.
 */
final class PartitionText {

    private PartitionText() {}

    static void append(PrefixSegment segment, StringBuilder text) {
        if (segment instanceof PrefixSegment.Literal literal) {
            text.append(literal.text());
        } else if (segment instanceof PrefixSegment.Timestamp timestamp) {
            text.append("!{timestamp:").append(timestamp.pattern()).append('}');
        } else if (segment instanceof PrefixSegment.RandomString) {
            text.append("!{firehose:random-string}");
        } else {
            throw new IllegalArgumentException(segment + " is not left in a partition");
        }
    }

    static void appendLiteral(String value, StringBuilder text) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '!' || c == '{') {
                text.append("!{timestamp:'").append(c).append("'}");
            } else {
                text.append(c);
            }
        }
    }
}
