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
 * {@code RANDOM_CUT_FOREST_WITH_EXPLANATION(input => TABLE t [, …, withDirectionality => FALSE])}:
 * as {@link RandomCutForestFunction}, with a JSON text of what each column has to do with the
 * score; see {@link Explanation}.
 *
 * <p>Source: SQL reference, RANDOM_CUT_FOREST_WITH_EXPLANATION; the forest is AWS' own library.
 */
public final class RandomCutForestWithExplanation extends ProcessTableFunction<Row> {

    private static final long serialVersionUID = 1;

    private static final String NAME = "RANDOM_CUT_FOREST_WITH_EXPLANATION";

    private transient KeyedForest forests;
    private transient NumericColumns numbers;
    private transient InputTable table;

    /** Scores a row, explains the score, and learns the row. */
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
            Boolean withDirectionality,
            Integer seed)
            throws Exception {
        if (forests == null) {
            forests = new KeyedForest();
            table = InputTable.of(context.tableSemanticsFor(InputTable.NAME));
            numbers = NumericColumns.of(table);
        }
        double[] point = numbers.point(input);
        if (point == null) {
            collect(Row.of(null, null));
            return;
        }
        ForestOptions options =
                ForestOptions.of(numberOfTrees, subSampleSize, timeDecay, shingleSize, seed);
        Row key = table.key(input);
        Forest known = forests.of(key, progress, forest, since, options, point.length);
        Forest.Anomaly anomaly = known.score(point);
        boolean directions = Boolean.TRUE.equals(withDirectionality);
        collect(
                Row.of(
                        anomaly.score(),
                        Explanation.of(numbers.names(), anomaly.parts(), directions)));
        forests.learn(key, progress, forest, since, known, point);
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory types) {
        List<StaticArgument> arguments = new ArrayList<>();
        arguments.add(InputTable.argumentThatPassesThrough());
        arguments.addAll(ForestOptions.arguments());
        arguments.add(StaticArgument.scalar("withDirectionality", DataTypes.BOOLEAN(), true));
        arguments.add(ForestOptions.seedArgument());
        return TypeInference.newBuilder()
                .staticArguments(arguments)
                .stateTypeStrategies(KeyedForest.state())
                .outputTypeStrategy(RandomCutForestWithExplanation::output)
                .build();
    }

    private static Optional<DataType> output(CallContext call) {
        Literals literals = Literals.of(call, NAME);
        ForestOptions.check(literals, NAME);
        NumericColumns.check(InputTable.of(call), literals, NAME);
        return Optional.of(
                DataTypes.ROW(
                        DataTypes.FIELD("ANOMALY_SCORE", DataTypes.DOUBLE()),
                        DataTypes.FIELD("ANOMALY_EXPLANATION", DataTypes.STRING())));
    }
}
