package io.hydrant.launcher.redrive;

import io.hydrant.s3.read.RedriveKeys;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of the error objects, where several machines redrive them: about as many as any other.
 *
 * @param number which part, from 1
 * @param of how many parts there are
 */
record RedrivePart(int number, int of) {

    static final RedrivePart ALL = new RedrivePart(1, 1);

    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,3})/([1-9][0-9]{0,3})");

    /**
     * Reads {@code 2/4}.
     *
     * @throws IllegalArgumentException saying what it should look like
     */
    static RedrivePart parse(String text) {
        Matcher form = FORM.matcher(text);
        if (form.matches()) {
            RedrivePart part =
                    new RedrivePart(
                            Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
            if (part.number <= part.of) {
                return part;
            }
        }
        throw new IllegalArgumentException(
                "'" + text + "' is no part; give 1/4, 2/4, 3/4 and 4/4 to four machines");
    }

    /** Whether an error object is in it; each is in one of the parts, always the same. */
    boolean has(String errorObject) {
        return Math.floorMod(RedriveKeys.idOf(errorObject).getLeastSignificantBits(), of)
                == number - 1;
    }
}
