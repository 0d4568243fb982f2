package io.hydrant.launcher;

import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Numbers as people write them on a command line, and what is said of those that are none: picocli
 * speaks of Java's types, and Java takes {@code NaN}, {@code 1d} and {@code 0x1p3}.
 */
final class Numbers {

    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,3})?");

    private Numbers() {}

    /** Makes a command line and those below it read numbers so. */
    static CommandLine on(CommandLine line) {
        return line.registerConverter(Double.class, Numbers::decimal)
                .registerConverter(Double.TYPE, Numbers::decimal)
                .registerConverter(Long.class, whole(Long::valueOf))
                .registerConverter(Long.TYPE, whole(Long::valueOf))
                .registerConverter(Integer.class, whole(Integer::valueOf))
                .registerConverter(Integer.TYPE, whole(Integer::valueOf));
    }

    private static Double decimal(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new TypeConversionException(
                    "'" + text + "' is no number; write it without units, as 1500 or 0.5");
        }
        return Double.valueOf(text);
    }

    private static <N> ITypeConverter<N> whole(Function<String, N> parsed) {
        return text -> {
            try {
                return parsed.apply(text);
            } catch (NumberFormatException e) {
                throw new TypeConversionException(
                        "'"
                                + text
                                + "' is no whole number that fits here; write it without units, as 1500");
            }
        };
    }
}
