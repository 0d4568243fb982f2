package io.hydrant.localstack.bench.sql;

import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

import java.util.Map;
import java.util.TreeMap;

/** The stream that answers go to, as a table of three numbers. */
final class Answers {

    static final String TABLE = "answers";

    /** Questions are asked twice into one stream. */
    private static final int TIMES = 2;

    private final TableEnvironment env;

    Answers(TableEnvironment env, SqlCaseSettings settings) {
        this.env = env;
        Map<String, String> options = new TreeMap<>(Bids.toTheEnd(settings.kinesis()));
        options.put("connector", "kinesis");
        options.put("stream.arn", settings.answersArn());
        options.put("format", "json");
        env.executeSql(
                "CREATE TEMPORARY TABLE "
                        + TABLE
                        + " (a BIGINT, b BIGINT, c BIGINT) WITH ("
                        + Bids.options(options)
                        + ")");
    }

    /** Rows of one answer. */
    long count() throws Exception {
        return count(env, TABLE) / TIMES;
    }

    static long count(TableEnvironment env, String table) throws Exception {
        long counted = 0;
        try (CloseableIterator<Row> rows =
                env.executeSql("SELECT COUNT(*) FROM " + table).collect()) {
            while (rows.hasNext()) {
                counted = (Long) rows.next().getField(0);
            }
        }
        return counted;
    }
}
