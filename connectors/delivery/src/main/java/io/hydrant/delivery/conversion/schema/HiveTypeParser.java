package io.hydrant.delivery.conversion.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the text of a {@link HiveType}. Case and white space mean nothing but in names of fields; a
 * name with other characters than letters, digits and underscores may stand in backticks.
 */
public final class HiveTypeParser {

    /** Deeper types than this are a mistake, or an attack on the stack. */
    private static final int DEEPEST = 64;

    private static final Map<String, HiveType> SIMPLE =
            Map.ofEntries(
                    Map.entry("boolean", HiveType.Simple.BOOLEAN),
                    Map.entry("tinyint", HiveType.Simple.TINYINT),
                    Map.entry("smallint", HiveType.Simple.SMALLINT),
                    Map.entry("int", HiveType.Simple.INT),
                    Map.entry("integer", HiveType.Simple.INT),
                    Map.entry("bigint", HiveType.Simple.BIGINT),
                    Map.entry("float", HiveType.Simple.FLOAT),
                    Map.entry("real", HiveType.Simple.FLOAT),
                    Map.entry("double", HiveType.Simple.DOUBLE),
                    Map.entry("string", HiveType.Simple.STRING),
                    Map.entry("binary", HiveType.Simple.BINARY),
                    Map.entry("date", HiveType.Simple.DATE),
                    Map.entry("timestamp", HiveType.Simple.TIMESTAMP));

    private static final String KNOWN =
            "boolean, tinyint, smallint, int, bigint, float, double, decimal(p,s), string, varchar(n), char(n), "
                    + "binary, date, timestamp, array<…>, map<…,…>, struct<name:…> are";

    private final String text;
    private int position;

    private HiveTypeParser(String text) {
        this.text = text;
    }

    /**
     * The type that the text writes.
     *
     * @throws IllegalArgumentException naming the position, from 1, and what is wrong there
     */
    public static HiveType parse(String text) {
        HiveTypeParser parser = new HiveTypeParser(text);
        HiveType type = parser.type(0);
        parser.skipSpace();
        if (parser.position < text.length()) {
            throw parser.problem(parser.position, "nothing may follow the type " + type.text());
        }
        return type;
    }

    private HiveType type(int depth) {
        if (depth > DEEPEST) {
            throw problem(position, "types are nested deeper than " + DEEPEST);
        }
        skipSpace();
        int begin = position;
        String word = word();
        HiveType simple = SIMPLE.get(word);
        if (simple != null) {
            return simple;
        }
        try {
            return switch (word) {
                case "decimal", "numeric", "dec" -> decimal();
                case "varchar" -> new HiveType.Varchar(oneNumber());
                case "char" -> new HiveType.Char(oneNumber());
                case "array" -> {
                    expect('<');
                    HiveType element = type(depth + 1);
                    expect('>');
                    yield new HiveType.Array(element);
                }
                case "map" -> {
                    expect('<');
                    HiveType key = type(depth + 1);
                    expect(',');
                    HiveType value = type(depth + 1);
                    expect('>');
                    yield new HiveType.Map(key, value);
                }
                case "struct" -> struct(depth);
                case "" -> throw problem(begin, "a type is missing");
                default ->
                        throw problem(
                                begin,
                                "'" + word + "' is not a type that can be written; " + KNOWN);
            };
        } catch (PositionedException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw problem(begin, word + ": " + e.getMessage());
        }
    }

    private HiveType decimal() {
        skipSpace();
        if (position >= text.length() || text.charAt(position) != '(') {
            return new HiveType.Decimal(10, 0);
        }
        expect('(');
        int precision = number();
        skipSpace();
        int scale = 0;
        if (position < text.length() && text.charAt(position) == ',') {
            expect(',');
            scale = number();
        }
        expect(')');
        return new HiveType.Decimal(precision, scale);
    }

    private HiveType struct(int depth) {
        expect('<');
        List<HiveType.Field> fields = new ArrayList<>();
        do {
            String name = name();
            expect(':');
            fields.add(new HiveType.Field(name, type(depth + 1)));
            skipSpace();
        } while (accept(','));
        expect('>');
        return new HiveType.Struct(fields);
    }

    private String name() {
        skipSpace();
        int begin = position;
        if (position < text.length() && text.charAt(position) == '`') {
            return quotedName();
        }
        while (position < text.length() && ":<>,`".indexOf(text.charAt(position)) < 0) {
            position++;
        }
        String name = text.substring(begin, position).strip();
        if (name.isEmpty()) {
            throw problem(begin, "the name of a field is missing");
        }
        return name;
    }

    private String quotedName() {
        int begin = position++;
        StringBuilder name = new StringBuilder();
        while (position < text.length()) {
            char c = text.charAt(position++);
            if (c != '`') {
                name.append(c);
            } else if (position < text.length() && text.charAt(position) == '`') {
                name.append(c);
                position++;
            } else {
                return name.toString();
            }
        }
        throw problem(begin, "the backtick is never closed");
    }

    private int oneNumber() {
        expect('(');
        int number = number();
        expect(')');
        return number;
    }

    private int number() {
        skipSpace();
        int begin = position;
        while (position < text.length()
                && text.charAt(position) >= '0'
                && text.charAt(position) <= '9') {
            position++;
        }
        if (position == begin || position - begin > 6) {
            throw problem(begin, "a whole number belongs here");
        }
        return Integer.parseInt(text.substring(begin, position));
    }

    private String word() {
        int begin = position;
        while (position < text.length()
                && (Character.isLetterOrDigit(text.charAt(position))
                        || text.charAt(position) == '_')) {
            position++;
        }
        return text.substring(begin, position).toLowerCase(Locale.ROOT);
    }

    private boolean accept(char c) {
        if (position < text.length() && text.charAt(position) == c) {
            position++;
            return true;
        }
        return false;
    }

    private void expect(char c) {
        skipSpace();
        if (!accept(c)) {
            throw problem(
                    position,
                    "'"
                            + c
                            + "' belongs here, "
                            + (position < text.length()
                                    ? "not '" + text.charAt(position) + "'"
                                    : "but the text ends"));
        }
    }

    private void skipSpace() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    private PositionedException problem(int at, String what) {
        return new PositionedException("'" + text + "', position " + (at + 1) + ": " + what);
    }

    /** Tells problems that name their position from those that get one. */
    private static final class PositionedException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        PositionedException(String message) {
            super(message);
        }
    }
}
