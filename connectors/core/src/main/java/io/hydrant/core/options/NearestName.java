package io.hydrant.core.options;

import java.util.Collection;
import java.util.Locale;

/** Finds the name that somebody who typed another one probably meant. */
public final class NearestName {

    private NearestName() {}

    /**
     * The known name nearest to {@code typed}, or null where none is near enough to be worth
     * naming.
     */
    public static String of(String typed, Collection<String> known) {
        String nearest = null;
        int fewest = Math.max(2, typed.length() / 3) + 1;
        for (String name : known) {
            int edits = edits(typed.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
            if (edits < fewest) {
                fewest = edits;
                nearest = name;
            }
        }
        return nearest;
    }

    /** {@code "; did you mean 'x'?"}, or nothing; made to stand at the end of an error message. */
    public static String hint(String typed, Collection<String> known) {
        String nearest = of(typed, known);
        return nearest == null ? "" : "; did you mean '" + nearest + "'?";
    }

    private static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int substituted = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
