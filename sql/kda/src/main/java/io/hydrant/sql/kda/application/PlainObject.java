package io.hydrant.sql.kda.application;

import java.io.Serializable;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Reads a record that is one JSON object, written as most are: ASCII without escapes, whole and
 * decimal numbers of some digits. Its bytes are gone through once, and nothing is made but the
 * values of columns that are read.
 *
 * <p>Says nothing about other records, not even that they are no JSON: who finds what it does not
 * know, or what only a tree tells, leaves the whole record to the parser. What it does take has the
 * values that the parser finds there: of members with the same name the last one counts.
 */
final class PlainObject implements Serializable {

    private static final long serialVersionUID = 1L;

    /** So that a number is a long, whatever its digits are. */
    private static final int MAX_DIGITS = 18;

    /** Far less deep than the parser goes. */
    private static final int MAX_DEPTH = 50;

    /** Longer names are the parser's, which refuses some. */
    private static final int MAX_NAME = 1000;

    private static final int BASE = 31;

    /** What is known of a value; bytes, since they are forgotten with each record. */
    private static final byte NONE = 0;

    private static final byte TEXT = 1;
    private static final byte WHOLE = 2;
    private static final byte DECIMAL = 3;
    private static final byte TRUE = 4;
    private static final byte FALSE = 5;

    /** The members of an object that columns lead to or through. */
    private static final class Members implements Serializable {

        private static final long serialVersionUID = 1L;

        private byte[][] names = {};

        /** Where the value of each goes; -1 for nowhere. */
        private int[] places = {};

        /** The members of each that columns lead to; null where there are none. */
        private Members[] inner = {};

        /** By the lowest bits of hashes the first member to look at, and by member the next. */
        private int[] first = {};

        private int[] next = {};

        private int add(String name) {
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < names.length; i++) {
                if (Arrays.equals(names[i], bytes)) {
                    return i;
                }
            }
            int member = names.length;
            names = Arrays.copyOf(names, member + 1);
            names[member] = bytes;
            places = Arrays.copyOf(places, member + 1);
            places[member] = -1;
            inner = Arrays.copyOf(inner, member + 1);
            index();
            return member;
        }

        private void index() {
            first = new int[Integer.highestOneBit(names.length) * 4];
            next = new int[names.length];
            Arrays.fill(first, -1);
            for (int i = 0; i < next.length; i++) {
                int hash = 0;
                for (byte b : names[i]) {
                    hash = hash * BASE + b;
                }
                int bucket = hash & (first.length - 1);
                next[i] = first[bucket];
                first[bucket] = i;
            }
        }

