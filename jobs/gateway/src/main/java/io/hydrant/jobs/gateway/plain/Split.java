package io.hydrant.jobs.gateway.plain;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** How the body of a request becomes records. */
enum Split {
    /** It is one record, whatever it holds. */
    NONE,
    /** Each line is a record, without its line feed; lines with nothing in them are none. */
    LINES,
    /** Each value of JSON is a record as it stands there; of an array, each of its elements. */
    JSON;

    private static final Set<String> LINE_TYPES =
            Set.of(
                    "application/x-ndjson",
                    "application/ndjson",
                    "application/jsonl",
                    "application/jsonlines",
                    "application/x-jsonlines");

    /** What it is called in a request. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one of that name, or null. */
    static Split named(String word) {
        return Arrays.stream(values())
                .filter(split -> split.word().equals(word))
                .findFirst()
                .orElse(null);
    }

    /**
     * What a content type says of it.
     *
     * @param mediaType in small letters, without parameters
     */
    static Split of(String mediaType) {
        if (LINE_TYPES.contains(mediaType)) {
            return LINES;
        }
        boolean isJson =
                mediaType.equals("application/json")
                        || mediaType.equals("text/json")
                        || mediaType.endsWith("+json");
        return isJson ? JSON : NONE;
    }
}
