package io.hydrant.redshift;

import io.hydrant.delivery.partition.NamingOptions;

import java.util.Locale;

/**
 * Where objects are staged for one of several tables: in a folder that bears its name, so that an
 * object's key says for which table it is, to whichever job comes across it. Objects for the first
 * table lie as they would if it were the only one.
 */
final class TablePlaces {

    private static final String MARK = "hydrant-table=";
    private static final String TIME = "!{timestamp:yyyy/MM/dd/HH/}";

    private TablePlaces() {}

    /** Refuses a prefix that looks as if it were that of a table. */
    static void requireNone(String prefix) {
        if (prefix.contains(MARK)) {
            throw new IllegalArgumentException(
                    NamingOptions.PREFIX.key()
                            + " is '"
                            + prefix
                            + "'; '"
                            + MARK
                            + "' is what the folders of redshift.tables begin with, so leave it out");
        }
    }

    /** A table's name as a folder: one of lower-case letters, digits and {@code _ . -}. */
    static String folder(String table) {
        return table.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_.-]", "_");
    }

    /** What the prefix of the objects for a table is made of. */
    static String partition(String prefix, String table) {
        return prefix + MARK + folder(table) + '/' + TIME;
    }

    /** The folder of the table that an object was staged for, null for the first table's. */
    static String folderOf(String key) {
        int mark = key.lastIndexOf(MARK);
        return mark < 0
                ? null
                : key.substring(mark + MARK.length(), key.indexOf('/', mark + MARK.length()));
    }
}
