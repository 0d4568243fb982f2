package io.hydrant.delivery.json;

import java.nio.charset.StandardCharsets;

/**
 * Goes over plain JSON byte by byte and shows texts and numbers where they lie, without an object
 * for any. Not thread-safe.
 *
 * <p>It takes less than JSON: no escapes, no exponents, no more than 18 digits, only well-formed
 * UTF-8. Whatever else comes, and whatever is no JSON, it declines, and leaves it to a parser to
 * read it or to say what is wrong. So all that it takes means what it means to any parser.
 */
public final class JsonScan {

    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private static final int NOTHING = -1;
    private static final int MOST_DIGITS = 18;
    private static final int DEEPEST = 64;
    private static final long MOST_EXACT = 1L << 53;

    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
        1e17, 1e18
    };

    private byte[] bytes;
    private int position;
    private int end;

    private int from;
    private int to;
    private boolean isAscii;
    private long number;
    private int fractionDigits;
    private boolean isNegative;

    /** Begins at the front of other bytes. */
    public void over(byte[] source, int offset, int length) {
        bytes = source;
        position = offset;
        end = offset + length;
    }

    /** Lets go of the bytes. */
    public void leave() {
        bytes = null;
    }

    /** The next byte behind white space, which stays; negative at the end and beyond ASCII. */
    public int peek() {
        while (position < end) {
            int next = bytes[position];
            if (next > ' ' || (next != ' ' && next != '\n' && next != '\r' && next != '\t')) {
                return next;
            }
            position++;
        }
        return NOTHING;
    }

    /** Whether nothing but white space follows. */
    public boolean isAtEnd() {
        return peek() < 0 && position == end;
    }

    /** Passes over white space and the byte behind it, if it is that one. */
    public boolean accept(char wanted) {
        if (peek() == wanted) {
            position++;
            return true;
        }
        return false;
    }

    /** Passes over white space and a text of exactly these bytes. */
    public boolean acceptText(byte[] wanted) {
        int next = peek();
        int begin = position + 1;
        int behind = begin + wanted.length;
        if (next == '"'
                && behind < end
                && bytes[behind] == '"'
                && ExpectedText.isAt(bytes, begin, wanted)) {
            position = behind + 1;
            return true;
        }
        return false;
    }

    /** Passes over a text, which is then the {@link #string()}. */
    public boolean text() {
        if (!accept('"')) {
            return false;
        }
        from = position;
        isAscii = true;
        int at = position;
        while (at < end) {
            int next = bytes[at];
            if (next == '"') {
                to = at;
                position = at + 1;
                return true;
            }
            if (next >= ' ' && next != '\\') {
                at++;
            } else {
                int length = next < 0 ? lengthOfCharacter(at) : 0;
                if (length == 0) {
                    return false;
                }
                isAscii = false;
                at += length;
            }
        }
        return false;
    }

    /** Bytes of a character beyond ASCII, 0 where there is none. */
    private int lengthOfCharacter(int at) {
        int first = bytes[at] & 0xFF;
        int length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
        if (length == 0 || at + length > end) {
            return 0;
        }
        for (int i = 1; i < length; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        int second = bytes[at + 1] & 0xFF;
        // Longer than need be, half a surrogate pair, or beyond the last character.
        boolean isWrong =
                (first == 0xE0 && second < 0xA0)
                        || (first == 0xED && second > 0x9F)
                        || (first == 0xF0 && second < 0x90)
                        || (first == 0xF4 && second > 0x8F);
        return isWrong ? 0 : length;
    }

    /** Passes over a number, which is then {@link #unscaled()} and {@link #string()}. */
    public boolean number() {
        isNegative = accept('-');
        if (isNegative && (position == end || !isDigit(bytes[position]))) {
            return false;
        }
        int next = peek();
        if (!isDigit(next)) {
            return false;
        }
        from = isNegative ? position - 1 : position;
        isAscii = true;
        number = 0;
        fractionDigits = 0;
        int begin = position;
        digits();
        int whole = position - begin;
        if (whole > MOST_DIGITS || (next == '0' && whole > 1)) {
            return false;
        }
        if (position < end && bytes[position] == '.') {
            position++;
            begin = position;
            digits();
            fractionDigits = position - begin;
            if (fractionDigits == 0 || whole + fractionDigits > MOST_DIGITS) {
                return false;
            }
        }
        to = position;
        return true;
    }

    private void digits() {
        byte[] in = bytes;
        int stop = end;
        int at = position;
        long value = number;
        while (at < stop && isDigit(in[at])) {
            value = value * 10 + in[at++] - '0';
        }
        position = at;
        number = value;
    }

    private static boolean isDigit(int value) {
        return value >= '0' && value <= '9';
    }

    /** The number without its point. */
    public long unscaled() {
        return isNegative ? -number : number;
    }

    /** How many digits of the number are behind its point. */
    public int scale() {
        return fractionDigits;
    }

    /**
     * The double that is nearest to the number; of a zero with a minus, the one without. A whole
     * number and a power of ten that are both exact make a quotient that is the nearest one to the
     * decimal fraction.
     */
    public double floating() {
        return number > MOST_EXACT
                ? Double.parseDouble(string())
                : unscaled() / POWERS_OF_TEN[fractionDigits];
    }

    /** Whether it is a zero with a minus in front of it, which not every type knows. */
    public boolean isNegativeZero() {
        return isNegative && number == 0;
    }

    /** Passes over {@code true}. */
    public boolean acceptTrue() {
        return word(TRUE);
    }

    /** Passes over {@code false}. */
    public boolean acceptFalse() {
        return word(FALSE);
    }

    /** Passes over {@code null}. */
    public boolean acceptNull() {
        return word(NULL);
    }

    private boolean word(byte[] word) {
        int next = peek();
        int behind = position + word.length;
        if (next == word[0] && behind <= end && ExpectedText.isAt(bytes, position, word)) {
            position = behind;
            return true;
        }
        return false;
    }

    /** Passes over a value of any kind. */
    public boolean skip() {
        return skip(DEEPEST);
    }

    private boolean skip(int depth) {
        return switch (peek()) {
            case '"' -> text();
            case 't' -> acceptTrue();
            case 'f' -> acceptFalse();
            case 'n' -> acceptNull();
            case '{' -> depth > 0 && skipObject(depth - 1);
            case '[' -> depth > 0 && skipArray(depth - 1);
            default -> number();
        };
    }

    private boolean skipObject(int depth) {
        position++;
        if (accept('}')) {
            return true;
        }
        do {
            if (!text() || !accept(':') || !skip(depth)) {
                return false;
            }
        } while (accept(','));
        return accept('}');
    }

    private boolean skipArray(int depth) {
        position++;
        if (accept(']')) {
            return true;
        }
        do {
            if (!skip(depth)) {
                return false;
            }
        } while (accept(','));
        return accept(']');
    }

    /** The bytes that the text or number is among. */
    public byte[] array() {
        return bytes;
    }

    /** Where the last text, without its quotes, or the last number begins. */
    public int offset() {
        return from;
    }

    /** Bytes of the last text or number. */
    public int length() {
        return to - from;
    }

    /** The last text or number. */
    public String string() {
        return new String(
                bytes,
                from,
                to - from,
                isAscii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }
}
