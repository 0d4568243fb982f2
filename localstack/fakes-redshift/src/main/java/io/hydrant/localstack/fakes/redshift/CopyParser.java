package io.hydrant.localstack.fakes.redshift;

import io.hydrant.localstack.fakes.redshift.CopyCommand.Compression;
import io.hydrant.localstack.fakes.redshift.CopyCommand.Format;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads COPY from S3 strictly: what Redshift does not know is a syntax error, what it knows and the
 * double has not is refused by name.
 *
 * <p>Source: Redshift developer guide, "COPY" and the pages of its parameters.
 */
final class CopyParser {

    private static final Set<String> NOT_BUILT =
            Set.of(
                    "AVRO",
                    "ORC",
                    "SHAPEFILE",
                    "FIXEDWIDTH",
                    "ENCRYPTED",
                    "MASTER_SYMMETRIC_KEY",
                    "BZIP2",
                    "LZOP",
                    "READRATIO",
                    "EXPLICIT_IDS",
                    "ESCAPE",
                    "REMOVEQUOTES",
                    "ENCODING",
                    "ACCEPTANYDATE",
                    "ROUNDEC",
                    "TRIMBLANKS",
                    "TRUNCATECOLUMNS",
                    "IGNOREBLANKLINES",
                    "IGNOREALLERRORS",
                    "SSH");

    /**
     * What may stand beside PARQUET: "COPY from columnar data formats", and SERIALIZETOJSON of
     * "Data format parameters".
     */
    private static final Set<String> WITH_PARQUET =
            Set.of(
                    "PARQUET",
                    "FORMAT",
                    "WITH",
                    "MANIFEST",
                    "IAM_ROLE",
                    "CREDENTIALS",
                    "ACCESS_KEY_ID",
                    "SECRET_ACCESS_KEY",
                    "SESSION_TOKEN",
                    "ACCEPTINVCHARS",
                    "FILLRECORD",
                    "STATUPDATE",
                    "SERIALIZETOJSON");

    private final List<SqlToken> tokens;
    private final Set<String> seen = new HashSet<>();
    private int at;

    private boolean isManifest;
    private Format format = Format.DELIMITED;
    private char delimiter = '|';
    private char quote = '"';
    private String jsonPaths;
    private Compression compression = Compression.NONE;
    private int maxErrors;
    private int headerLines;
    private String nullText = "\\N";
    private boolean emptyAsNull;
    private boolean blanksAsNull;
    private boolean isCheckOnly;
    private boolean isAuthorized;

    private CopyParser(List<SqlToken> tokens) {
        this.tokens = tokens;
    }

    /** The command, or null if the statement is not a COPY from somewhere else. */
    static CopyCommand parse(String sql) throws FakeSqlException {
        List<SqlToken> tokens = SqlToken.of(sql);
        if (tokens.isEmpty() || !tokens.get(0).is("COPY")) {
            return null;
        }
        return new CopyParser(tokens).command();
    }

    private CopyCommand command() throws FakeSqlException {
        at = 1;
        StringBuilder table = new StringBuilder(name());
        while (takes(".")) {
            table.append('.').append(name());
        }
        List<String> columns = new ArrayList<>();
        if (takes("(")) {
            do {
                columns.add(name());
            } while (takes(","));
            expect(")");
        }
        expect("FROM");
        if (takes("STDIN")) {
            // In Redshift's own words, which people search for.
            throw new FakeSqlException(
                    "0A000",
                    "LOAD source is not supported. (Hint: only S3 or DynamoDB or EMR based load is allowed)",
                    "");
        }
        String source = string();
        if (!source.startsWith("s3://") || source.indexOf('/', 5) < 0) {
            throw FakeSqlException.notBuilt("COPY from '" + source + "'");
        }
        int slash = source.indexOf('/', 5);
        while (at < tokens.size() && !(tokens.get(at).is(";") && at == tokens.size() - 1)) {
            option();
        }
        requireTogether();
        if (!isAuthorized) {
            throw FakeSqlException.syntax(
                    "COPY needs IAM_ROLE, CREDENTIALS or ACCESS_KEY_ID to read from S3");
        }
        return new CopyCommand(
                table.toString(),
                List.copyOf(columns),
                source.substring(5, slash),
                source.substring(slash + 1),
                isManifest,
                format,
                format == Format.CSV && !seen.contains("DELIMITER") ? ',' : delimiter,
                quote,
                jsonPaths,
                compression,
                maxErrors,
                headerLines,
                nullText,
                emptyAsNull,
                blanksAsNull,
                isCheckOnly,
                seen.contains("FILLRECORD"),
                seen.contains("SERIALIZETOJSON"));
    }

    private void requireTogether() throws FakeSqlException {
        boolean isParquet = format == Format.PARQUET;
        for (String option : seen) {
            if (isParquet && !WITH_PARQUET.contains(option)) {
                throw new FakeSqlException(
                        "0A000", option + " argument is not supported for PARQUET based COPY", "");
            }
        }
        if (!isParquet && seen.contains("SERIALIZETOJSON")) {
            throw FakeSqlException.syntax("SERIALIZETOJSON goes with PARQUET");
        }
        if (!isParquet && seen.contains("FILLRECORD")) {
            throw FakeSqlException.notBuilt("FILLRECORD of COPY from text");
        }
    }

