package io.hydrant.redshift;

import io.hydrant.delivery.format.Compression;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parameters of COPY that a user chose, read and checked: nothing of them can end the statement
 * or begin another.
 *
 * <p>Source: Redshift developer guide, "COPY", pages of its parameters, and "COPY from columnar
 * data formats"; Firehose API reference, CopyCommand (at most 10240 characters).
 *
 * @param text the parameters without MAXERROR
 * @param maxErrors what MAXERROR says, -1 where it is not given
 * @param compression which compression they name
 * @param parameters each in capital letters, with what follows it without quotes, empty where
 *     nothing does
 */
public record CopyOptions(
        String text, int maxErrors, Compression compression, Map<String, String> parameters) {

    /** The most characters that Firehose takes. */
    public static final int LONGEST = 10_240;

    /** The largest MAXERROR that Redshift takes. */
    static final int LARGEST_MAX_ERRORS = 100_000;

    private static final String PARQUET = "PARQUET";

    private static final Pattern TOKEN =
            Pattern.compile("\\s*(?:([A-Za-z_][A-Za-z0-9_]*)|([0-9]+)|('(?:[^']|'')*'))");

    /** What follows a parameter: w a word, n a number, s a string; A an AS that may be there. */
    private static final Map<String, String> KNOWN =
            Map.ofEntries(
                    Map.entry("FORMAT", "A"),
                    Map.entry("CSV", ""),
                    Map.entry(PARQUET, ""),
                    Map.entry("SERIALIZETOJSON", ""),
                    Map.entry("QUOTE", "As"),
                    Map.entry("DELIMITER", "As"),
                    Map.entry("JSON", "As?"),
                    Map.entry("FIXEDWIDTH", "As"),
                    Map.entry("GZIP", ""),
                    Map.entry("ZSTD", ""),
                    Map.entry("ACCEPTANYDATE", ""),
                    Map.entry("ACCEPTINVCHARS", "As?"),
                    Map.entry("BLANKSASNULL", ""),
                    Map.entry("DATEFORMAT", "As"),
                    Map.entry("EMPTYASNULL", ""),
                    Map.entry("ENCODING", "Aw"),
                    Map.entry("ESCAPE", ""),
                    Map.entry("EXPLICIT_IDS", ""),
                    Map.entry("FILLRECORD", ""),
                    Map.entry("IGNOREBLANKLINES", ""),
                    Map.entry("IGNOREHEADER", "An"),
                    Map.entry("NULL", "As"),
                    Map.entry("REMOVEQUOTES", ""),
                    Map.entry("ROUNDEC", ""),
                    Map.entry("TIMEFORMAT", "As"),
                    Map.entry("TRIMBLANKS", ""),
                    Map.entry("TRUNCATECOLUMNS", ""),
                    Map.entry("COMPROWS", "n"),
                    Map.entry("COMPUPDATE", "o"),
                    Map.entry("STATUPDATE", "o"),
                    Map.entry("MAXERROR", "An"),
                    Map.entry("REGION", "As"));

    /** What COPY takes besides where the format is Parquet. */
    private static final Set<String> WITH_PARQUET =
            Set.of(
                    PARQUET,
                    "FORMAT",
                    "ACCEPTINVCHARS",
                    "EXPLICIT_IDS",
                    "FILLRECORD",
                    "SERIALIZETOJSON",
                    "STATUPDATE");

    private static final Set<String> SWITCHES = Set.of("ON", "OFF", "TRUE", "FALSE", "PRESET");

    private static final String BY_ITSELF = "Hydrant adds it by itself";
    private static final String ROLE = "name a role that is attached to the cluster instead";
    private static final String ROWS_ONLY = "records are staged as text, JSON or Parquet";

    private static final Map<String, String> REFUSED =
            Map.ofEntries(
                    Map.entry("MANIFEST", BY_ITSELF),
                    Map.entry("IAM_ROLE", ROLE),
                    Map.entry("CREDENTIALS", ROLE),
                    Map.entry("ACCESS_KEY_ID", ROLE),
                    Map.entry("SECRET_ACCESS_KEY", ROLE),
                    Map.entry("SESSION_TOKEN", ROLE),
                    Map.entry("NOLOAD", "it would load nothing"),
                    Map.entry("ORC", ROWS_ONLY),
                    Map.entry("AVRO", ROWS_ONLY),
                    Map.entry("SHAPEFILE", ROWS_ONLY),
                    Map.entry("BZIP2", "objects are staged plain, as GZIP or as ZSTD"),
                    Map.entry("LZOP", "objects are staged plain, as GZIP or as ZSTD"),
                    Map.entry("ENCRYPTED", "the client does not encrypt what it stages"),
                    Map.entry("IGNOREALLERRORS", "say how many with MAXERROR"));

    /** Keeps its own copy. */
    public CopyOptions {
        parameters = Map.copyOf(parameters);
    }

    /**
     * Reads parameters.
     *
     * @param field what to call them in a message
     * @throws IllegalArgumentException naming the field, what is wrong, and what may stand there
     */
    public static CopyOptions parse(String field, String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    field + " has " + text.length() + " characters; it may have " + LONGEST);
        }
        return new Parser(field, text).options();
    }

    /** Whether staged objects are Parquet. */
    boolean isParquet() {
        return parameters.containsKey(PARQUET);
    }

    /** One reading. */
    private static final class Parser {

        private final String field;
        private final List<String> tokens;
        private final Map<String, String> parameters = new HashMap<>();
        private final StringBuilder kept = new StringBuilder();
        private int at;
        private int maxErrors = -1;
        private Compression compression = Compression.UNCOMPRESSED;

        Parser(String field, String text) {
            this.field = field;
            this.tokens = tokens(text.strip());
        }

        private List<String> tokens(String text) {
            List<String> found = new ArrayList<>();
            Matcher matcher = TOKEN.matcher(text);
            int end = 0;
            while (end < text.length()) {
                if (!matcher.find(end) || matcher.start() != end) {
                    throw problem("cannot be read from '" + text.substring(end) + "' on");
                }
                found.add(matcher.group().strip());
                end = matcher.end();
            }
            return found;
        }

        CopyOptions options() {
            while (at < tokens.size()) {
                option();
            }
            requireTogether();
            return new CopyOptions(kept.toString().strip(), maxErrors, compression, parameters);
        }

        private void requireTogether() {
            boolean isParquet = parameters.containsKey(PARQUET);
            if (!isParquet && parameters.containsKey("SERIALIZETOJSON")) {
                throw problem("has SERIALIZETOJSON, which COPY takes with PARQUET alone");
            }
            for (String name : new TreeSet<>(parameters.keySet())) {
                if (isParquet && !WITH_PARQUET.contains(name)) {
                    throw problem(
                            "has "
                                    + name
                                    + ", which COPY does not take with PARQUET; leave one of them out");
                }
            }
        }

        private void option() {
            int begin = at;
            String name = tokens.get(at++).toUpperCase(Locale.ROOT);
            if (REFUSED.containsKey(name)) {
                throw problem("has " + name + "; leave it out: " + REFUSED.get(name));
            }
            String rule = KNOWN.get(name);
            if (rule == null) {
                throw problem("has " + tokens.get(begin) + ", which COPY does not know there");
            }
            if (parameters.containsKey(name)) {
                throw problem("has " + name + " twice");
            }
            arguments(name, rule);
            String last = tokens.get(at - 1);
            boolean hasArgument = at - begin > 1 && !last.equalsIgnoreCase("AS");
            parameters.put(name, hasArgument ? unquoted(last) : "");
            switch (name) {
                case "MAXERROR" -> {
                    maxErrors = maxErrors(tokens.get(at - 1));
                    return;
                }
                case "GZIP" -> compressedAs(Compression.GZIP);
                case "ZSTD" -> compressedAs(Compression.ZSTD);
                default -> {}
            }
            kept.append(' ').append(String.join(" ", tokens.subList(begin, at)));
        }

        private void arguments(String name, String rule) {
            if (rule.startsWith("A") && is("AS")) {
                at++;
            }
            switch (rule) {
                case "As" -> take(name, "'", "a text in quotes");
                case "An", "n" -> take(name, "0123456789", "a number");
                case "Aw" -> take(name, null, "a word");
                case "As?" -> {
                    if (at < tokens.size() && tokens.get(at).startsWith("'")) {
                        at++;
                    }
                }
                case "o" -> {
                    if (at < tokens.size()
                            && SWITCHES.contains(tokens.get(at).toUpperCase(Locale.ROOT))) {
                        at++;
                    }
                }
                default -> {}
            }
        }

        private static String unquoted(String token) {
            return token.startsWith("'")
                    ? token.substring(1, token.length() - 1).replace("''", "'")
                    : token;
        }

        private boolean is(String word) {
            return at < tokens.size() && tokens.get(at).equalsIgnoreCase(word);
        }

        private void take(String name, String begins, String what) {
            if (at >= tokens.size()
                    || (begins != null && begins.indexOf(tokens.get(at).charAt(0)) < 0)) {
                throw problem("has " + name + " without " + what + " behind it");
            }
            at++;
        }

        private void compressedAs(Compression named) {
            if (compression != Compression.UNCOMPRESSED) {
                throw problem("names two compressions");
            }
            compression = named;
        }

        private int maxErrors(String digits) {
            if (digits.length() > 6 || Integer.parseInt(digits) > LARGEST_MAX_ERRORS) {
                throw problem("has MAXERROR " + digits + "; it may be up to " + LARGEST_MAX_ERRORS);
            }
            return Integer.parseInt(digits);
        }

        private IllegalArgumentException problem(String what) {
            return new IllegalArgumentException(field + ' ' + what);
        }
    }
}
