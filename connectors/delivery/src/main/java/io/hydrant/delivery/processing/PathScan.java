package io.hydrant.delivery.processing;

import io.hydrant.delivery.json.ExpectedText;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Looks paths up in the bytes of a JSON document, without tokens and without a tree, and checks all
 * of the document on its way. Says that it found them only where a parser would take the document
 * and find the same; of whatever it knows nothing about (escapes in a name or in a value that is
 * looked for, a path through something that is no object, a document that is none) it says so.
 *
 * <p>Source of the grammar: RFC 8259. Not thread-safe.
 */
final class PathScan {

    /** Stricter than any parser's own limits, so that those never decide. */
    private static final int DEEPEST = 200;

    private static final int LONGEST_NAME = 10_000;
    private static final int LONGEST_NUMBER = 100;
    private static final int LONGEST_TEXT = 1_000_000;

    /** Says what a byte in a text is: one of these, or how many bytes its character has. */
    private static final byte[] KINDS = kinds();

    private static final byte PLAIN = 0;
    private static final byte QUOTE = 5;
    private static final byte ESCAPE = 6;
    private static final byte OTHER = 7;

    private static final char REPLACEMENT = '\ufffd';

    /** Names are data where somebody uses ids as names, and then there is no end of them. */
    private static final int MOST_NAMES = 2000;

    /** Bytes of a name that is remembered; all of them together take about a megabyte. */
    private static final int LONGEST_KNOWN = 200;

    private final PathStep root;
    private final String[] values;

    /** Names of fields of documents, as they are in there. */
    private final Map<String, Name> known = new HashMap<>();

    /** Stands in front of a document's first name. */
    private final Name front = new Name("", null);

    private byte[] bytes;
    private int at;
    private int end;

    /** Of the text that was read last. */
    private boolean hasEscapes;

    private boolean isAscii;

    /** A name, with the one that came behind it last: documents mostly have theirs in one order. */
    private static final class Name {

        /** With quotes, and a colon behind them. */
        private final byte[] text;

        private final PathStep step;
        private Name next;

        private Name(String name, PathStep step) {
            this.text = ('"' + name + "\":").getBytes(StandardCharsets.UTF_8);
            this.step = step;
        }
    }

    /**
     * A scan.
     *
     * @param values where what is found is put, by the numbers that the steps have
     */
    PathScan(PathStep root, String[] values) {
        this.root = root;
        this.values = values;
    }

    /** Looks in a document; false where a parser has to. */
    boolean find(Bytes document) {
        bytes = document.array();
        at = document.offset();
        end = at + document.length();
        try {
            skipSpace();
            if (!take('{') || !fields()) {
                return false;
            }
            skipSpace();
            return at == end;
        } finally {
            bytes = null;
        }
    }

    /** As {@link #members}, for the document itself. */
    private boolean fields() {
        skipSpace();
        if (take('}')) {
            return true;
        }
        Name name = front;
        do {
            name = passPlain(name);
            skipSpace();
            name = name(name);
            if (name == null) {
                return false;
            }
            skipSpace();
            if (!(name.step == null ? value(0) : wanted(name.step, 0))) {
                return false;
            }
            skipSpace();
        } while (take(','));
        return take('}');
    }

    /**
     * Passes over fields that no path leads to, with the comma behind each, as far as they come in
     * the order that is known, without space, and have plain texts and whole numbers for values.
     * Other fields are none the worse for it.
     *
     * @return the name of the last one
     */
    private Name passPlain(Name last) {
        byte[] in = bytes;
        int stop = end;
        int i = at;
        Name name = last;
        for (Name next = name.next;
                next != null && next.step == null && isAt(in, i, stop, next.text);
                next = name.next) {
            int behind = behindPlain(in, i + next.text.length, stop);
            if (behind == stop || in[behind] != ',') {
                break;
            }
            i = behind + 1;
            name = next;
        }
        at = i;
        return name;
    }

