package io.hydrant.sql.functions.anomaly;

import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.dataview.ListView;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.types.inference.StateTypeStrategy;
import org.apache.flink.types.Row;

import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * The forest of the key whose row is being worked on, kept in Flink's state as the bytes of a
 * forest and the points that it has learned since.
 *
 * <p>A forest has megabytes, and writing it and reading it back takes as long as some thousand
 * scores; so it is written every {@value #POINTS_BETWEEN_WRITES} points, and every point in between
 * is one entry of a list. After a restore the forest is made of its bytes and learns the points of
 * the list again, which takes half a second at the most. The scores are those of a run without
 * interruption, because that one, too, goes on with the forest that it has written.
 */
final class KeyedForest {

    static final int POINTS_BETWEEN_WRITES = 10_000;

    private static final int ONLY_KEY = 0;

    private final RecentlyUsed<Row, Forest> forests = new RecentlyUsed<>();

    /** The forest, which has learned all points of this key. */
    Forest of(
            Row key,
            Row progress,
            MapView<Integer, byte[]> written,
            ListView<double[]> since,
            ForestOptions options,
            int columns)
            throws Exception {
        Forest known = forests.get(key, seen(progress));
        if (known != null) {
            return known;
        }
        byte[] bytes = written.get(ONLY_KEY);
        Forest forest = bytes == null ? Forest.plant(options, columns) : Forest.fromBytes(bytes);
        for (double[] point : since.get()) {
            forest.learn(point);
        }
        return forest;
    }

    /** Learns a point, in the forest and in the state. */
    void learn(
            Row key,
            Row progress,
            MapView<Integer, byte[]> written,
            ListView<double[]> since,
            Forest forest,
            double[] point)
            throws Exception {
        forest.learn(point);
        long seen = seen(progress) + 1;
        Forest goesOn = forest;
        if (seen % POINTS_BETWEEN_WRITES == 0) {
            byte[] bytes = forest.toBytes();
            written.put(ONLY_KEY, bytes);
            since.clear();
            goesOn = Forest.fromBytes(bytes);
        } else {
            since.add(point);
        }
        progress.setField(0, seen);
        forests.put(key, seen, goesOn);
    }

    private static long seen(Row progress) {
        Long seen = progress.getFieldAs(0);
        return seen == null ? 0 : seen;
    }

    @SuppressWarnings("NonApiType") // what Flink asks for
    static LinkedHashMap<String, StateTypeStrategy> state() {
        LinkedHashMap<String, StateTypeStrategy> state = new LinkedHashMap<>();
        state.put(
                "progress",
                StateTypeStrategy.of(
                        call ->
                                Optional.of(
                                        DataTypes.ROW(
                                                DataTypes.FIELD("seen", DataTypes.BIGINT())))));
        state.put(
                "forest",
                StateTypeStrategy.of(
                        call ->
                                Optional.of(
                                        MapView.newMapViewDataType(
                                                DataTypes.INT(), DataTypes.BYTES()))));
        state.put(
                "since",
                StateTypeStrategy.of(
                        call ->
                                Optional.of(
                                        ListView.newListViewDataType(
                                                DataTypes.ARRAY(DataTypes.DOUBLE().notNull())
                                                        .bridgedTo(double[].class)))));
        return state;
    }
}
