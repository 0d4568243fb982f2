package io.hydrant.sql.functions.windows;

import io.hydrant.sql.functions.sketch.DistinctSketch;
import io.hydrant.sql.functions.sketch.DistinctSketchSerializer;
import io.hydrant.sql.functions.typing.Literals;

import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.StaticArgument;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.types.Row;

import java.util.Optional;

/**
 * {@code COUNT_DISTINCT_ITEMS_TUMBLING(input => TABLE t, columnName => 'c', windowSize => 60,
 * on_time => DESCRIPTOR(ts))}: how many different values a column has in every window of so many
 * seconds. Nulls are not counted.
 *
 * <p>Exact up to 10,000 values; of those beyond about, by HyperLogLog with an error of 1.3 % at one
 * standard deviation. Source: SQL reference, COUNT_DISTINCT_ITEMS_TUMBLING.
 */
public final class CountDistinctItemsTumbling extends ItemCounts {

    private static final long serialVersionUID = 1;

    private static final String NAME = "COUNT_DISTINCT_ITEMS_TUMBLING";
    private static final int PLACES = 10_000;

    /** Counts a row. */
    public void eval(
            Context context,
            MapView<Row, Long> counts,
            MapView<Long, Row> windows,
            Row input,
            String columnName,
            Integer windowSize)
            throws Exception {
        InputTable table = InputTable.of(context.tableSemanticsFor(InputTable.NAME));
        Object item = input.getField(table.column(columnName));
        Long end = window(context, windowSize);
        if (end != null && item != null) {
            new DistinctItems(counts, windows, PLACES).add(end, item);
        }
    }

    /** Gives the number of items of the window that closes. */
    public void onTimer(
            OnTimerContext context, MapView<Row, Long> counts, MapView<Long, Row> windows)
            throws Exception {
        long end = context.timeContext(Long.class).time();
        collect(Row.of(new DistinctItems(counts, windows, PLACES).close(end)));
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory types) {
        return TypeInference.newBuilder()
                .staticArguments(
                        InputTable.argumentWithTime(),
                        StaticArgument.scalar("columnName", DataTypes.STRING(), false),
                        StaticArgument.scalar("windowSize", DataTypes.INT(), false))
                .stateTypeStrategies(
                        state(
                                NAME,
                                DataTypes.FIELD(
                                        "others",
                                        DataTypes.RAW(
                                                DistinctSketch.class,
                                                DistinctSketchSerializer.INSTANCE))))
                .outputTypeStrategy(CountDistinctItemsTumbling::output)
                .build();
    }

    private static Optional<DataType> output(CallContext call) {
        Literals literals = Literals.of(call, NAME);
        column(literals, call);
        checkWindow(literals, 2);
        return Optional.of(
                DataTypes.ROW(DataTypes.FIELD("NUMBER_OF_DISTINCT_ITEMS", DataTypes.BIGINT())));
    }
}
