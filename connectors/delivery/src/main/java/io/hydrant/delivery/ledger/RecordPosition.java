package io.hydrant.delivery.ledger;

import java.util.Objects;

/**
 * Where a record stands in its shard: by sequence number, then by sub-sequence number.
 *
 * <p>Sequence numbers are decimal strings of up to 128 digits and of different lengths, so they are
 * compared as numbers and never as text.
 *
 * @param sequence sequence number, decimal digits
 * @param subSequence index within a KPL aggregate, 0 for a plain record
 */
public record RecordPosition(String sequence, long subSequence)
        implements Comparable<RecordPosition> {

    /** Validates that the sequence number is there. */
    public RecordPosition {
        Objects.requireNonNull(sequence, "sequence");
    }

    @Override
    public int compareTo(RecordPosition other) {
        return compare(sequence, subSequence, other.sequence, other.subSequence);
    }

    @Override
    public String toString() {
        return sequence + "/" + subSequence;
    }

    /** Order of two positions given by their parts, without making objects of them. */
    static int compare(
            String sequence, long subSequence, String otherSequence, long otherSubSequence) {
        int bySequence = compareSequences(sequence, otherSequence);
        return bySequence != 0 ? bySequence : Long.compare(subSequence, otherSubSequence);
    }

    @SuppressWarnings("ReferenceEquality") // a shortcut; the content is compared where it misses
    private static int compareSequences(String left, String right) {
        if (left == right) {
            return 0;
        }
        if (left.length() == right.length()) {
            return left.compareTo(right);
        }
        return compareWithoutLeadingZeros(left, right);
    }

    private static int compareWithoutLeadingZeros(String left, String right) {
        int leftStart = firstSignificant(left);
        int rightStart = firstSignificant(right);
        int byLength = (left.length() - leftStart) - (right.length() - rightStart);
        return byLength != 0
                ? byLength
                : left.substring(leftStart).compareTo(right.substring(rightStart));
    }

    private static int firstSignificant(String digits) {
        int at = 0;
        while (at < digits.length() - 1 && digits.charAt(at) == '0') {
            at++;
        }
        return at;
    }
}
