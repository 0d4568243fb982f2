package io.hydrant.localstack.bench.sql;

import io.hydrant.localstack.bench.measure.LocalFlink;
import io.hydrant.localstack.bench.measure.Measured;
import io.hydrant.localstack.bench.measure.MeasuredRun;
import io.hydrant.localstack.bench.measure.NamedValues;
import io.hydrant.localstack.bench.measure.ProcessMeter;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.CloseableIterator;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The watched process: keeps the hundred auctions with the highest totals, and notes for each new
 * total that is among them how long ago the bid arrived that made it.
 */
public final class LeaderboardMain {

    /** What is watched, in words. */
    public static final String WHAT = "a row of the leaderboard of a hundred auctions";

    private static final String LEADERBOARD =
            """
            SELECT auction, total, arrived, place FROM (
              SELECT *, ROW_NUMBER() OVER (ORDER BY total DESC) AS place FROM (
                SELECT auction, SUM(price) AS total, MAX(arrival) AS arrived
                FROM bids GROUP BY auction))
            WHERE place <= 100""";

    private LeaderboardMain() {}

    /**
     * The arguments of {@link #main}.
     *
     * @param kinesis endpoint of the fake Kinesis
     * @param streamArn stream to read
     * @param seconds how long to watch
     * @param work folder for checkpoints
     * @param figures file for the figures
     * @param ages file for the ages, one a line
     */
    public static List<String> arguments(
            URI kinesis, String streamArn, int seconds, Path work, Path figures, Path ages) {
        return NamedValues.toArguments(
                Map.of(
                        "kinesis", kinesis,
                        "stream", streamArn,
                        "seconds", seconds,
                        "work", work,
                        "figures", figures,
                        "ages", ages));
    }

    /** Watches, writes the ages in milliseconds, and ends. */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> values = NamedValues.parse(arguments);
        MeasuredRun.runAndExit(Path.of(values.get("figures")), () -> watch(values));
    }

    private static Measured watch(Map<String, String> values) throws Exception {
        Configuration config = LocalFlink.configuration(Path.of(values.get("work")));
        config.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        config.set(CoreOptions.DEFAULT_PARALLELISM, 2);
        TableEnvironment env =
                TableEnvironment.create(
                        EnvironmentSettings.newInstance().withConfiguration(config).build());
        Map<String, String> how = new TreeMap<>(Bids.reached(URI.create(values.get("kinesis"))));
        how.put("source.init.position", "TRIM_HORIZON");
        env.executeSql(Bids.arriving(how, values.get("stream")));
        List<String> ages = new ArrayList<>();
        TableResult board = env.executeSql(LEADERBOARD);
        try (CloseableIterator<Row> rows = board.collect()) {
            Map<Object, Instant> newest = new HashMap<>();
            long until = Long.MAX_VALUE;
            while (System.currentTimeMillis() < until && rows.hasNext()) {
                Row row = rows.next();
                long now = System.currentTimeMillis();
                if (until == Long.MAX_VALUE) {
                    until = now + Long.parseLong(values.get("seconds")) * 1000;
                }
                Instant arrived = (Instant) row.getField("arrived");
                // A row that only changed its place has been seen before.
                if (isNew(row.getKind())
                        && arrived.isAfter(
                                newest.getOrDefault(row.getField("auction"), Instant.MIN))) {
                    newest.put(row.getField("auction"), arrived);
                    ages.add(Long.toString(now - arrived.toEpochMilli()));
                }
            }
        }
        Files.write(Path.of(values.get("ages")), ages);
        return Measured.ofHeap(ProcessMeter.heapAfterCollection());
    }

    private static boolean isNew(RowKind kind) {
        return kind == RowKind.INSERT || kind == RowKind.UPDATE_AFTER;
    }
}
