package io.hydrant.sql.functions.windows;

import io.hydrant.sql.functions.typing.Literals;

import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.StateTypeStrategy;
import org.apache.flink.table.types.inference.StaticArgument;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.types.Row;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code TOP_K_ITEMS_TUMBLING(input => TABLE t, columnName => 'c', k => 5, windowSize => 60,
 * on_time => DESCRIPTOR(ts))}: the k most frequent values of a column in every window of so many
 * seconds, the most frequent first, and how often they came. Of values that came equally often, the
 * one whose text is smaller comes first. Nulls are not counted.
 *
 * <p>Exact as long as a window has no more than 100,000 + k different values. Beyond, no count is
 * too low, and none too high by more than {@code rows / 50,000}; state stays as large as it is
 * then. Source: SQL reference, TOP_K_ITEMS_TUMBLING, where it always is an approximation.
 */
public final class TopKItemsTumbling extends ItemCounts {

    private static final long serialVersionUID = 1;

    private static final String NAME = "TOP_K_ITEMS_TUMBLING";
    private static final int MOST_ITEMS = 100_000;
    private static final int PLACES = 100_000;

    /** Counts a row. */
    public void eval(
            Context context,
            Row most,
            MapView<Row, Long> counts,
            MapView<Long, Row> windows,
            Row input,
            String columnName,
            Integer k,
            Integer windowSize)
            throws Exception {
        most.setField(0, k);
        InputTable table = InputTable.of(context.tableSemanticsFor(InputTable.NAME));
        Object item = input.getField(table.column(columnName));
        Long end = window(context, windowSize);
        if (end != null && item != null) {
            new FrequentItems(counts, windows, PLACES + k).add(end, item);
        }
    }

    /** Gives the most frequent items of the window that closes. */
    public void onTimer(
            OnTimerContext context, Row most, MapView<Row, Long> counts, MapView<Long, Row> windows)
            throws Exception {
        long end = context.timeContext(Long.class).time();
        int k = most.getFieldAs(0);
        new FrequentItems(counts, windows, PLACES + k)
                .close(end).entrySet().stream()
                        .sorted(
                                Map.Entry.<Object, Long>comparingByValue()
                                        .reversed()
                                        .thenComparing(
                                                Comparator.comparing(
                                                        entry -> String.valueOf(entry.getKey()))))
                        .limit(k)
                        .forEach(entry -> collect(Row.of(entry.getKey(), entry.getValue())));
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory types) {
        return TypeInference.newBuilder()
                .staticArguments(
                        InputTable.argumentWithTime(),
                        StaticArgument.scalar("columnName", DataTypes.STRING(), false),
                        StaticArgument.scalar("k", DataTypes.INT(), false),
                        StaticArgument.scalar("windowSize", DataTypes.INT(), false))
                .stateTypeStrategies(states())
                .outputTypeStrategy(TopKItemsTumbling::output)
                .build();
    }

    @SuppressWarnings("NonApiType") // what Flink asks for
    private static LinkedHashMap<String, StateTypeStrategy> states() {
        LinkedHashMap<String, StateTypeStrategy> states = new LinkedHashMap<>();
        states.put(
                "most",
                StateTypeStrategy.of(
                        call -> Optional.of(DataTypes.ROW(DataTypes.FIELD("k", DataTypes.INT())))));
        states.putAll(state(NAME, DataTypes.FIELD("forgotten", DataTypes.BIGINT())));
        return states;
    }

    private static Optional<DataType> output(CallContext call) {
        Literals literals = Literals.of(call, NAME);
        int column = column(literals, call);
        literals.integer(2, "K", 1, MOST_ITEMS, 0);
        checkWindow(literals, 3);
        InputTable table = InputTable.of(call);
        return Optional.of(
                DataTypes.ROW(
                        DataTypes.FIELD(table.name(column), table.type(column)),
                        DataTypes.FIELD("MOST_FREQUENT_VALUES", DataTypes.BIGINT())));
    }
}
