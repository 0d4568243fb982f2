package io.hydrant.iceberg.route;

import java.util.Locale;

/** What a record does to its table. */
public enum Operation {
    /** Adds a row; where the table has unique keys and records may say what they do: as UPDATE. */
    INSERT,
    /** Takes the place of the row with its keys, or adds one. */
    UPDATE,
    /** Removes the row with its keys. */
    DELETE;

    /** The operation of that name in any case, or null where there is none. */
    static Operation ofName(String name) {
        for (Operation operation : values()) {
            if (operation.name().equals(name.toUpperCase(Locale.ROOT))) {
                return operation;
            }
        }
        return null;
    }
}
