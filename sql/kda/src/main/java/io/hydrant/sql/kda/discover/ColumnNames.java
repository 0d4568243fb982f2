package io.hydrant.sql.kda.discover;

import io.hydrant.sql.kda.parse.KdaParser;

import java.util.HashSet;
import java.util.Set;

/**
 * Makes names of columns from names in records, no two alike.
 *
 * <p>Source: developer guide, "Using the Schema Discovery Feature on Streaming Data": a name that
 * is a reserved word, begins with a digit, is longer than 100 characters or has others than
 * letters, digits and underscores becomes {@code COL_} and what is left of it, or its place in the
 * order.
 */
final class ColumnNames {

    private static final int LONGEST = 100;
    private static final String PREFIX = "COL_";

    private final Set<String> taken = new HashSet<>();

    /**
     * The name of a column.
     *
     * @param place of the column in the order, from 0
     * @param raw its name in the record, or null
     * @param parent the name of what it stands in, for names that are taken; or null
     */
    String name(int place, String raw, String parent) {
        String name = raw == null ? PREFIX + place : plain(place, raw);
        if (taken.contains(name) && parent != null) {
            name = plain(place, parent + "_" + raw);
        }
        String free = name;
        for (int i = 1; !taken.add(free); i++) {
            free = name + "_" + i;
        }
        return free;
    }

    private static String plain(int place, String raw) {
        StringBuilder left = new StringBuilder();
        raw.chars().filter(ColumnNames::isAllowed).forEach(c -> left.append((char) c));
        String rest = left.length() > LONGEST ? left.substring(0, LONGEST) : left.toString();
        if (rest.isEmpty()) {
            return PREFIX + place;
        }
        return rest.equals(raw) && !Character.isDigit(rest.charAt(0)) && !isReserved(rest)
                ? rest
                : PREFIX + rest;
    }

    private static boolean isAllowed(int c) {
        return c == '_' || (c < 128 && Character.isLetterOrDigit(c));
    }

    private static boolean isReserved(String name) {
        return KdaParser.isReserved(name) || name.equalsIgnoreCase("ROWTIME");
    }
}
