package io.hydrant.sql.kda.parse;

import io.hydrant.sql.kda.parse.generated.KdaParserImpl;
import io.hydrant.sql.kda.parse.generated.KdaParserImplConstants;
import io.hydrant.sql.kda.parse.generated.KdaParserImplTokenManager;
import io.hydrant.sql.kda.parse.generated.Token;

import org.apache.calcite.sql.parser.SqlAbstractParserImpl;

import java.io.Reader;
import java.util.Set;

/**
 * Makes names of words that Calcite's grammar reserves and Kinesis Data Analytics does not.
 *
 * <p>Such a word keeps its meaning where only that can stand there: in front of a parenthesis as a
 * function, and between two parentheses as a predicate of periods. Source: SQL reference, "Reserved
 * Words and Keywords".
 */
final class FreeWords extends KdaParserImplTokenManager {

    private static final Set<String> FREE =
            Set.of(
                    "ARRAY_MAX_CARDINALITY",
                    "ASOF",
                    "BEGIN_FRAME",
                    "BEGIN_PARTITION",
                    "CLASSIFIER",
                    "CONTAINS",
                    "CURRENT_ROW",
                    "DATETIME",
                    "DEFINE",
                    "END_FRAME",
                    "END_PARTITION",
                    "EQUALS",
                    "EXTEND",
                    "FRAME_ROW",
                    "GROUPS",
                    "JSON_ARRAY",
                    "JSON_ARRAYAGG",
                    "JSON_EXISTS",
                    "JSON_OBJECT",
                    "JSON_OBJECTAGG",
                    "JSON_QUERY",
                    "JSON_SCOPE",
                    "JSON_VALUE",
                    "LAG",
                    "LAGS",
                    "LEAD",
                    "LEADS",
                    "LIKE_REGEX",
                    "MATCH_CONDITION",
                    "MATCH_NUMBER",
                    "MATCH_RECOGNIZE",
                    "MEASURE",
                    "MEASURES",
                    "MINUS",
                    "NEXT",
                    "NTILE",
                    "OCCURRENCES_REGEX",
                    "OFFSET",
                    "ORDINAL",
                    "PERIOD",
                    "PERMUTE",
                    "POSITION_REGEX",
                    "PRECEDES",
                    "PREV",
                    "QUALIFY",
                    "REGR_SYY",
                    "RESET",
                    "RUNNING",
                    "SAFE_CAST",
                    "SAFE_OFFSET",
                    "SAFE_ORDINAL",
                    "SHOW",
                    "SKIP",
                    "SPECIFICTYPE",
                    "STRICTLY",
                    "SUBSET",
                    "SUBSTRING_REGEX",
                    "SUCCEEDS",
                    "SYSTEM_TIME",
                    "TRANSLATE_REGEX",
                    "TRIM_ARRAY",
                    "TRY_CAST",
                    "UNSIGNED",
                    "UPSERT",
                    "UUID",
                    "VALUE_OF",
                    "VARIANT",
                    "WINDOWED");

    /** Stands behind INSERT, and asks for what is always so: rows are written as they come. */
    private static final String EXPEDITED = "EXPEDITED";

    /** Behind these stands a name, even one with a parenthesis behind it. */
    private static final Set<Integer> BEFORE_NAMES =
            Set.of(
                    KdaParserImplConstants.STREAM,
                    KdaParserImplConstants.INTO,
                    KdaParserImplConstants.AS,
                    KdaParserImplConstants.DOT);

    /** Behind these stands a window, or its name. */
    private static final Set<Integer> BEFORE_WINDOWS =
            Set.of(KdaParserImplConstants.WINDOW, KdaParserImplConstants.OVER);

    /** Units of time, which name windows too, for one is called by its length: HOUR. */
    private static final Set<Integer> UNITS =
            Set.of(
                    KdaParserImplConstants.SECOND,
                    KdaParserImplConstants.MINUTE,
                    KdaParserImplConstants.HOUR,
                    KdaParserImplConstants.DAY,
                    KdaParserImplConstants.MONTH,
                    KdaParserImplConstants.YEAR);

    /** Behind these ANY and SOME begin what is compared with. */
    private static final Set<Integer> COMPARISONS =
            Set.of(
                    KdaParserImplConstants.EQ,
                    KdaParserImplConstants.NE,
                    KdaParserImplConstants.NE2,
                    KdaParserImplConstants.LT,
                    KdaParserImplConstants.LE,
                    KdaParserImplConstants.GT,
                    KdaParserImplConstants.GE);