    private void option() throws FakeSqlException {
        SqlToken token = tokens.get(at++);
        String option = token.text().toUpperCase(Locale.ROOT);
        if (NOT_BUILT.contains(option)) {
            throw FakeSqlException.notBuilt(option + " of COPY");
        }
        if (!option.equals("FORMAT") && !seen.add(option)) {
            throw FakeSqlException.syntax("conflicting or redundant options: " + option);
        }
        switch (option) {
            case "IAM_ROLE" -> {
                if (!takes("DEFAULT")) {
                    roles(string());
                }
                isAuthorized = true;
            }
            case "WITH" -> seen.remove("WITH");
            case "CREDENTIALS" -> {
                takes("AS");
                string();
                isAuthorized = true;
            }
            case "ACCESS_KEY_ID" -> {
                string();
                isAuthorized = true;
            }
            case "SECRET_ACCESS_KEY", "SESSION_TOKEN" -> string();
            case "MANIFEST" -> isManifest = true;
            case "REGION" -> textAfterAs();
            case "FORMAT" -> takes("AS");
            case "CSV" -> {
                format(Format.CSV);
                if (takes("QUOTE")) {
                    takes("AS");
                    quote = character();
                }
            }
            case "PARQUET" -> format(Format.PARQUET);
            case "FILLRECORD", "SERIALIZETOJSON" -> {}
            case "JSON" -> {
                format(Format.JSON);
                takes("AS");
                jsonPaths = isString() ? string() : "auto";
            }
            case "DELIMITER" -> {
                takes("AS");
                delimiter = character();
            }
            case "GZIP" -> compression(Compression.GZIP);
            case "ZSTD" -> compression(Compression.ZSTD);
            case "MAXERROR" -> {
                takes("AS");
                maxErrors = number(100_000);
            }
            case "IGNOREHEADER" -> {
                takes("AS");
                headerLines = number(Integer.MAX_VALUE);
            }
            case "NULL" -> nullText = textAfterAs();
            case "EMPTYASNULL" -> emptyAsNull = true;
            case "BLANKSASNULL" -> blanksAsNull = true;
            case "NOLOAD" -> isCheckOnly = true;
            case "TIMEFORMAT", "DATEFORMAT" -> {
                String text = textAfterAs();
                if (!text.equalsIgnoreCase("auto")) {
                    throw FakeSqlException.notBuilt(option + " '" + text + "' of COPY");
                }
            }
            case "ACCEPTINVCHARS" -> {
                takes("AS");
                if (isString()) {
                    string();
                }
            }
            case "COMPUPDATE" -> takesOneOf("ON", "OFF", "TRUE", "FALSE", "PRESET");
            case "STATUPDATE" -> takesOneOf("ON", "OFF", "TRUE", "FALSE");
            case "COMPROWS" -> number(1_000_000_000);
            default -> throw FakeSqlException.syntax("at or near \"" + token.text() + "\"");
        }
    }

    private void format(Format chosen) throws FakeSqlException {
        if (format != Format.DELIMITED) {
            throw FakeSqlException.syntax("conflicting or redundant options: " + chosen);
        }
        format = chosen;
    }

    private void compression(Compression chosen) throws FakeSqlException {
        if (compression != Compression.NONE) {
            throw FakeSqlException.syntax("conflicting or redundant options: " + chosen);
        }
        compression = chosen;
    }

    private static void roles(String text) throws FakeSqlException {
        for (String role : text.split(",", -1)) {
            if (!role.startsWith("arn:aws")) {
                throw new FakeSqlException("XX000", "Invalid IAM role: " + role, "");
            }
        }
    }

    private void takesOneOf(String... words) {
        for (String word : words) {
            if (takes(word)) {
                return;
            }
        }
    }

    private String textAfterAs() throws FakeSqlException {
        takes("AS");
        return string();
    }

    private char character() throws FakeSqlException {
        String text = string();
        if (text.equals("\\t")) {
            return '\t';
        }
        if (text.length() != 1) {
            throw FakeSqlException.syntax("'" + text + "' is not one character");
        }
        return text.charAt(0);
    }

    private int number(int largest) throws FakeSqlException {
        if (at >= tokens.size() || tokens.get(at).kind() != SqlToken.Kind.NUMBER) {
            throw FakeSqlException.syntax("a number is missing");
        }
        long number = Long.parseLong(tokens.get(at++).text());
        if (number > largest) {
            throw FakeSqlException.syntax(number + " is larger than " + largest);
        }
        return (int) number;
    }

    private boolean isString() {
        return at < tokens.size() && tokens.get(at).kind() == SqlToken.Kind.STRING;
    }

    private String string() throws FakeSqlException {
        if (!isString()) {
            throw FakeSqlException.syntax("a string is missing" + near());
        }
        return tokens.get(at++).value();
    }

    private String name() throws FakeSqlException {
        if (at >= tokens.size() || !tokens.get(at).isName()) {
            throw FakeSqlException.syntax("a name is missing" + near());
        }
        return tokens.get(at++).text();
    }

    private boolean takes(String word) {
        if (at < tokens.size() && tokens.get(at).is(word)) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(String word) throws FakeSqlException {
        if (!takes(word)) {
            throw FakeSqlException.syntax(word + " is missing" + near());
        }
    }

    private String near() {
        return at < tokens.size() ? " at or near \"" + tokens.get(at).text() + '"' : " at the end";
    }
}
