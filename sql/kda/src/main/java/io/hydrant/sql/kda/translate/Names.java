package io.hydrant.sql.kda.translate;

/**
 * Names of stages and of the columns that a translation adds; a dollar keeps them apart from the
 * application's.
 */
final class Names {

    private final String prefix;
    private int last;

    Names(String prefix) {
        this.prefix = prefix;
    }

    String next() {
        return prefix + "$" + ++last;
    }
}