        private int find(int hash, byte[] bytes, int from, int to) {
            for (int i = first[hash & (first.length - 1)]; i >= 0; i = next[i]) {
                byte[] name = names[i];
                if (Arrays.equals(name, 0, name.length, bytes, from, to)) {
                    return i;
                }
            }
            return -1;
        }
    }

    private final Members root;

    /** Of each column, where its value is. */
    private final int[] placeOf;

    /** Of each column, whether it may be left out where it is a text. */
    private final boolean[] isIdle;

    private final byte[] kinds;
    private final long[] numbers;

    /** Of texts where they begin and end, of decimals how many digits stand behind the point. */
    private final int[] from;

    private final int[] to;

    private transient byte[] bytes;
    private transient int at;
    private transient int end;

    private PlainObject(Members root, int[] placeOf, boolean[] isIdle, int places) {
        this.root = root;
        this.placeOf = placeOf;
        this.isIdle = isIdle;
        kinds = new byte[places];
        numbers = new long[places];
        from = new int[places];
        to = new int[places];
    }

    /**
     * Who reads columns; null where one of them leads elsewhere than from name to name.
     *
     * @param isIdle which columns may be left out where they are a text
     */
    static PlainObject of(ColumnPath[] columns, IntPredicate isIdle) {
        Members root = new Members();
        int[] placeOf = new int[columns.length];
        boolean[] idle = new boolean[columns.length];
        int places = 0;
        for (int i = 0; i < columns.length; i++) {
            List<String> names = columns[i].names();
            if (names == null || names.isEmpty() || names.size() > MAX_DEPTH) {
                return null;
            }
            idle[i] = isIdle.test(i);
            Members members = root;
            for (String name : names.subList(0, names.size() - 1)) {
                int member = members.add(name);
                if (members.inner[member] == null) {
                    members.inner[member] = new Members();
                }
                members = members.inner[member];
            }
            int member = members.add(names.get(names.size() - 1));
            if (members.places[member] < 0) {
                members.places[member] = places;
                places++;
            }
            placeOf[i] = members.places[member];
        }
        if (places == 0) {
            return null;
        }
        return new PlainObject(root, placeOf, idle, places);
    }

    /** Reads a record, if it is such a one; only then are there values. */
    boolean reads(byte[] record, int offset, int length) {
        bytes = record;
        at = offset;
        end = offset + length;
        Arrays.fill(kinds, NONE);
        skipSpace();
        if (!isNext('{') || !object(root, 1)) {
            return false;
        }
        skipSpace();
        return at == end;
    }

    /** A column's value in the record that was read, null where there is none. */
    Object value(int column, Coercion coercion) throws Coercion.Refused {
        int place = placeOf[column];
        return switch (kinds[place]) {
            case NONE -> null;
            case TEXT ->
                    isIdle[column]
                            ? null
                            : coercion.ofText(
                                    new String(
                                            bytes,
                                            from[place],
                                            to[place] - from[place],
                                            StandardCharsets.ISO_8859_1));
            case WHOLE -> coercion.ofWhole(numbers[place]);
            case DECIMAL -> coercion.ofNumber(BigDecimal.valueOf(numbers[place], from[place]));
            case TRUE -> coercion.ofBoolean(true);
            case FALSE -> coercion.ofBoolean(false);
            default -> throw new IllegalStateException("A value of kind " + kinds[place]);
        };
    }

    /** Lets go of the record. */
    void forget() {
        bytes = null;
    }

    /** From behind the brace to behind the other; members null where no column leads here. */
    private boolean object(Members members, int depth) {
        if (depth > MAX_DEPTH) {
            return false;
        }
        skipSpace();
        if (isNext('}')) {
            return true;
        }
        do {
            skipSpace();
            if (!isNext('"') || !member(members, depth)) {
                return false;
            }
            skipSpace();
        } while (isNext(','));
        return isNext('}');
    }

    private boolean member(Members members, int depth) {
        int start = at;
        int hash = 0;
        while (at < end && isPlain(bytes[at])) {
            hash = hash * BASE + bytes[at];
            at++;
        }
        int nameEnd = at;
        if (nameEnd - start > MAX_NAME || !isNext('"')) {
            return false;
        }
        skipSpace();
        if (!isNext(':')) {
            return false;
        }
        skipSpace();
        int member = members == null ? -1 : members.find(hash, bytes, start, nameEnd);
        if (member < 0) {
            return value(-1, null, depth);
        }
        Members inner = members.inner[member];
        if (inner != null) {
            clear(inner);
        }
        return value(members.places[member], inner, depth);
    }

    /** Forgets what a member of the same name had. */
    private void clear(Members members) {
        for (int i = 0; i < members.places.length; i++) {
            if (members.places[i] >= 0) {
                kinds[members.places[i]] = NONE;
            }
            if (members.inner[i] != null) {
                clear(members.inner[i]);
            }
        }
    }

    private boolean value(int place, Members inner, int depth) {
        if (at >= end) {
            return false;
        }
        switch (bytes[at]) {
            case '"' -> {
                at++;
                return text(place);
            }
            case '{' -> {
                at++;
                // As a value, its text is asked for.
                return place < 0 && object(inner, depth + 1);
            }
            case '[' -> {
                at++;
                // Columns look into arrays for a member that has the name.
                return place < 0 && inner == null && array(depth + 1);
            }
            case 't' -> {
                return word("true", place, TRUE);
            }
            case 'f' -> {
                return word("false", place, FALSE);
            }
            case 'n' -> {
                return word("null", place, NONE);
            }
            default -> {
                return number(place);
            }
        }
    }

    private boolean array(int depth) {
        if (depth > MAX_DEPTH) {
            return false;
        }
        skipSpace();
        if (isNext(']')) {
            return true;
        }
        do {
            skipSpace();
            if (!value(-1, null, depth)) {
                return false;
            }
            skipSpace();
        } while (isNext(','));
        return isNext(']');
    }

    private boolean text(int place) {
        int start = at;
        while (at < end && isPlain(bytes[at])) {
            at++;
        }
        if (place >= 0) {
            kinds[place] = TEXT;
            from[place] = start;
            to[place] = at;
        }
        return isNext('"');
    }

    private boolean word(String word, int place, byte kind) {
        for (int i = 0; i < word.length(); i++) {
            if (!isNext(word.charAt(i))) {
                return false;
            }
        }
        if (place >= 0) {
            kinds[place] = kind;
        }
        return isEndOfValue();
    }

    private boolean number(int place) {
        boolean isNegative = isNext('-');
        int start = at;
        long number = digits(0);
        int whole = at - start;
        int scale = 0;
        if (whole == 0 || (whole > 1 && bytes[start] == '0')) {
            return false;
        }
        boolean isDecimal = isNext('.');
        if (isDecimal) {
            int point = at;
            number = digits(number);
            scale = at - point;
            if (scale == 0) {
                return false;
            }
        }
        if (whole + scale > MAX_DIGITS) {
            return false;
        }
        if (place >= 0) {
            kinds[place] = isDecimal ? DECIMAL : WHOLE;
            numbers[place] = isNegative ? -number : number;
            from[place] = scale;
        }
        return isEndOfValue();
    }

    /** Digits behind those of a number; what is too large to be one is refused by its length. */
    private long digits(long before) {
        long number = before;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            number = number * 10 + bytes[at] - '0';
            at++;
        }
        return number;
    }

    private boolean isEndOfValue() {
        if (at >= end) {
            return false;
        }
        byte b = bytes[at];
        return b == ',' || b == '}' || b == ']' || isSpace(b);
    }

    private boolean isNext(char expected) {
        if (at < end && bytes[at] == expected) {
            at++;
            return true;
        }
        return false;
    }

    private void skipSpace() {
        while (at < end && isSpace(bytes[at])) {
            at++;
        }
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /** What stands for itself in a text; bytes that are not ASCII are negative. */
    private static boolean isPlain(byte b) {
        return b >= ' ' && b != '"' && b != '\\';
    }
}
