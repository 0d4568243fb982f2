package io.hydrant.delivery.conversion.schema;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The type of a column, as AWS Glue and Hive write it: {@code bigint}, {@code decimal(10,2)},
 * {@code array<struct<id:bigint,at:timestamp>>}.
 *
 * <p>{@link #text()} and {@link HiveTypeParser} are each other's inverse. Source: Hive Language
 * Manual, "Types"; AWS Glue, Column.
 */
public sealed interface HiveType extends Serializable {

    /** The type as Hive writes it, in lower case but for the names of fields. */
    String text();

    /** A type without parameters. */
    enum Simple implements HiveType {
        /** True or false. */
        BOOLEAN,
        /** A number of 8 bits. */
        TINYINT,
        /** A number of 16 bits. */
        SMALLINT,
        /** A number of 32 bits. */
        INT,
        /** A number of 64 bits. */
        BIGINT,
        /** A floating point number of 32 bits. */
        FLOAT,
        /** A floating point number of 64 bits. */
        DOUBLE,
        /** Text of any length. */
        STRING,
        /** Bytes. */
        BINARY,
        /** A day. */
        DATE,
        /** An instant with nanoseconds, in UTC. */
        TIMESTAMP;

        @Override
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A number with a fixed number of digits.
     *
     * @param precision digits in all, 1 to 38
     * @param scale digits behind the point, 0 to {@code precision}
     */
    record Decimal(int precision, int scale) implements HiveType {

        /** The most digits that Hive knows. */
        public static final int MOST_DIGITS = 38;

        /** The most digits whose every number is a {@code long}. */
        public static final int MOST_LONG_DIGITS = 18;

        /** Validates the ranges. */
        public Decimal {
            if (precision < 1 || precision > MOST_DIGITS) {
                throw new IllegalArgumentException(
                        "the precision " + precision + " is not allowed; 1 to " + MOST_DIGITS);
            }
            if (scale < 0 || scale > precision) {
                throw new IllegalArgumentException(
                        "the scale " + scale + " is not allowed; 0 to the precision " + precision);
            }
        }

        @Override
        public String text() {
            return "decimal(" + precision + "," + scale + ")";
        }
    }

    /**
     * Text of a bounded length.
     *
     * @param length the most characters, 1 to 65535
     */
    record Varchar(int length) implements HiveType {

        /** Validates the range. */
        public Varchar {
            if (length < 1 || length > 65_535) {
                throw new IllegalArgumentException(
                        "the length " + length + " is not allowed; 1 to 65535");
            }
        }

        @Override
        public String text() {
            return "varchar(" + length + ")";
        }
    }

    /**
     * Text of a bounded length whose trailing spaces mean nothing.
     *
     * @param length the most characters, 1 to 255
     */
    record Char(int length) implements HiveType {

        /** Validates the range. */
        public Char {
            if (length < 1 || length > 255) {
                throw new IllegalArgumentException(
                        "the length " + length + " is not allowed; 1 to 255");
            }
        }

        @Override
        public String text() {
            return "char(" + length + ")";
        }
    }

    /**
     * A list.
     *
     * @param element type of its elements
     */
    record Array(HiveType element) implements HiveType {

        /** Validates that nothing is missing. */
        public Array {
            Objects.requireNonNull(element, "element");
        }

        @Override
        public String text() {
            return "array<" + element.text() + ">";
        }
    }

    /**
     * A map.
     *
     * @param key type of its keys, which has no other types within
     * @param value type of its values
     */
    record Map(HiveType key, HiveType value) implements HiveType {

        /** Validates the key. */
        public Map {
            Objects.requireNonNull(value, "value");
            if (key instanceof Array || key instanceof Map || key instanceof Struct) {
                throw new IllegalArgumentException(
                        "the key " + key.text() + " is not allowed; a type without types within");
            }
        }

        @Override
        public String text() {
            return "map<" + key.text() + "," + value.text() + ">";
        }
    }

    /**
     * Named fields. A table is one.
     *
     * @param fields in their order, at least one; no two names differ in case only
     */
    record Struct(List<Field> fields) implements HiveType {

        /** The most fields of one struct; a row names each by 15 bits. */
        public static final int MOST_FIELDS = 32_000;

        /** Validates the names. */
        public Struct {
            fields = List.copyOf(fields);
            if (fields.isEmpty() || fields.size() > MOST_FIELDS) {
                throw new IllegalArgumentException(
                        fields.size() + " fields are not allowed; 1 to " + MOST_FIELDS);
            }
            Set<String> names = new HashSet<>();
            for (Field field : fields) {
                if (!names.add(field.name().toLowerCase(Locale.ROOT))) {
                    throw new IllegalArgumentException(
                            "the name '" + field.name() + "' is given twice");
                }
            }
        }

        @Override
        public String text() {
            return fields.stream()
                    .map(Field::text)
                    .collect(Collectors.joining(",", "struct<", ">"));
        }
    }

    /**
     * A field of a struct, or a column of a table.
     *
     * @param name its name, not empty
     * @param type its type
     */
    record Field(String name, HiveType type) implements Serializable {

        /** Validates the name. */
        public Field {
            Objects.requireNonNull(type, "type");
            if (name == null || name.isBlank()) {
                throw new IllegalArgumentException("a field has no name");
            }
        }

        String text() {
            return quoted(name) + ":" + type.text();
        }

        private static String quoted(String name) {
            boolean isPlain =
                    name.chars()
                            .allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '_'));
            return isPlain ? name : '`' + name.replace("`", "``") + '`';
        }
    }
}
