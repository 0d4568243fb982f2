package io.hydrant.localstack.bench.sql;

import io.hydrant.localstack.bench.measure.NamedCase;

/**
 * A statement that is measured, over {@link Bids}. Each case of ours has a rival: the same question
 * over Flink's generator, or Flink's own function.
 */
public enum SqlCase implements NamedCase {
    /** What the generator takes by itself. */
    DATAGEN("datagen", "the generator alone", Group.SOURCE, null, Question.EVERY_BID),
    /** What our source takes by itself, JSON included. */
    KINESIS("kinesis", "our source alone", Group.SOURCE, DATAGEN, Question.EVERY_BID),
    /** What a question's columns take by themselves, over the generator. */
    DATAGEN_TOP_COLUMNS(
            "datagen-top-columns",
            "number, auction and price, read alone",
            Group.COLUMNS,
            null,
            Question.TOP_COLUMNS),
    /** The same over our source. */
    KINESIS_TOP_COLUMNS(
            "kinesis-top-columns",
            "number, auction and price, read alone",
            Group.COLUMNS,
            DATAGEN_TOP_COLUMNS,
            Question.TOP_COLUMNS),
    /** The best three of each group, over the generator. */
    DATAGEN_TOP(
            "datagen-top", "three best bids of each auction", Group.QUESTION, null, Question.TOP),
    /** The same over our source. */
    KINESIS_TOP(
            "kinesis-top",
            "three best bids of each auction",
            Group.QUESTION,
            DATAGEN_TOP,
            Question.TOP),
    /** What a question's columns take by themselves, over the generator. */
    DATAGEN_WINDOW_COLUMNS(
            "datagen-window-columns",
            "time, auction and price, read alone",
            Group.COLUMNS,
            null,
            Question.WINDOW_COLUMNS),
    /** The same over our source. */
    KINESIS_WINDOW_COLUMNS(
            "kinesis-window-columns",
            "time, auction and price, read alone",
            Group.COLUMNS,
            DATAGEN_WINDOW_COLUMNS,
            Question.WINDOW_COLUMNS),
    /** Tumbling windows over the generator. */
    DATAGEN_WINDOW(
            "datagen-window",
            "bids, highest and mean price per auction and minute",
            Group.QUESTION,
            null,
            Question.WINDOW),
    /** The same over our source. */
    KINESIS_WINDOW(
            "kinesis-window",
            "bids, highest and mean price per auction and minute",
            Group.QUESTION,
            DATAGEN_WINDOW,
            Question.WINDOW),
    /** What a question's columns take by themselves, over the generator. */
    DATAGEN_JOIN_COLUMNS(
            "datagen-join-columns",
            "number, auction, price and time, read alone",
            Group.COLUMNS,
            null,
            Question.JOIN_COLUMNS),
    /** The same over our source. */
    KINESIS_JOIN_COLUMNS(
            "kinesis-join-columns",
            "number, auction, price and time, read alone",
            Group.COLUMNS,
            DATAGEN_JOIN_COLUMNS,
            Question.JOIN_COLUMNS),
    /** A join of two windows in time over the generator. */
    DATAGEN_JOIN(
            "datagen-join",
            "bids outbid on the same auction within 20 s",
            Group.QUESTION,
            null,
            Question.JOIN),
    /** The same over our source. */
    KINESIS_JOIN(
            "kinesis-join",
            "bids outbid on the same auction within 20 s",
            Group.QUESTION,
            DATAGEN_JOIN,
            Question.JOIN),
    /** Flink's rounding of times. */
    FLOOR("floor", "`FLOOR(t TO MINUTE)`", Group.FUNCTION, null, select("FLOOR(`at` TO MINUTE)")),
    /** Ours to any step. */
    STEP(
            "step",
            "`STEP(t, INTERVAL '1' MINUTE)`",
            Group.FUNCTION,
            FLOOR,
            select("STEP(`at`, INTERVAL '1' MINUTE)")),
    /** Flink's formatting of times. */
    DATE_FORMAT(
            "date-format",
            "`DATE_FORMAT(t, pattern)`",
            Group.FUNCTION,
            null,
            select("DATE_FORMAT(`at`, 'yyyy-MM-dd HH:mm:ss')")),
    /** Ours by the patterns of SimpleDateFormat. */
    TIMESTAMP_TO_CHAR(
            "timestamp-to-char",
            "`TIMESTAMP_TO_CHAR(pattern, t)`",
            Group.FUNCTION,
            DATE_FORMAT,
            select("TIMESTAMP_TO_CHAR('yyyy-MM-dd HH:mm:ss', `at`)")),
    /** Flink's way to two groups of a pattern. */
    REGEXP_EXTRACT(
            "regexp-extract",
            "`REGEXP_EXTRACT`, twice for two groups",
            Group.FUNCTION,
            null,
            select(
                    "REGEXP_EXTRACT(url, '(\\w+)://[^/]*/(\\d+)', 1)",
                    "REGEXP_EXTRACT(url, '(\\w+)://[^/]*/(\\d+)', 2)")),
    /** Ours, all groups at once. */
    REGEX_LOG_PARSE(
            "regex-log-parse",
            "`REGEX_LOG_PARSE`, two groups at once",
            Group.FUNCTION,
            REGEXP_EXTRACT,
            select("REGEX_LOG_PARSE(url, '(\\w+)://[^/]*/(\\d+)')")),
    /** Flink's replacing. */
    REGEXP_REPLACE(
            "regexp-replace",
            "`REGEXP_REPLACE`",
            Group.FUNCTION,
            null,
            select("REGEXP_REPLACE(url, '[0-9]+', 'n')")),
    /** Ours, from a place on and as often as asked. */
    REGEX_REPLACE(
            "regex-replace",
            "`REGEX_REPLACE`",
            Group.FUNCTION,
            REGEXP_REPLACE,
            select("REGEX_REPLACE(url, '[0-9]+', 'n', 1, 0)")),
    /** A filter by hand, from stream to stream. */
    HAND_FILTER("hand-filter", "bids below 100", Group.APPLICATION, null, ByHand.FILTER),
    /** The same in the SQL of Kinesis Data Analytics. */
    KDA_FILTER("kda-filter", "bids below 100", Group.APPLICATION, HAND_FILTER, Application.FILTER),
    /** Tumbling windows by hand. */
    HAND_WINDOW(
            "hand-window",
            "bids and highest price per auction and minute of arrival",
            Group.APPLICATION,
            null,
            ByHand.WINDOW),
    /** The same in the SQL of Kinesis Data Analytics. */
    KDA_WINDOW(
            "kda-window",
            "bids and highest price per auction and minute of arrival",
            Group.APPLICATION,
            HAND_WINDOW,
            Application.WINDOW),
    /** Sliding windows by hand. */
    HAND_SLIDING(
            "hand-sliding",
            "mean price of the auction in the minute before each bid",
            Group.APPLICATION,
            null,
            ByHand.SLIDING),
    /** The same in the SQL of Kinesis Data Analytics. */
    KDA_SLIDING(
            "kda-sliding",
            "mean price of the auction in the minute before each bid",
            Group.APPLICATION,
            HAND_SLIDING,
            Application.SLIDING),
    /** AWS' library in a loop. */
    FOREST_ALONE("forest-alone", "the forest's library alone", Group.FOREST, null, null),
    /** The same forest as a function. */
    FOREST(
            "forest",
            "`RANDOM_CUT_FOREST`",
            Group.FOREST,
            FOREST_ALONE,
            """
            SELECT * FROM RANDOM_CUT_FOREST(input => TABLE numbers)""");

