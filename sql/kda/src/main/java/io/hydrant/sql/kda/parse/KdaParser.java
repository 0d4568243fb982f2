package io.hydrant.sql.kda.parse;

import io.hydrant.sql.kda.Problem;
import io.hydrant.sql.kda.parse.generated.KdaParserImpl;
import io.hydrant.sql.kda.parse.generated.KdaParserImplConstants;
import io.hydrant.sql.kda.parse.generated.Token;
import io.hydrant.sql.kda.parse.generated.TokenMgrError;

import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.validate.SqlConformanceEnum;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the text of an application into one tree for each statement.
 *
 * <p>A statement that does not parse is reported and the next one is read, so that one look shows
 * all that is wrong.
 */
public final class KdaParser {

    /** Where the tokenizer says in its message that it stopped. */
    private static final Pattern LEXICAL_PLACE = Pattern.compile("line (\\d+), column (\\d+)");

    /** The first token that the parser does not take, between the parser's own quotes. */
    private static final Pattern SIGN =
            Pattern.compile(
                    "Encountered \" (?:<\\w+>|\"(?:[^\"\\\\]|\\\\.)*\") \"(.+?) \"\" at line");

    /** What the parser takes, where that is one word alone. */
    private static final Pattern ONLY = Pattern.compile("Was expecting:\\s+\"(\\w+)\" \\.\\.\\.");

    /** The first word that the parser does not take. */
    private static final Pattern ENCOUNTERED = Pattern.compile("Encountered \"+ ?\"?(\\w+)");

    private static final Pattern KEYWORD =
            Pattern.compile("Incorrect syntax near the keyword '(\\w+)'.*", Pattern.DOTALL);

    /** Where the parser stops at the first word of a statement behind another. */
    private static final Pattern ANOTHER_STATEMENT =
            Pattern.compile("Encountered \"+ ?\"?(CREATE|ALTER|DROP)\\b", Pattern.CASE_INSENSITIVE);

    /** What word processors put in place of quotation marks. */
    private static final Pattern TYPOGRAPHIC_QUOTE =
            Pattern.compile("u(2018|2019|201c|201d)", Pattern.CASE_INSENSITIVE);

    private static final int LONGEST_NAME = 128;

    private static final SqlParser.Config CONFIG =
            SqlParser.config()
                    .withParserFactory(FreeWords::parser)
                    .withUnquotedCasing(Casing.TO_UPPER)
                    .withQuotedCasing(Casing.UNCHANGED)
                    .withQuoting(Quoting.DOUBLE_QUOTE)
                    .withIdentifierMaxLength(LONGEST_NAME)
                    .withConformance(SqlConformanceEnum.LENIENT);

    private static final SqlAbstractParserImpl.Metadata WORDS =
            KdaParserImpl.FACTORY.getParser(new StringReader("")).getMetadata();

    private KdaParser() {}

    /** Whether a word is a name only where quotes are around it. */
    public static boolean isReserved(String word) {
        String upper = word.toUpperCase(Locale.ROOT);
        return WORDS.isReservedWord(upper) && !FreeWords.isFree(upper);
    }

    /**
     * What a text holds.
     *
     * @param statements the trees of the statements that parse, in the text's order
     * @param problems what does not parse
     */
    public record Script(List<SqlNode> statements, List<Problem> problems) {}

    /** Reads the whole text; never throws for what the text says. */
    public static Script parse(String text) {
        List<SqlNode> statements = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (String statement : split(withoutHints(text), problems)) {
            try {
                statements.add(SqlParser.create(statement, CONFIG).parseStmt());
            } catch (SqlParseException refused) {
                problems.add(problem(refused));
            }
        }
        return new Script(List.copyOf(statements), List.copyOf(problems));
    }

    /**
     * Each statement by itself, with blanks for all that is before it, so that its positions stay
     * true.
     */
    private static List<String> split(String text, List<Problem> problems) {
        KdaParserImpl tokenizer = tokenizer(text);
        Lines lines = new Lines(text);
        List<String> statements = new ArrayList<>();
        int begin = 0;
        int read = 0;
        boolean empty = true;
        try {
            while (true) {
                Token token = tokenizer.getNextToken();
                boolean end = token.kind == KdaParserImplConstants.EOF;
                read = end ? read : lines.offset(token.endLine, token.endColumn) + 1;
                if (end || token.kind == KdaParserImplConstants.SEMICOLON) {
                    int stop =
                            end ? text.length() : lines.offset(token.beginLine, token.beginColumn);
                    if (!empty) {
                        statements.add(blank(text, begin) + text.substring(begin, stop));
                    }
                    if (end) {
                        return statements;
                    }
                    begin = stop + 1;
                    empty = true;
                } else {
                    empty = false;
                }
            }
        } catch (TokenMgrError unreadable) {
            boolean ended = String.valueOf(unreadable.getMessage()).contains("<EOF>");
            int comment = ended ? openComment(text, read) : -1;
            problems.add(
                    comment < 0
                            ? problem(unreadable)
                            : lines.problem(
                                    comment, "This comment does not end; write */ behind it."));
            return statements;
        }
    }

    private static KdaParserImpl tokenizer(String text) {
        SqlAbstractParserImpl tokenizer = KdaParserImpl.FACTORY.getParser(new StringReader(text));
        tokenizer.setTabSize(1);
        tokenizer.switchTo(SqlAbstractParserImpl.LexicalState.forConfig(CONFIG));
        return (KdaParserImpl) tokenizer;
    }

