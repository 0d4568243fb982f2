package io.hydrant.sql.functions.text;

import io.hydrant.sql.functions.FunctionEntry;

import java.util.List;

/** The functions of text. */
public final class TextFunctions {

    private TextFunctions() {}

    /** Every function once. */
    public static List<FunctionEntry> all() {
        return List.of(
                new FunctionEntry(
                        "REGEX_REPLACE",
                        "text, pattern, replacement, start, occurrence",
                        "STRING",
                        "Replaces what the java.util.regex pattern finds from character `start` (from 1) on: all of it for `occurrence` 0, else that one. NULL where an argument is NULL or out of range",
                        "KDA SQL reference, REGEX_REPLACE",
                        RegexReplace.class),
                new FunctionEntry(
                        "KDA_INITCAP",
                        "text",
                        "STRING",
                        "`INITCAP(text)`: each word that spaces separate begins in upper case and goes on in lower case. Flink's `INITCAP` begins a word behind every other character, too",
                        "KDA SQL reference, INITCAP",
                        InitialCapitals.class));
    }
}