    /** What follows a plain text or a whole number; {@code stop} where there is neither. */
    private static int behindPlain(byte[] in, int from, int stop) {
        int i = from;
        if (i == stop) {
            return stop;
        }
        if (in[i] == '"') {
            i++;
            while (i < stop && KINDS[in[i] & 0xff] == PLAIN) {
                i++;
            }
            return i < stop && in[i] == '"' && i - from <= LONGEST_TEXT ? i + 1 : stop;
        }
        if (in[i] < '1' || in[i] > '9') {
            return stop;
        }
        while (i < stop && isDigit(in[i])) {
            i++;
        }
        return i - from <= LONGEST_NUMBER ? i : stop;
    }

    private static boolean isAt(byte[] in, int from, int stop, byte[] text) {
        return text.length <= stop - from && ExpectedText.isAt(in, from, text);
    }

    /**
     * Passes over a name in quotes and the colon behind it; null where there is none, or one that
     * has several spellings.
     */
    private Name name(Name last) {
        Name expected = last.next;
        if (expected != null && isAt(bytes, at, end, expected.text)) {
            at += expected.text.length;
            return expected;
        }
        if (!take('"')) {
            return null;
        }
        int from = at;
        if (!text() || at - from > LONGEST_NAME || !isComparable(from, at - 1)) {
            return null;
        }
        Name name = nameOf(last, from, at - 1);
        skipSpace();
        return take(':') ? name : null;
    }

    /** Notes that the name came behind the last one, unless that would be too much to remember. */
    private Name nameOf(Name last, int from, int to) {
        String text = string(from, to);
        Name name = known.get(text);
        if (name == null) {
            name = new Name(text, root.child(bytes, from, to));
            if (known.size() == MOST_NAMES || to - from > LONGEST_KNOWN) {
                return name;
            }
            known.put(text, name);
        }
        last.next = name;
        return name;
    }

    /** From behind the brace that opens an object to behind the one that closes it. */
    private boolean members(PathStep step, int depth) {
        if (depth > DEEPEST) {
            return false;
        }
        skipSpace();
        if (take('}')) {
            return true;
        }
        do {
            skipSpace();
            int from = at + 1;
            if (!take('"') || !text() || at - from > LONGEST_NAME) {
                return false;
            }
            int to = at - 1;
            if (step != null && !isComparable(from, to)) {
                return false;
            }
            PathStep child = step == null ? null : step.child(bytes, from, to);
            skipSpace();
            if (!take(':')) {
                return false;
            }
            skipSpace();
            if (!(child == null ? value(depth) : wanted(child, depth))) {
                return false;
            }
            skipSpace();
        } while (take(','));
        return take('}');
    }

    private boolean elements(int depth) {
        if (depth > DEEPEST) {
            return false;
        }
        skipSpace();
        if (take(']')) {
            return true;
        }
        do {
            skipSpace();
            if (!value(depth)) {
                return false;
            }
            skipSpace();
        } while (take(','));
        return take(']');
    }

    private boolean value(int depth) {
        if (at == end) {
            return false;
        }
        return switch (bytes[at]) {
            case '"' -> {
                at++;
                yield text();
            }
            case '{' -> {
                at++;
                yield members(null, depth + 1);
            }
            case '[' -> {
                at++;
                yield elements(depth + 1);
            }
            case 't' -> take("true");
            case 'f' -> take("false");
            case 'n' -> take("null");
            default -> number();
        };
    }

    /** A field that comes twice counts as it comes last, with all that lies in it. */
    private boolean wanted(PathStep step, int depth) {
        step.forget(values);
        if (at == end) {
            return false;
        }
        byte first = bytes[at];
        if (first == 'n') {
            return take("null");
        }
        if (first == '{') {
            at++;
            return !step.isWanted() && members(step, depth + 1);
        }
        int from = at;
        if (first == '[' || step.leadsOn() || !value(depth)) {
            return false;
        }
        if (first == '"') {
            if (!isComparable(from + 1, at - 1)) {
                return false;
            }
            step.set(string(from + 1, at - 1), values);
        } else {
            isAscii = true;
            String text = string(from, at);
            step.set(first == 't' || first == 'f' ? text : KeyText.ofNumber(text), values);
        }
        return true;
    }

