package io.hydrant.sql.functions;

import io.hydrant.sql.functions.aggregate.AggregateFunctions;
import io.hydrant.sql.functions.anomaly.AnomalyFunctions;
import io.hydrant.sql.functions.logs.LogFunctions;
import io.hydrant.sql.functions.sketch.SketchFunctions;
import io.hydrant.sql.functions.text.TextFunctions;
import io.hydrant.sql.functions.time.TimeFunctions;
import io.hydrant.sql.functions.windows.WindowFunctions;

import java.util.List;
import java.util.stream.Stream;

/** All functions of the module, room by room. */
public final class HydrantFunctions {

    private HydrantFunctions() {}

    /** Every function once. */
    public static List<FunctionEntry> all() {
        return Stream.of(
                        TimeFunctions.all(),
                        TextFunctions.all(),
                        LogFunctions.all(),
                        WindowFunctions.all(),
                        AnomalyFunctions.all(),
                        AggregateFunctions.all(),
                        SketchFunctions.all())
                .flatMap(List::stream)
                .toList();
    }
}
