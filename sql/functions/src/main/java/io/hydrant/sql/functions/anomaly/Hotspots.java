package io.hydrant.sql.functions.anomaly;

import io.hydrant.sql.functions.typing.Literals;
import io.hydrant.sql.functions.windows.InputTable;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.StateTypeStrategy;
import org.apache.flink.table.types.inference.StaticArgument;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.types.Row;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * {@code HOTSPOTS(input => TABLE t, windowSize => 1000, scanRadius => 0.2,
 * minimumNumberOfPointsInAHotspot => 17)}: every row, and where the newest rows, it among them, lie
 * close together, by their numeric columns; see {@link HotspotFinder}. A row that lacks a number
 * has no result and is in no window.
 *
 * <p>State: the points of the window.
 *
 * <p>Source: SQL reference, HOTSPOTS, and the viewer of the developer guide's example, which reads
 * the result.
 */
public final class Hotspots extends ProcessTableFunction<Row> {

    private static final long serialVersionUID = 1;

    private static final String NAME = "HOTSPOTS";
    private static final JsonFactory JSON = new JsonFactory();

    private transient RecentlyUsed<Row, ArrayDeque<double[]>> windows;
    private transient NumericColumns numbers;
    private transient InputTable table;

    /** Puts a row into the window and looks at the window. */
    public void eval(
            Context context,
            Row progress,
            MapView<Integer, double[]> points,
            Row input,
            Integer windowSize,
            BigDecimal scanRadius,
            Integer minimumNumberOfPointsInAHotspot)
            throws Exception {
        if (windows == null) {
            windows = new RecentlyUsed<>();
            table = InputTable.of(context.tableSemanticsFor(InputTable.NAME));
            numbers = NumericColumns.of(table);
        }
        double[] point = numbers.point(input);
        if (point == null) {
            collect(Row.of((Object) null));
            return;
        }
        Long known = progress.getFieldAs(0);
        long seen = known == null ? 0 : known;
        Row key = table.key(input);
        ArrayDeque<double[]> window = windows.get(key, seen);
        if (window == null) {
            window = window(points, seen, windowSize);
        }
        if (window.size() == windowSize) {
            window.removeFirst();
        }
        window.addLast(point);
        points.put((int) (seen % windowSize), point);
        progress.setField(0, seen + 1);
        windows.put(key, seen + 1, window);
        collect(
                Row.of(
                        json(
                                new HotspotFinder(
                                                scanRadius.doubleValue(),
                                                minimumNumberOfPointsInAHotspot)
                                        .find(window))));
    }

    /** The window as the state has it: a ring, whose oldest point stands where the next will. */
    private static ArrayDeque<double[]> window(
            MapView<Integer, double[]> points, long seen, int size) throws Exception {
        ArrayDeque<double[]> window = new ArrayDeque<>();
        for (long i = Math.max(0, seen - size); i < seen; i++) {
            window.addLast(points.get((int) (i % size)));
        }
        return window;
    }

    private static String json(List<HotspotFinder.Hotspot> hotspots) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeArrayFieldStart("hotspots");
            for (HotspotFinder.Hotspot hotspot : hotspots) {
                json.writeStartObject();
                json.writeNumberField("density", hotspot.density());
                json.writeFieldName("minValues");
                json.writeArray(hotspot.minValues(), 0, hotspot.minValues().length);
                json.writeFieldName("maxValues");
                json.writeArray(hotspot.maxValues(), 0, hotspot.maxValues().length);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.toString();
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory types) {
        LinkedHashMap<String, StateTypeStrategy> state = new LinkedHashMap<>();
        state.put(
                "progress",
                StateTypeStrategy.of(
                        call ->
                                Optional.of(
                                        DataTypes.ROW(
                                                DataTypes.FIELD("seen", DataTypes.BIGINT())))));
        state.put(
                "points",
                StateTypeStrategy.of(
                        call ->
                                Optional.of(
                                        MapView.newMapViewDataType(
                                                DataTypes.INT(),
                                                DataTypes.ARRAY(DataTypes.DOUBLE().notNull())
                                                        .bridgedTo(double[].class)))));
        return TypeInference.newBuilder()
                .staticArguments(
                        InputTable.argumentThatPassesThrough(),
                        StaticArgument.scalar("windowSize", DataTypes.INT(), false),
                        // A DOUBLE could not be written as 0.2: Flink 2.3 does not cast such a
                        // literal.
                        StaticArgument.scalar("scanRadius", DataTypes.DECIMAL(38, 18), false),
                        StaticArgument.scalar(
                                "minimumNumberOfPointsInAHotspot", DataTypes.INT(), false))
                .stateTypeStrategies(state)
                .outputTypeStrategy(Hotspots::output)
                .build();
    }

    private static Optional<DataType> output(CallContext call) {
        Literals literals = Literals.of(call, NAME);
        int size = literals.integer(1, "windowSize", 100, 1000, 0);
        literals.integer(3, "minimumNumberOfPointsInAHotspot", 2, size, 0);
        NumericColumns.check(InputTable.of(call), literals, NAME);
        return Optional.of(DataTypes.ROW(DataTypes.FIELD("HOTSPOTS_RESULT", DataTypes.STRING())));
    }
}