    /** What a case is held against its rival for. */
    public enum Group {
        /** What a source takes. */
        SOURCE,
        /** What a source takes for the columns that one question reads. */
        COLUMNS,
        /** What a question takes beside its source. */
        QUESTION,
        /** What a function takes beside the generator. */
        FUNCTION,
        /** What an application of Kinesis Data Analytics takes beside the same in Flink's SQL. */
        APPLICATION,
        /** What the forest takes beside its library. */
        FOREST
    }

    /** A forest takes some fifty times as long for a row as other functions. */
    private static final long FOREST_SHARE = 5;

    private final String id;
    private final String title;
    private final Group group;
    private final SqlCase rival;
    private final String query;

    SqlCase(String id, String title, Group group, SqlCase rival, String query) {
        this.id = id;
        this.title = title;
        this.group = group;
        this.rival = rival;
        this.query = query;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String title() {
        return title;
    }

    /** What it is held against its rival for. */
    public Group group() {
        return group;
    }

    /** What it is held against; null where it is Flink's own. */
    public SqlCase rival() {
        return rival;
    }

    /** Whether it reads a stream. */
    public boolean isKinesis() {
        return id.startsWith(KINESIS.id) || group == Group.APPLICATION;
    }

    /** Whether it is in the SQL of Kinesis Data Analytics. */
    boolean isApplication() {
        return group == Group.APPLICATION && rival != null;
    }

    /** Where its rows come from, as the tables say it. */
    public String over() {
        if (this == FOREST_ALONE) {
            return "a loop";
        }
        if (group == Group.APPLICATION) {
            return isApplication() ? "Kinesis, in KDA's SQL" : "Kinesis, in Flink's SQL";
        }
        return isKinesis() ? "Hydrant's Kinesis source" : "Flink's datagen";
    }

    /** How many of the bids of a run it is put to. */
    public long rows(long bids) {
        return group == Group.FOREST ? Math.max(1, bids / FOREST_SHARE) : bids;
    }

    /**
     * What its question or function is put to, and costs by itself; itself where nothing is to be
     * taken off. A question is put to the columns that it reads: neither source makes the others.
     */
    public SqlCase source() {
        return switch (group) {
            case SOURCE -> isKinesis() ? KINESIS : DATAGEN;
            case QUESTION -> valueOf(name() + "_COLUMNS");
            case FUNCTION -> DATAGEN;
            case COLUMNS, APPLICATION, FOREST -> this;
        };
    }

    /** The query, an application's code, or null. */
    String query() {
        return query;
    }

    private static String select(String... expressions) {
        return "SELECT n, " + String.join(", ", expressions) + " FROM bids";
    }

    /** Questions as those of Nexmark, a benchmark of auctions. */
    private static final class Question {

        private static final String EVERY_BID =
                "SELECT n, auction, bidder, price, url, `at` FROM bids";
        private static final String TOP_COLUMNS = "SELECT auction, n, price FROM bids";
        private static final String TOP =
                """
                SELECT auction, n, price, place FROM (
                  SELECT *, ROW_NUMBER() OVER (PARTITION BY auction ORDER BY price DESC) AS place
                  FROM bids)
                WHERE place <= 3""";
        private static final String WINDOW_COLUMNS = "SELECT `at`, auction, price FROM bids";
        private static final String WINDOW =
                """
                SELECT window_start, auction, COUNT(*), MAX(price), AVG(price)
                FROM TUMBLE(TABLE bids, DESCRIPTOR(`at`), INTERVAL '1' MINUTE)
                GROUP BY window_start, window_end, auction""";
        private static final String JOIN_COLUMNS = "SELECT auction, n, price, `at` FROM bids";
        private static final String JOIN =
                """
                SELECT a.auction, a.n, b.n FROM bids AS a JOIN bids AS b
                ON a.auction = b.auction AND b.price > a.price
                AND b.`at` BETWEEN a.`at` AND a.`at` + INTERVAL '20' SECOND""";
    }

    /** Questions about arrivals, in Flink's SQL. */
    private static final class ByHand {

        private static final String FILTER =
                "SELECT auction, bidder, price FROM bids WHERE price < 100";
        private static final String WINDOW =
                """
                SELECT auction, COUNT(*), MAX(price)
                FROM TUMBLE(TABLE bids, DESCRIPTOR(arrival), INTERVAL '1' MINUTE)
                GROUP BY window_start, window_end, auction""";
        private static final String SLIDING =
                """
                SELECT auction, price, AVG(price) OVER (
                  PARTITION BY auction ORDER BY arrival
                  RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW) FROM bids""";
    }

    /** The same in the SQL of Kinesis Data Analytics. */
    private static final class Application {

        private static final String FILTER =
                """
                CREATE OR REPLACE STREAM "OUT" ("auction" BIGINT, "bidder" BIGINT, "price" BIGINT);
                CREATE OR REPLACE PUMP "P" AS INSERT INTO "OUT"
                  SELECT STREAM "auction", "bidder", "price" FROM "BIDS_001" WHERE "price" < 100;
                """;
        private static final String WINDOW =
                """
                CREATE OR REPLACE STREAM "OUT" ("auction" BIGINT, "bids" BIGINT, "price" BIGINT);
                CREATE OR REPLACE PUMP "P" AS INSERT INTO "OUT"
                  SELECT STREAM "auction", COUNT(*), MAX("price") FROM "BIDS_001"
                  GROUP BY "auction", STEP("BIDS_001".ROWTIME BY INTERVAL '1' MINUTE);
                """;
        private static final String SLIDING =
                """
                CREATE OR REPLACE STREAM "OUT" ("auction" BIGINT, "price" BIGINT, "mean" BIGINT);
                CREATE OR REPLACE PUMP "P" AS INSERT INTO "OUT"
                  SELECT STREAM "auction", "price", AVG("price") OVER (
                    PARTITION BY "auction" RANGE INTERVAL '1' MINUTE PRECEDING) FROM "BIDS_001";
                """;
    }
}
