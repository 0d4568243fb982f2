package io.hydrant.sql.functions.anomaly;

import io.hydrant.sql.functions.typing.Literals;
import io.hydrant.sql.functions.windows.InputTable;

import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.dataview.ListView;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.StaticArgument;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.types.Row;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code RANDOM_CUT_FOREST(input => TABLE t [, numberOfTrees => 100, subSampleSize => 256,
 * timeDecay => 100000, shingleSize => 1, seed => 0])}: every row, and how far it is from the rows
 * before it, by its numeric columns. The first {@code subSampleSize} rows have the score 0. A row
 * that lacks a number has no score, and the forest does not learn it.
 *
 * <p>The forest is in checkpoints and savepoints: scores after a restore are those of a run without
 * interruption. They follow from the order of the rows.
 *
 * <p>Source: SQL reference, RANDOM_CUT_FOREST; the forest is AWS' own library.
 */
public final class RandomCutForestFunction extends ProcessTableFunction<Row> {

    private static final long serialVersionUID = 1;

    private static final String NAME = "RANDOM_CUT_FOREST";

    private transient KeyedForest forests;
    private transient NumericColumns numbers;
    private transient InputTable table;

    /** Scores a row, and learns it. */
    public void eval(
            Context context,
            Row progress,
            MapView<Integer, byte[]> forest,
            ListView<double[]> since,
            Row input,
            Integer numberOfTrees,
            Integer subSampleSize,
            Integer timeDecay,
            Integer shingleSize,
            Integer seed)
            throws Exception {
        if (forests == null) {
            forests = new KeyedForest();
            table = InputTable.of(context.tableSemanticsFor(InputTable.NAME));
            numbers = NumericColumns.of(table);
        }
        double[] point = numbers.point(input);
        if (point == null) {
            collect(Row.of((Object) null));
            return;
        }
        ForestOptions options =
                ForestOptions.of(numberOfTrees, subSampleSize, timeDecay, shingleSize, seed);
        Row key = table.key(input);
        Forest known = forests.of(key, progress, forest, since, options, point.length);
        collect(Row.of(known.scoreOnly(point)));
        forests.learn(key, progress, forest, since, known, point);
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory types) {
        List<StaticArgument> arguments = new ArrayList<>();
        arguments.add(InputTable.argumentThatPassesThrough());
        arguments.addAll(ForestOptions.arguments());
        arguments.add(ForestOptions.seedArgument());
        return TypeInference.newBuilder()
                .staticArguments(arguments)
                .stateTypeStrategies(KeyedForest.state())
                .outputTypeStrategy(RandomCutForestFunction::output)
                .build();
    }

    private static Optional<DataType> output(CallContext call) {
        Literals literals = Literals.of(call, NAME);
        ForestOptions.check(literals, NAME);
        NumericColumns.check(InputTable.of(call), literals, NAME);
        return Optional.of(DataTypes.ROW(DataTypes.FIELD("ANOMALY_SCORE", DataTypes.DOUBLE())));
    }
}