    /** Stand between two periods. */
    private static final Set<Integer> OF_PERIODS =
            Set.of(
                    KdaParserImplConstants.CONTAINS,
                    KdaParserImplConstants.EQUALS,
                    KdaParserImplConstants.LAGS,
                    KdaParserImplConstants.LEADS,
                    KdaParserImplConstants.OVERLAPS,
                    KdaParserImplConstants.PRECEDES,
                    KdaParserImplConstants.SUCCEEDS);

    /** A time begins with one of these. */
    private static final Set<Integer> BEFORE_TIMES =
            Set.of(
                    KdaParserImplConstants.CAST,
                    KdaParserImplConstants.CEIL,
                    KdaParserImplConstants.CEILING,
                    KdaParserImplConstants.CURRENT_TIMESTAMP,
                    KdaParserImplConstants.FLOOR,
                    KdaParserImplConstants.IDENTIFIER,
                    KdaParserImplConstants.LOCALTIMESTAMP,
                    KdaParserImplConstants.QUOTED_IDENTIFIER,
                    KdaParserImplConstants.STEP,
                    KdaParserImplConstants.TIMESTAMP);

    private final KdaParserImplTokenManager tokens;

    private Token ahead;
    private int before = KdaParserImplConstants.EOF;

    private FreeWords(KdaParserImplTokenManager tokens) {
        super(null);
        this.tokens = tokens;
    }

    /** A parser that takes these words for names. */
    static SqlAbstractParserImpl parser(Reader text) {
        KdaParserImpl parser = (KdaParserImpl) KdaParserImpl.FACTORY.getParser(text);
        parser.token_source = new FreeWords(parser.token_source);
        return parser;
    }

    @Override
    public void SwitchTo(int state) {
        tokens.SwitchTo(state);
    }

    @Override
    public Token getNextToken() {
        Token token = ahead == null ? tokens.getNextToken() : ahead;
        ahead = null;
        if (before == KdaParserImplConstants.INSERT && token.image.equalsIgnoreCase(EXPEDITED)) {
            token = tokens.getNextToken();
        }
        if (UNITS.contains(token.kind) && BEFORE_WINDOWS.contains(before)) {
            token.kind = KdaParserImplConstants.IDENTIFIER;
        }
        if (isFree(token) || isAggregate(token)) {
            ahead = tokens.getNextToken();
            if (isName(token)) {
                token.kind = KdaParserImplConstants.IDENTIFIER;
            }
        }
        before = token.kind;
        return token;
    }

    /** Whether a word, in upper case, is a name although the grammar reserves it. */
    static boolean isFree(String word) {
        return FREE.contains(word);
    }

    private static boolean isFree(Token token) {
        return token.kind != KdaParserImplConstants.IDENTIFIER
                && FREE.contains(token.image.toUpperCase(java.util.Locale.ROOT));
    }

    /** ANY(condition), which otherwise stands behind a comparison only. */
    private boolean isAggregate(Token token) {
        return (token.kind == KdaParserImplConstants.ANY
                        || token.kind == KdaParserImplConstants.SOME)
                && !COMPARISONS.contains(before);
    }

    private boolean isName(Token word) {
        if (isAggregate(word)) {
            return ahead.kind == KdaParserImplConstants.LPAREN;
        }
        if (word.kind == KdaParserImplConstants.WINDOWED) {
            return ahead.kind != KdaParserImplConstants.BY;
        }
        if (word.kind == KdaParserImplConstants.CONTAINS
                && ahead.kind == KdaParserImplConstants.SQL) {
            return false;
        }
        if (word.kind == KdaParserImplConstants.STRICTLY) {
            return before != KdaParserImplConstants.RPAREN || !OF_PERIODS.contains(ahead.kind);
        }
        if (OF_PERIODS.contains(word.kind)) {
            return !isPredicate(word);
        }
        if (ahead.kind != KdaParserImplConstants.LPAREN) {
            return true;
        }
        return BEFORE_NAMES.contains(before);
    }

    private boolean isPredicate(Token word) {
        boolean behindPeriod =
                before == KdaParserImplConstants.RPAREN
                        || before == KdaParserImplConstants.STRICTLY
                        || before == KdaParserImplConstants.IMMEDIATELY;
        boolean beforePeriod =
                ahead.kind == KdaParserImplConstants.LPAREN
                        || ahead.kind == KdaParserImplConstants.PERIOD;
        boolean beforeTime =
                word.kind == KdaParserImplConstants.CONTAINS && BEFORE_TIMES.contains(ahead.kind);
        return behindPeriod && (beforePeriod || beforeTime);
    }
}
