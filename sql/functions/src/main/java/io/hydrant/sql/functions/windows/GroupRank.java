package io.hydrant.sql.functions.windows;

import io.hydrant.sql.functions.typing.Literals;

import org.apache.flink.metrics.Counter;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.StateTypeStrategy;
import org.apache.flink.table.types.inference.StaticArgument;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.types.Row;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code GROUP_RANK(input => TABLE t, rankByColumnName => 'points', rankOutColumnName => 'rank',
 * sortOrder => 'desc', outputOrder => 'asc', maxIdle => 0, outputMax => 0, on_time =>
 * DESCRIPTOR(ts))}: the rank of every row among the rows of the same time; rows that are equal have
 * one rank, and the ranks behind are skipped, as {@code RANK()} does it. A group comes out when its
 * time has passed, so {@code maxIdle}, which in Kinesis Data Analytics lets a group out that no
 * other follows, is checked and has nothing to do.
 *
 * <p>Source: SQL reference, Group Rank.
 */
public final class GroupRank extends ProcessTableFunction<Row> {

    private static final long serialVersionUID = 1;

    private static final String NAME = "GROUP_RANK";

    private transient Counter dropped;

    @Override
    public void open(FunctionContext context) {
        dropped = context.getMetricGroup().counter("numLateRecordsDropped");
    }

    /** Keeps a row until its time has passed. */
    public void eval(
            Context context,
            Row order,
            MapView<Long, Row[]> groups,
            Row input,
            String rankByColumnName,
            String rankOutColumnName,
            String sortOrder,
            String outputOrder,
            Integer maxIdle,
            Integer outputMax)
            throws Exception {
        TimeContext<Long> clock = context.timeContext(Long.class);
        long time = clock.time();
        Long watermark = clock.currentWatermark();
        if (watermark != null && time <= watermark) {
            dropped.inc();
            return;
        }
        order.setField(0, rankByColumnName);
        order.setField(1, isDescending(sortOrder));
        order.setField(2, isDescending(outputOrder));
        order.setField(3, outputMax == null ? 0 : outputMax);
        Row[] group = groups.get(time);
        Row[] larger = group == null ? new Row[1] : Arrays.copyOf(group, group.length + 1);
        larger[larger.length - 1] = input;
        groups.put(time, larger);
        clock.registerOnTime(time);
    }

    /** Ranks the group whose time has passed. */
    public void onTimer(OnTimerContext context, Row order, MapView<Long, Row[]> groups)
            throws Exception {
        long time = context.timeContext(Long.class).time();
        Row[] group = groups.get(time);
        groups.remove(time);
        InputTable table = InputTable.of(context.tableSemanticsFor(InputTable.NAME));
        int column = table.column(order.getFieldAs(0));
        List<Ranking.Ranked<Row>> ranked =
                Ranking.of(
                        Arrays.asList(group),
                        row -> (Comparable<?>) row.getField(column),
                        order.<Boolean>getFieldAs(1),
                        order.<Boolean>getFieldAs(2),
                        order.<Integer>getFieldAs(3));
        int[] columns = table.besidesKeys();
        for (Ranking.Ranked<Row> row : ranked) {
            Row result = new Row(columns.length + 1);
            for (int i = 0; i < columns.length; i++) {
                result.setField(i, row.value().getField(columns[i]));
            }
            result.setField(columns.length, row.rank());
            collect(result);
        }
    }

    private static boolean isDescending(String order) {
        return order != null && order.toLowerCase(Locale.ROOT).equals("desc");
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory types) {
        LinkedHashMap<String, StateTypeStrategy> state = new LinkedHashMap<>();
        state.put(
                "order",
                StateTypeStrategy.of(
                        call ->
                                Optional.of(
                                        DataTypes.ROW(
                                                DataTypes.FIELD("by", DataTypes.STRING()),
                                                DataTypes.FIELD("descending", DataTypes.BOOLEAN()),
                                                DataTypes.FIELD("last", DataTypes.BOOLEAN()),
                                                DataTypes.FIELD("most", DataTypes.INT())))));
        state.put(
                "groups",
                StateTypeStrategy.of(
                        call ->
                                Optional.of(
                                        MapView.newMapViewDataType(
                                                DataTypes.BIGINT(),
                                                DataTypes.ARRAY(InputTable.of(call).rowType())))));
        return TypeInference.newBuilder()
                .staticArguments(
                        InputTable.argumentWithTime(),
                        StaticArgument.scalar("rankByColumnName", DataTypes.STRING(), false),
                        StaticArgument.scalar("rankOutColumnName", DataTypes.STRING(), false),
                        StaticArgument.scalar("sortOrder", DataTypes.STRING(), false),
                        StaticArgument.scalar("outputOrder", DataTypes.STRING(), false),
                        StaticArgument.scalar("maxIdle", DataTypes.INT(), true),
                        StaticArgument.scalar("outputMax", DataTypes.INT(), true))
                .stateTypeStrategies(state)
                .outputTypeStrategy(GroupRank::output)
                .build();
    }

    private static Optional<DataType> output(CallContext call) {
        Literals literals = Literals.of(call, NAME);
        InputTable table = InputTable.of(call);
        String by = literals.text(1, "rankByColumnName");
        if (table.column(by) < 0) {
            throw literals.wrong(
                    "The argument rankByColumnName of GROUP_RANK is '%s', but the table has no such column: it has %s.",
                    by, table.names());
        }
        checkOrder(literals, 3, "sortOrder");
        checkOrder(literals, 4, "outputOrder");
        literals.integer(5, "maxIdle (milliseconds)", 0, Integer.MAX_VALUE, 0);
        literals.integer(6, "outputMax", 0, Integer.MAX_VALUE, 0);
        List<DataTypes.Field> columns = table.columnsBesidesKeys();
        columns.add(
                DataTypes.FIELD(literals.text(2, "rankOutColumnName"), DataTypes.INT().notNull()));
        return Optional.of(DataTypes.ROW(columns.toArray(DataTypes.Field[]::new)));
    }

    private static void checkOrder(Literals literals, int position, String name) {
        String order = literals.text(position, name);
        if (!List.of("asc", "desc").contains(order.toLowerCase(Locale.ROOT))) {
            throw literals.wrong(
                    "The argument %s of GROUP_RANK must be 'asc' or 'desc', but is '%s'.",
                    name, order);
        }
    }
}