    /**
     * Comments that begin with a plus sign are hints to other planners, and here comments alone.
     */
    private static String withoutHints(String text) {
        if (!text.contains("/*+")) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text);
        Lines lines = new Lines(text);
        KdaParserImpl tokenizer = tokenizer(text);
        try {
            Token token = tokenizer.getNextToken();
            while (token.kind != KdaParserImplConstants.EOF) {
                if (token.kind == KdaParserImplConstants.HINT_BEG) {
                    plain.setCharAt(lines.offset(token.endLine, token.endColumn), ' ');
                    // What is in the comment may be no tokens, or the beginning of a text.
                    tokenizer = tokenizer(plain.toString());
                }
                token = tokenizer.getNextToken();
            }
        } catch (TokenMgrError unreadable) {
            // Whoever reads the statements says so, with the place.
        }
        return plain.toString();
    }

    /** Where the comment begins that does not end, behind the last token; -1 if there is none. */
    private static int openComment(String text, int from) {
        int at = from;
        while (at < text.length()) {
            boolean line = text.startsWith("--", at) || text.startsWith("//", at);
            if (!line && !text.startsWith("/*", at)) {
                at++;
                continue;
            }
            int end = text.indexOf(line ? "\n" : "*/", at + 2);
            if (end < 0) {
                return line ? -1 : at;
            }
            at = end + (line ? 1 : 2);
        }
        return -1;
    }

    private static String blank(String text, int end) {
        StringBuilder blanks = new StringBuilder(end);
        for (int at = 0; at < end; at++) {
            char character = text.charAt(at);
            blanks.append(character == '\n' || character == '\r' ? character : ' ');
        }
        return blanks.toString();
    }

    private static Problem problem(SqlParseException refused) {
        String message = String.valueOf(refused.getMessage());
        int expected = message.indexOf("\nWas expecting");
        String reason = words((expected < 0 ? message : message.substring(0, expected)).strip());
        if (expected >= 0 && message.indexOf("\"INSERT\"", expected) > 0) {
            reason += " Behind AS stands INSERT INTO a stream.";
        }
        Matcher word = ENCOUNTERED.matcher(message);
        if (message.contains("<IDENTIFIER>") && word.find() && isReserved(word.group(1))) {
            reason +=
                    " "
                            + word.group(1)
                            + " is a reserved word; as a name it stands in double quotes.";
        }
        Matcher only = ONLY.matcher(message);
        if (only.find()) {
            reason += " Here stands " + only.group(1) + ".";
        }
        if (ANOTHER_STATEMENT.matcher(message).find()) {
            reason += " A statement ends with a semicolon; there is none before this word.";
        }
        return refused.getPos() == null
                ? new Problem(0, 0, reason)
                : new Problem(
                        refused.getPos().getLineNum(), refused.getPos().getColumnNum(), reason);
    }

    /** The parser's reason in words that do not take a grammar to read. */
    private static String words(String reason) {
        Matcher keyword = KEYWORD.matcher(reason);
        if (keyword.matches()) {
            return keyword.group(1)
                    + " cannot stand here. "
                    + keyword.group(1)
                    + " is a reserved word; as a name it stands in double quotes.";
        }
        if (reason.startsWith("Encountered \"<EOF>\"")) {
            return "The statement ends here before it is complete.";
        }
        if (reason.startsWith("Non-query expression")) {
            return "This is no statement; one begins with CREATE, ALTER or DROP.";
        }
        Matcher word = ENCOUNTERED.matcher(reason);
        Matcher sign = SIGN.matcher(reason);
        if (!word.find()) {
            return sign.find() ? sign(sign.group(1).replaceAll("\\\\(.)", "$1")) : reason;
        }
        String table =
                word.group(1).equalsIgnoreCase("TABLE")
                        ? " An application creates streams, pumps, views and functions; its reference"
                                + " tables are part of its configuration."
                        : "";
        return word.group(1) + " cannot stand here." + table;
    }

    private static String sign(String token) {
        return switch (token) {
            case "'" -> "This text does not end; write ' behind it, and '' for one inside of it.";
            case "\"" ->
                    "This name does not end; write \" behind it, and \"\" for one inside of it.";
            case "=" -> "= cannot stand here. Values are compared by a single =.";
            case ":" -> ": cannot stand here. Types are converted by CAST(value AS type).";
            default -> token + " cannot stand here.";
        };
    }

    private static Problem problem(TokenMgrError unreadable) {
        String reason = String.valueOf(unreadable.getMessage());
        Matcher place = LEXICAL_PLACE.matcher(reason);
        if (reason.contains("'`'")) {
            reason =
                    "` cannot stand here. Quotation marks around names are the plain ones: \"name\".";
        }
        if (TYPOGRAPHIC_QUOTE.matcher(reason).find()) {
            reason += ". Quotation marks are the plain ones: 'text', \"name\".";
        }
        return place.find()
                ? new Problem(
                        Integer.parseInt(place.group(1)), Integer.parseInt(place.group(2)), reason)
                : new Problem(0, 0, reason);
    }

    /** Offsets of lines, as the tokenizer counts them. */
    private static final class Lines {

        private final List<Integer> starts = new ArrayList<>();

        Lines(String text) {
            starts.add(0);
            for (int at = 0; at < text.length(); at++) {
                boolean loneReturn =
                        text.charAt(at) == '\r'
                                && (at + 1 == text.length() || text.charAt(at + 1) != '\n');
                if (text.charAt(at) == '\n' || loneReturn) {
                    starts.add(at + 1);
                }
            }
        }

        int offset(int line, int column) {
            return starts.get(line - 1) + column - 1;
        }

        Problem problem(int offset, String reason) {
            int line = 1;
            while (line < starts.size() && starts.get(line) <= offset) {
                line++;
            }
            return new Problem(line, offset - starts.get(line - 1) + 1, reason);
        }
    }
}
