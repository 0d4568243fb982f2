package io.hydrant.kinesis.stream;

import java.nio.charset.StandardCharsets;

/**
 * Reads {@code RecordDistributionStrategy} out of an answer of {@code DescribeStreamSummary}, which
 * SDK 2.52.0 does not know.
 *
 * <p>In JSON the value follows the name behind a colon and in quotes, in CBOR behind one byte that
 * says its length; either way no other field can lie between them, and no name or value of another
 * field of this answer may contain this name.
 */
final class DistributionField {

    private static final String NAME = "RecordDistributionStrategy";

    /** In CBOR, a text of up to 23 bytes begins with 0x60 plus its length. */
    private static final int CBOR_TEXT = 0x60;

    private static final int CBOR_LONGEST_SHORT_TEXT = 0x77;

    private DistributionField() {}

    static RecordDistribution in(byte[] answer) {
        // One character for each byte, so CBOR survives it.
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        int name = text.indexOf(NAME);
        if (name < 0) {
            return RecordDistribution.UNKNOWN;
        }
        return switch (valueAt(text, name + NAME.length())) {
            case "AUTO" -> RecordDistribution.AUTO;
            case "USER_PARTITION_KEY" -> RecordDistribution.BY_PARTITION_KEY;
            default -> RecordDistribution.UNKNOWN;
        };
    }

    private static String valueAt(String text, int behindName) {
        if (behindName >= text.length()) {
            return "";
        }
        char first = text.charAt(behindName);
        if (first >= CBOR_TEXT && first <= CBOR_LONGEST_SHORT_TEXT) {
            int begin = behindName + 1;
            return text.substring(begin, Math.min(text.length(), begin + first - CBOR_TEXT));
        }
        int begin = text.indexOf('"', behindName + 1) + 1;
        int end = begin == 0 ? -1 : text.indexOf('"', begin);
        return end < 0 ? "" : text.substring(begin, end);
    }
}