    /** Whether the text that was read last has only one spelling. */
    private boolean isComparable(int from, int to) {
        return !hasEscapes && (isAscii || string(from, to).indexOf(REPLACEMENT) < 0);
    }

    private String string(int from, int to) {
        return new String(
                bytes,
                from,
                to - from,
                isAscii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    /** From behind the quote that opens a text to behind the one that closes it. */
    private boolean text() {
        byte[] in = bytes;
        int stop = end;
        int i = at;
        hasEscapes = false;
        isAscii = true;
        while (true) {
            while (i < stop && KINDS[in[i] & 0xff] == PLAIN) {
                i++;
            }
            if (i == stop || i - at > LONGEST_TEXT) {
                return false;
            }
            int kind = KINDS[in[i] & 0xff];
            if (kind == QUOTE) {
                at = i + 1;
                return true;
            }
            int length = kind == ESCAPE ? escape(i) : kind == OTHER ? 0 : character(i, kind);
            if (length == 0) {
                return false;
            }
            i += length;
        }
    }

    /** The length of an escape, 0 where it is none. */
    private int escape(int from) {
        hasEscapes = true;
        if (from + 1 == end) {
            return 0;
        }
        return switch (bytes[from + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> 2;
            case 'u' -> isHexadecimal(from + 2) ? 6 : 0;
            default -> 0;
        };
    }

    private boolean isHexadecimal(int from) {
        if (end - from < 4) {
            return false;
        }
        for (int i = from; i < from + 4; i++) {
            if (Character.digit(bytes[i], 16) < 0) {
                return false;
            }
        }
        return true;
    }

    /** The length of a character beyond ASCII, 0 where bytes of it are missing. */
    private int character(int from, int length) {
        isAscii = false;
        if (end - from < length) {
            return 0;
        }
        for (int i = from + 1; i < from + length; i++) {
            if ((bytes[i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    private boolean number() {
        int from = at;
        take('-');
        if (!take('0') && !digits()) {
            return false;
        }
        if (take('.') && !digits()) {
            return false;
        }
        if (take('e') || take('E')) {
            if (!take('+')) {
                take('-');
            }
            if (!digits()) {
                return false;
            }
        }
        return at - from <= LONGEST_NUMBER;
    }

    /** At least one; a zero in front of others is refused by what follows it. */
    private boolean digits() {
        byte[] in = bytes;
        int stop = end;
        int i = at;
        while (i < stop && isDigit(in[i])) {
            i++;
        }
        boolean isAny = i > at;
        at = i;
        return isAny;
    }

    private static boolean isDigit(byte value) {
        return value >= '0' && value <= '9';
    }

    private boolean take(char wanted) {
        if (at < end && bytes[at] == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private boolean take(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (!take(word.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private void skipSpace() {
        while (at < end && bytes[at] <= ' ' && isSpace(bytes[at])) {
            at++;
        }
    }

    private static boolean isSpace(byte value) {
        return value == ' ' || value == '\n' || value == '\r' || value == '\t';
    }

    private static byte[] kinds() {
        byte[] kinds = new byte[256];
        for (int i = 0; i < kinds.length; i++) {
            if (i < ' ') {
                kinds[i] = OTHER;
            } else if (i < 0x80) {
                kinds[i] = PLAIN;
            } else if ((i & 0xe0) == 0xc0) {
                kinds[i] = 2;
            } else if ((i & 0xf0) == 0xe0) {
                kinds[i] = 3;
            } else {
                kinds[i] = (i & 0xf8) == 0xf0 ? 4 : OTHER;
            }
        }
        kinds['"'] = QUOTE;
        kinds['\\'] = ESCAPE;
        return kinds;
    }
}
