package io.hydrant.localstack.fakes.kinesis;

/**
 * Sequence numbers: 56 decimal digits, as the service prints them, that grow over a whole stream
 * (so a child shard's are above its parents').
 *
 * <p>Inside the fake they are the trailing digits as a long. Neighbours are {@link #STEP} apart,
 * because no caller may count on the next number being one higher.
 */
final class SequenceNumber {

    /** Distance between neighbours. */
    static final long STEP = 16;

    private static final String PREFIX = "4965" + "0293118467520931846752093184675209";
    private static final int DIGITS = 56;

    private SequenceNumber() {}

    static String format(long ordinal) {
        char[] text = new char[DIGITS];
        PREFIX.getChars(0, PREFIX.length(), text, 0);
        long rest = ordinal;
        for (int at = DIGITS - 1; at >= PREFIX.length(); at--) {
            text[at] = (char) ('0' + rest % 10);
            rest /= 10;
        }
        return new String(text);
    }

    static long parse(String text) {
        if (text.length() != DIGITS || !text.startsWith(PREFIX)) {
            throw KinesisError.invalidArgument(
                    "Sequence number " + text + " was not given out by this stream");
        }
        return Long.parseLong(text.substring(PREFIX.length()));
    }
}
